// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/traffic/traffic_filter.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;
class QTreeView;

namespace bulkhead {

class FrameModel;
class MessageModel;
class TrafficLog;
class TrafficTimeline;

/// The IPC inspector: messages over sockets on the left, frames in shared memory on the right, on one time axis. It
/// records while it is shown, unless told not to; what it shows can be held while recording goes on.
class IpcInspector : public QWidget
{
    Q_OBJECT
public:
    /// @p log outlives the widget.
    explicit IpcInspector(TrafficLog &log, QWidget *parent = nullptr);

    /// False and a sentence below the filter when it makes no sense; what was shown stays.
    bool setFilter(const QString &text);
    /// Shows only what belongs to it, of all kinds; a thread of no kind ends that.
    void follow(const TrafficThread &thread);
    void setPaused(bool on);
    bool isPaused() const;
    /// Chooses the next match of the search field.
    void findNext(bool backwards = false);
    /// What is shown, as JSON.
    QByteArray exported() const;
    /// An empty sentence, or why not.
    QString exportTo(const QString &fileName) const;
    /// Brings both lists to that moment.
    void goTo(qint64 microseconds);

    // for tests
    QTreeView *messages() const { return m_messages; }
    QTreeView *frames() const { return m_frames; }
    QLineEdit *filterField() const { return m_filter; }
    QLineEdit *searchField() const { return m_search; }
    QToolButton *recordButton() const { return m_record; }
    QToolButton *pauseButton() const { return m_pause; }
    TrafficTimeline *timeline() const { return m_timeline; }
    QString note() const;

    QSize sizeHint() const override { return {1000, 380}; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    QWidget *makeBar();
    void makeLists();
    void update();
    void applyFilter();
    void updateRecording();
    void linkScrolling(QTreeView *from, QTreeView *to);
    void showMessageMenu(QPoint position);
    void chooseExportFile();
    bool isAtEnd(const QTreeView *view) const;

    TrafficLog &m_log;
    MessageModel *m_messageModel;
    FrameModel *m_frameModel;
    TrafficTimeline *m_timeline;
    QTreeView *m_messages;
    QTreeView *m_frames;
    QToolButton *m_record = nullptr;
    QToolButton *m_pause = nullptr;
    QLineEdit *m_filter = nullptr;
    QLineEdit *m_search = nullptr;
    QToolButton *m_unfollow = nullptr;
    QLabel *m_note = nullptr;
    QTimer m_draw; ///< while visible and recording
    TrafficFilter m_current;
    bool m_following = true; ///< the lists stay at their end
    bool m_scrolling = false;
};

} // namespace bulkhead
