// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/lab_workers.h"

#include "browser/lab/lab_context.h"

#include <algorithm>
#include <csignal>
#include <sys/wait.h>

namespace bulkhead {

namespace {

constexpr quint64 KeySpace = quint64(4) << 32; // AppProcesses and RendererProcesses have others

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
        ProcessInfo info = infoOf(end.worker, m_keys.take(end.worker.pid));
        info.phase = ProcessPhase::Ended;
        info.ended = ExitReason{ExitKind::Clean, 0, {}, ExitOf::LabWorker};
        if (m_endedHere.remove(end.worker.pid)) {
            info.ended->kind = ExitKind::KilledByUser;
        } else if (end.status && WIFSIGNALED(*end.status)) {
            info.ended->kind = ExitKind::Signal;
            info.ended->number = WTERMSIG(*end.status);
        } else if (end.status && WEXITSTATUS(*end.status) != 0) {
            info.ended->kind = ExitKind::ExitCode;
            info.ended->number = WEXITSTATUS(*end.status);
        }
        if (info.key)
            Q_EMIT ended(info);
    }
    for (const lab::WorkerCensus::Worker &worker : m_context.workers().workers()) {
        if (!m_keys.contains(worker.pid))
            m_keys.insert(worker.pid, KeySpace | ++m_lastKey);
    }
    Q_EMIT changed();
}

void LabWorkers::describe(std::vector<ProcessInfo> &to) const
{
    for (const lab::WorkerCensus::Worker &worker : m_context.workers().workers()) {
        if (const quint64 key = m_keys.value(worker.pid))
            to.push_back(infoOf(worker, key));
    }
}

bool LabWorkers::isAtWork(qint64 pid) const
{
    const std::vector<lab::WorkerCensus::Worker> workers = m_context.workers().workers();
    return std::any_of(workers.begin(), workers.end(), [pid](const auto &worker) { return worker.pid == pid; });
}

bool LabWorkers::sendSignal(quint64 key, int signal)
{
    const qint64 pid = m_keys.key(key, 0);
    return pid > 0 && isAtWork(pid) && ::kill(pid_t(pid), signal) == 0;
}

bool LabWorkers::end(quint64 key)
{
    if (!sendSignal(key, SIGKILL))
        return false;
    m_endedHere.insert(m_keys.key(key, 0));
    return true;
}

} // namespace bulkhead
