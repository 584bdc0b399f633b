// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/kit/lab_threads.h"
#include "ipc/core/result.h"

#include <QObject>
#include <QString>

#include <mutex>

namespace bulkhead {

class LabReporter;

/// One run of the lab's engine, in a thread of its own: nothing of it happens on the thread of the window, which only
/// hears of it. Main thread.
class LabTask : public QObject
{
    Q_OBJECT
public:
    /// Runs in the other thread, and may touch nothing of this one but through the reporter.
    using Work = std::function<Result<void>(const lab::Cancel &cancel, const LabReporter &reporter)>;

    /// Starts at once.
    LabTask(LabThreads &threads, Work work, QObject *parent = nullptr);
    /// Cancels, and does not wait: the thread ends by itself, with its processes.
    ~LabTask() override;

    /// finished() follows, with ECANCELED unless it was done already.
    void cancel();
    bool isFinished() const { return m_isFinished; }
    /// Once it is finished.
    const Result<void> &result() const { return m_result; }

Q_SIGNALS:
    void progressed(int done, int total, const QString &text);
    void finished();

private:
    friend class LabReporter;
    /// What both threads hold.
    struct Shared
    {
        lab::Cancel cancel;
        std::mutex mutex;
        LabTask *task = nullptr; ///< null once it is gone
    };
    void finish(const Result<void> &result);

    std::shared_ptr<Shared> m_shared;
    Result<void> m_result;
    bool m_isFinished = false;
};

/// What a task's work says to the main thread. Any thread; nothing arrives when the task has gone meanwhile.
class LabReporter
{
public:
    void progress(int done, int total, const QString &text) const;
    /// Calls @p function on the main thread, in the order of the posts.
    void post(std::function<void()> function) const;

private:
    friend class LabTask;
    explicit LabReporter(std::shared_ptr<LabTask::Shared> shared) : m_shared(std::move(shared)) {}

    std::shared_ptr<LabTask::Shared> m_shared;
};

} // namespace bulkhead
