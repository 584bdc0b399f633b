// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/lab_task.h"

namespace bulkhead {

LabTask::LabTask(LabThreads &threads, Work work, QObject *parent)
    : QObject(parent), m_shared(std::make_shared<Shared>())
{
    m_shared->task = this;
    const std::shared_ptr<const lab::Cancel> cancel(m_shared, &m_shared->cancel);
    threads.start(cancel, [shared = m_shared, work = std::move(work)] {
        const LabReporter reporter(shared);
        const Result<void> result = work(shared->cancel, reporter);
        reporter.post([shared, result] { shared->task->finish(result); });
    });
}

LabTask::~LabTask()
{
    m_shared->cancel.request();
    const std::lock_guard lock(m_shared->mutex);
    m_shared->task = nullptr;
}

void LabTask::cancel()
{
    m_shared->cancel.request();
}

void LabTask::finish(const Result<void> &result)
{
    m_isFinished = true;
    m_result = result;
    Q_EMIT finished();
}

void LabReporter::progress(int done, int total, const QString &text) const
{
    post([shared = m_shared, done, total, text] { Q_EMIT shared->task->progressed(done, total, text); });
}

void LabReporter::post(std::function<void()> function) const
{
    const std::lock_guard lock(m_shared->mutex);
    // A queued call goes with its receiver.
    if (m_shared->task)
        QMetaObject::invokeMethod(m_shared->task, std::move(function), Qt::QueuedConnection);
}

} // namespace bulkhead
