// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/frames_chart.h"

#include <QBasicTimer>
#include <QWidget>

#include <memory>
#include <vector>

namespace bulkhead {

namespace lab {
class FrameView;
}

/// The panes of "Frames side by side", live: 60 times a second it looks which panes have a new picture, which never
/// waits, and paints those. Pictures lie in memory that workers write; nothing of them is copied.
class FrameGrid : public QWidget
{
    Q_OBJECT
public:
    explicit FrameGrid(QWidget *parent = nullptr);
    ~FrameGrid() override;

    const FramesChart &chart() const { return m_chart; }
    void setResult(const QJsonObject &result);
    /// Before anything runs: every pane shows this.
    void setStill(const QImage &picture);
    void setView(int pane, std::shared_ptr<lab::FrameView> view);
    /// Pictures stay as they are now, in memory of our own.
    void freeze();
    /// Little moves: pictures change a few times a second only.
    void setCalm(bool calm);

    int selected() const { return m_chart.selected; }
    void select(int pane);
    /// In device pixels, as panes are now.
    QSize pictureSize() const;
    /// Pictures painted since the last setView().
    quint64 shown() const { return m_shown; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selectedChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    ChartStyle style() const;
    QRectF body() const;
    void takePictures();

    FramesChart m_chart;
    std::vector<std::shared_ptr<lab::FrameView>> m_views;
    QImage m_still;
    QBasicTimer m_timer;
    bool m_isCalm = false;
    quint64 m_shown = 0;
};

} // namespace bulkhead
