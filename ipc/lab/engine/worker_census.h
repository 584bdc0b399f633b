// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/sandbox.pb.h"

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace bulkhead::lab {

/// Which worker processes are at work, for whoever shows processes: the engine's threads write it, another reads it.
/// Any thread.
class WorkerCensus
{
public:
    struct Worker
    {
        pid_t pid = 0;
        std::string work;                           ///< its mechanism or study; empty until it has one
        std::optional<wire::SandboxReport> sandbox; ///< once it has reported
    };
    struct End
    {
        Worker worker;
        /// As wait(2) has it, when it ended by itself or by somebody's signal; nothing when the engine ended it.
        std::optional<int> status;
    };

    std::vector<Worker> workers() const;
    /// Those that are gone since the last call, oldest first; of more than a hundred the newest.
    std::vector<End> takeEnds();
    /// Called after every change, in the thread of the change; returns when no call of the earlier one is left.
    void setListener(std::function<void()> listener);

    void add(pid_t pid);
    void setWork(pid_t pid, std::string work, std::optional<wire::SandboxReport> sandbox = {});
    void remove(pid_t pid, std::optional<int> status);

private:
    void tell();

    mutable std::mutex m_mutex;
    std::vector<Worker> m_workers;
    std::vector<End> m_ends;
    std::mutex m_listenerMutex;
    std::function<void()> m_listener;
};

/// bulkhead-lab-worker, and who wants to know about the processes that run it; plain value.
struct WorkerProgram
{
    WorkerProgram() = default;
    /// Nobody wants to know. Implicit: most have a path and nothing else.
    WorkerProgram(std::string file) : path(std::move(file)) {}
    WorkerProgram(const char *file) : path(file) {}

    std::string path;
    std::shared_ptr<WorkerCensus> census; ///< may be null
};

} // namespace bulkhead::lab
