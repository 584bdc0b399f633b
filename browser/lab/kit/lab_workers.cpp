// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/lab_workers.h"

#include "browser/lab/kit/lab_context.h"

#include <QTimer>

#include <algorithm>
#include <csignal>
#include <sys/pidfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr quint64 KeySpace = quint64(4) << 32; // AppProcesses and RendererProcesses have others
constexpr std::chrono::milliseconds EngineFirst{50};

ProcessInfo infoOf(const lab::WorkerCensus::Worker &worker, quint64 key)
{
    ProcessInfo info;
    info.key = key;
    info.role = ProcessRole::LabWorker;
    info.pid = worker.pid;
    info.phase = worker.work.empty() ? ProcessPhase::Starting : ProcessPhase::Ready;
    if (!worker.work.empty())
        info.sites << QString::fromStdString(worker.work);
    info.hasSandbox = worker.sandbox.has_value();
    if (worker.sandbox)
        info.sandbox = *worker.sandbox;
    return info;
}

} // namespace

LabWorkers::LabWorkers(LabContext &context, QObject *parent) : ProcessSource(parent), m_context(context)
{
    m_context.workers().setListener([this] {
        // In a thread of the engine. Queued calls to an object that is gone are dropped.
        QMetaObject::invokeMethod(this, &LabWorkers::censusChanged, Qt::QueuedConnection);
    });
}

LabWorkers::~LabWorkers()
{
    m_context.workers().setListener({});
}

void LabWorkers::censusChanged()
{
    for (const lab::WorkerCensus::End &end : m_context.workers().takeEnds()) {
        const auto known = m_known.find(end.worker.pid);
        if (known == m_known.end())
            continue; // started and ended since the last look
        tellEnd(known->second, end.worker, end.status);
        m_known.erase(known);
    }
    for (const lab::WorkerCensus::Worker &worker : m_context.workers().workers()) {
        Known &known = m_known[worker.pid];
        if (known.key == 0) {
            known.key = KeySpace | ++m_lastKey;
            watch(known, worker.pid);
        }
    }
    Q_EMIT changed();
}

void LabWorkers::watch(Known &known, qint64 pid)
{
    known.process = UniqueFd(int(::syscall(SYS_pidfd_open, pid, 0)));
    if (!known.process)
        return; // the census tells, later
    known.notifier = std::make_unique<QSocketNotifier>(known.process.get(), QSocketNotifier::Read);
    connect(known.notifier.get(), &QSocketNotifier::activated, this, [this, pid, notifier = known.notifier.get()] {
        notifier->setEnabled(false);
        // When the engine ended it, its own word comes at once; it knows the reason.
        QTimer::singleShot(EngineFirst, this, [this, pid] { checkEnd(pid); });
    });
}

void LabWorkers::checkEnd(qint64 pid)
{
    const auto known = m_known.find(pid);
    siginfo_t how{};
    if (known == m_known.end() || !known->second.notifier || known->second.notifier->isEnabled() ||
        ::waitid(P_PIDFD, id_t(known->second.process.get()), &how, WEXITED | WNOHANG | WNOWAIT) != 0 ||
        how.si_pid != pid)
        return; // reaped meanwhile
    for (const lab::WorkerCensus::Worker &worker : m_context.workers().workers()) {
        if (worker.pid == pid)
            tellEnd(known->second, worker, how.si_code == CLD_EXITED ? W_EXITCODE(how.si_status, 0) : how.si_status);
    }
    Q_EMIT changed();
}

void LabWorkers::tellEnd(Known &known, const lab::WorkerCensus::Worker &worker, std::optional<int> status)
{
    if (std::exchange(known.isGone, true))
        return;
    ProcessInfo info = infoOf(worker, known.key);
    info.phase = ProcessPhase::Ended;
    info.ended = ExitReason{ExitKind::Clean, 0, {}, ExitOf::LabWorker};
    if (known.endedHere) {
        info.ended->kind = ExitKind::KilledByUser;
    } else if (status && WIFSIGNALED(*status)) {
        info.ended->kind = ExitKind::Signal;
        info.ended->number = WTERMSIG(*status);
    } else if (status && WEXITSTATUS(*status) != 0) {
        info.ended->kind = ExitKind::ExitCode;
        info.ended->number = WEXITSTATUS(*status);
    }
    Q_EMIT ended(info);
}

void LabWorkers::describe(std::vector<ProcessInfo> &to) const
{
    for (const lab::WorkerCensus::Worker &worker : m_context.workers().workers()) {
        const auto known = m_known.find(worker.pid);
        if (known != m_known.end() && !known->second.isGone)
            to.push_back(infoOf(worker, known->second.key));
    }
}

bool LabWorkers::sendSignal(quint64 key, int signal)
{
    // Through the pidfd: the number may be another process's by now.
    const auto known =
        std::find_if(m_known.begin(), m_known.end(), [key](const auto &one) { return one.second.key == key; });
    return known != m_known.end() && known->second.process && !known->second.isGone &&
           ::syscall(SYS_pidfd_send_signal, known->second.process.get(), signal, nullptr, 0) == 0;
}

bool LabWorkers::end(quint64 key)
{
    if (!sendSignal(key, SIGKILL))
        return false;
    for (auto &[pid, known] : m_known)
        known.endedHere |= known.key == key;
    return true;
}

} // namespace bulkhead
