// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/child/task_monitor.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <pthread.h>

namespace bulkhead {

/// The second thread of a child, for what the main thread cannot do while it is stuck: it ends the process when the
/// channel's other end is gone, and when one piece of work has used more processor time than its limit. It reads
/// nothing from the channel, and it only ever ends the process, so it needs no locks.
class Watchdog final : public TaskMonitor
{
public:
    /// Watches @p channelFd, which stays open as long as the process; the calling thread is the one whose time counts.
    /// A
    /// @p taskLimit of 0 is none.
    Watchdog(int channelFd, std::chrono::milliseconds taskLimit);

    void taskBegins() override;
    void taskEnds() override;

private:
    static void *run(void *self);
    void watch();

    const int m_channelFd;
    const std::chrono::nanoseconds m_taskLimit;
    clockid_t m_mainClock = 0;
    /// Main thread's processor time, in nanoseconds, when its current task began; negative between tasks.
    std::atomic<std::int64_t> m_taskStart{-1};
};

} // namespace bulkhead
