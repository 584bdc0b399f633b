// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/decisions/hanging_disk.h"

namespace bulkhead {

namespace {
std::mutex there;
HangingDisk *disk = nullptr;
} // namespace

HangingDisk::HangingDisk()
{
    const std::lock_guard lock(there);
    disk = this;
}

HangingDisk::~HangingDisk()
{
    {
        const std::lock_guard lock(there);
        disk = nullptr;
    }
    std::unique_lock lock(m_mutex);
    m_isLost = false;
    m_answers.notify_all();
    m_answers.wait(lock, [this] { return m_waiting == 0; });
}

int HangingDisk::hanging() const
{
    const std::lock_guard lock(m_mutex);
    return m_hanging;
}

void HangingDisk::pass(std::string_view path)
{
    if (!path.ends_with(Suffix))
        return;
    std::unique_lock outside(there);
    HangingDisk *const folder = disk;
    if (!folder)
        return;
    std::unique_lock lock(folder->m_mutex);
    ++folder->m_waiting;
    ++folder->m_hanging;
    outside.unlock();
    folder->m_answers.wait(lock, [folder] { return !folder->m_isLost; });
    --folder->m_waiting;
    folder->m_answers.notify_all();
}

} // namespace bulkhead
