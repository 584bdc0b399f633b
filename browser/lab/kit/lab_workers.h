// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/process_source.h"

#include "ipc/core/unique_fd.h"
#include "ipc/lab/engine/worker_census.h"

#include <QSocketNotifier>

#include <map>

namespace bulkhead {

class LabContext;

/// The lab's worker processes for the process map and the task manager, from the engine's census. Each shows the
/// mechanism that it works with as its site. Main thread.
class LabWorkers : public ProcessSource
{
    Q_OBJECT
public:
    /// @p context outlives the source.
    explicit LabWorkers(LabContext &context, QObject *parent = nullptr);
    ~LabWorkers() override;

    void describe(std::vector<ProcessInfo> &to) const override;
    bool sendSignal(quint64 key, int signal) override;
    /// The run that it belongs to stops and says so.
    bool end(quint64 key) override;

private:
    struct Known
    {
        quint64 key = 0;
        UniqueFd process; ///< pidfd: the kernel tells of its end before the engine notices
        std::unique_ptr<QSocketNotifier> notifier;
        bool endedHere = false; ///< by end()
        bool isGone = false;    ///< told; the engine has not noticed yet
    };
    void censusChanged();
    void watch(Known &known, qint64 pid);
    void checkEnd(qint64 pid);
    void tellEnd(Known &known, const lab::WorkerCensus::Worker &worker, std::optional<int> status);

    LabContext &m_context;
    std::map<qint64, Known> m_known; ///< by pid, of those in the census
    quint64 m_lastKey = 0;
};

} // namespace bulkhead
