// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/worker_census.h"

#include <algorithm>

namespace bulkhead::lab {

namespace {
constexpr std::size_t EndsAtMost = 100;
} // namespace

std::vector<WorkerCensus::Worker> WorkerCensus::workers() const
{
    const std::lock_guard lock(m_mutex);
    return m_workers;
}

std::vector<WorkerCensus::End> WorkerCensus::takeEnds()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_ends, {});
}

void WorkerCensus::setListener(std::function<void()> listener)
{
    const std::lock_guard lock(m_listenerMutex);
    m_listener = std::move(listener);
}

void WorkerCensus::add(pid_t pid)
{
    {
        const std::lock_guard lock(m_mutex);
        m_workers.push_back({pid, {}, {}});
    }
    tell();
}

void WorkerCensus::setWork(pid_t pid, std::string work, std::optional<wire::SandboxReport> sandbox)
{
    {
        const std::lock_guard lock(m_mutex);
        for (Worker &worker : m_workers) {
            if (worker.pid == pid)
                worker = {pid, std::move(work), std::move(sandbox)};
        }
    }
    tell();
}

void WorkerCensus::remove(pid_t pid, std::optional<int> status)
{
    {
        const std::lock_guard lock(m_mutex);
        const auto found =
            std::find_if(m_workers.begin(), m_workers.end(), [pid](const Worker &worker) { return worker.pid == pid; });
        if (found == m_workers.end())
            return;
        if (m_ends.size() == EndsAtMost)
            m_ends.erase(m_ends.begin());
        m_ends.push_back({std::move(*found), status});
        m_workers.erase(found);
    }
    tell();
}

void WorkerCensus::tell()
{
    const std::lock_guard lock(m_listenerMutex);
    if (m_listener)
        m_listener();
}

} // namespace bulkhead::lab
