// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/peer.h"
#include "ipc/lab/engine/worker_census.h"

#include <memory>

namespace bulkhead::lab {

/// A worker process of ours, killed and reaped with the object. It also ends with the thread that started it. In its
/// program's census, if there is one, as long as it lives.
class WorkerProcess : public Peer
{
public:
    static Result<std::unique_ptr<WorkerProcess>> start(const WorkerProgram &program);
    ~WorkerProcess() override;

    pid_t pid() const override { return m_pid; }
    /// Ends it with SIGKILL and waits until it is gone.
    void kill() override;

private:
    WorkerProcess(UniqueFd socket, pid_t pid, std::shared_ptr<WorkerCensus> census);

    pid_t m_pid;
    std::shared_ptr<WorkerCensus> m_census;
    bool m_isReaped = false;
};

} // namespace bulkhead::lab
