// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/cancel.h"

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <thread>

namespace bulkhead {

/// The threads of the lab's engine. A run's processes end with its thread (PDEATHSIG), so a thread lives exactly as
/// long as its run; whoever started it may go before, without waiting. Outlives all pages. Main thread.
class LabThreads
{
public:
    LabThreads() = default;
    /// Cancels what runs and waits for it: the engine kills its workers on cancelling.
    ~LabThreads();
    LabThreads(const LabThreads &) = delete;
    LabThreads &operator=(const LabThreads &) = delete;

    /// Runs @p work in a thread of its own. @p cancel is what ends it early.
    void start(std::shared_ptr<const lab::Cancel> cancel, std::function<void()> work);
    /// Those that still work.
    int count();

private:
    struct Entry
    {
        std::shared_ptr<const lab::Cancel> cancel;
        std::shared_ptr<std::atomic<bool>> done;
        std::thread thread;
    };
    void joinDone();

    std::list<Entry> m_entries;
};

} // namespace bulkhead
