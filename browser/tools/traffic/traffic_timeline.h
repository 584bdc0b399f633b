// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QWidget>

namespace bulkhead {

class TrafficLog;

/// The one time axis of the inspector: messages from and to processes above, frames below, over some seconds. A click
/// or drag moves both lists there.
class TrafficTimeline : public QWidget
{
    Q_OBJECT
public:
    static constexpr double Seconds = 12;

    /// @p log outlives the widget.
    explicit TrafficTimeline(const TrafficLog &log, QWidget *parent = nullptr);

    /// The right end; 0: what is newest, now and from now on.
    void setEnd(qint64 microseconds);
    /// The moment that the lists show.
    void setMark(qint64 microseconds);

    QSize sizeHint() const override { return {600, 76}; }
    QSize minimumSizeHint() const override { return {200, 60}; }

Q_SIGNALS:
    void picked(qint64 microseconds);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    qint64 end() const;
    double xOf(qint64 microseconds) const;
    qint64 timeAt(double x) const;

    const TrafficLog &m_log;
    qint64 m_end = 0;
    qint64 m_mark = 0;
};

} // namespace bulkhead
