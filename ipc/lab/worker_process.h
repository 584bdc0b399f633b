// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/peer.h"

#include <memory>
#include <string>

namespace bulkhead::lab {

/// A worker process of ours, killed and reaped with the object. It also ends with the thread that started it.
class WorkerProcess : public Peer
{
public:
    /// @p program is bulkhead-lab-worker.
    static Result<std::unique_ptr<WorkerProcess>> start(const std::string &program);
    ~WorkerProcess() override;

    pid_t pid() const override { return m_pid; }
    /// Ends it with SIGKILL and waits until it is gone.
    void kill() override;

private:
    WorkerProcess(UniqueFd socket, pid_t pid) : Peer(std::move(socket)), m_pid(pid) {}

    pid_t m_pid;
    bool m_isReaped = false;
};

} // namespace bulkhead::lab
