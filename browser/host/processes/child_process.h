// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_launcher.h"
#include "browser/host/processes/crash_pipe.h"
#include "browser/host/processes/exit_reason.h"
#include "browser/host/processes/forbidden_call.h"
#include "browser/host/processes/log_pipe.h"

#include <QObject>
#include <QSocketNotifier>

#include <memory>
#include <optional>

namespace bulkhead {

/// One process of ours: knows whether it runs, can end it, and says once why it is gone. The kernel's pidfd is the only
/// source for that. Main thread.
class ChildProcess : public QObject
{
    Q_OBJECT
public:
    /// @p role names it in the log.
    explicit ChildProcess(QString role, QObject *parent = nullptr);
    /// For a process that was started otherwise, with the read end of its log pipe; adopt() follows.
    ChildProcess(QString role, UniqueFd logReadEnd, QObject *parent = nullptr);
    /// A process that still runs is killed and reaped; that takes the kernel a moment and no cooperation.
    ~ChildProcess() override;

    /// Asks @p launcher for a process on @p channel. started() or ended() with FailedToStart follows.
    void start(ChildLauncher &launcher, UniqueFd channel, ChildStart start);
    /// Watches a process that was started otherwise.
    void adopt(LaunchedChild child);

    /// 0 before it was started; stays after its end, for texts.
    qint64 pid() const { return m_pid; }
    bool isRunning() const { return m_running; }
    /// What its launcher promised of its sandbox; known when it was started.
    const wire::SandboxReport &promisedSandbox() const { return m_promised; }
    /// Ends the process at its first forbidden system call, of which the kernel tells on @p listener, and names it.
    void watchForbiddenCalls(UniqueFd listener);

    /// Ends the process with SIGKILL; @p reason is what ended() will say instead of "signal 9".
    void kill(ExitReason reason);
    /// Sends any signal; the end it may bring is told as it happens. False when no process runs.
    bool sendSignal(int number);
    /// The channel was closed so that it ends by itself: any end from now on is Clean. Killed when it takes longer than
    /// a second or two.
    void expectEnd();

Q_SIGNALS:
    void started(qint64 pid);
    /// It wrote down where it was, because it crashes (ended() follows) or was asked.
    void recorded(const bulkhead::CrashRecord &record);
    /// Once. The process is gone and reaped.
    void ended(const bulkhead::ExitReason &reason);

private:
    void onPidFdReadable();

    QString m_role;
    std::unique_ptr<LogPipe> m_log;
    std::unique_ptr<CrashPipe> m_crashPipe;
    qint64 m_pid = 0;
    UniqueFd m_pidFd;
    wire::SandboxReport m_promised;
    std::unique_ptr<ForbiddenCallWatch> m_forbiddenCalls;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::optional<ExitReason> m_givenReason;
    bool m_running = false;
    bool m_ended = false;
    bool m_endExpected = false;
};

} // namespace bulkhead
