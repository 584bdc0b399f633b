// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/lab_threads.h"

namespace bulkhead {

LabThreads::~LabThreads()
{
    for (const Entry &entry : m_entries)
        entry.cancel->request();
    for (Entry &entry : m_entries)
        entry.thread.join();
}

void LabThreads::start(std::shared_ptr<const lab::Cancel> cancel, std::function<void()> work)
{
    joinDone();
    auto done = std::make_shared<std::atomic<bool>>(false);
    std::thread thread([done, work = std::move(work)]() mutable {
        work();
        work = {}; // what it holds goes before others may believe it gone
        *done = true;
    });
    m_entries.push_back({std::move(cancel), std::move(done), std::move(thread)});
}

int LabThreads::count()
{
    joinDone();
    return int(m_entries.size());
}

void LabThreads::joinDone()
{
    m_entries.remove_if([](Entry &entry) {
        if (!*entry.done)
            return false;
        entry.thread.join();
        return true;
    });
}

} // namespace bulkhead
