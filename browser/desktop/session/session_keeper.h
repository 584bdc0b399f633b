// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/session/session_file.h"
#include "browser/pages/tabs/tab_list.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace bulkhead {

class BackgroundFile;

/// Writes down what is open, so that the end of this process, whatever it is, costs nothing that was open for a second:
/// at most WriteDelay after a change the file is replaced, atomically and in the background. Main thread.
class SessionKeeper : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds WriteDelay{250};

    /// Reads what the run before left in @p folder (at once: it is a small file and the start waits for it) and begins
    /// to keep this one. @p tabs outlives the keeper. With an empty folder nothing is kept.
    SessionKeeper(TabList &tabs, const QString &folder, QObject *parent = nullptr);
    ~SessionKeeper() override;

    /// What the person is told of the file; empty when all is well.
    const QString &notice() const { return m_notice; }

    /// Tabs that an earlier run lost; empty when it ended orderly, and once they were taken or dropped.
    const QList<Session::SavedTab> &offered() const { return m_offered; }
    /// Which of offered() was in front; -1 when that is not known.
    int offeredActive() const { return m_offeredActive; }
    /// They were taken or dropped.
    void settleOffer();

    /// The person ends the app: the next start need not offer anything. Written before the destructor returns.
    void endOrderly();

Q_SIGNALS:
    void offerSettled();

private:
    /// What is worth having back of the run before.
    void offer(const Session &before);
    void watch(Tab *tab);
    void changed();
    void write();

    TabList &m_tabs;
    QString m_notice;
    std::unique_ptr<BackgroundFile> m_file; ///< null when nothing is kept
    QTimer m_timer;
    QList<Session::SavedTab> m_offered;
    int m_offeredActive = -1;
    QByteArray m_written;
    bool m_endedOrderly = false;
};

} // namespace bulkhead
