// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <condition_variable>
#include <mutex>
#include <string_view>

namespace bulkhead {

/// While it lives, whoever opens a file whose name ends in Suffix waits, as on a network folder that is lost. One at a
/// time.
class HangingDisk
{
public:
    static constexpr char Suffix[] = "hanging";

    HangingDisk();
    /// The folder answers again.
    ~HangingDisk();
    HangingDisk(const HangingDisk &) = delete;
    HangingDisk &operator=(const HangingDisk &) = delete;

    /// How many threads wait.
    int hanging() const;

    /// What the disk's threads come by. Any thread.
    static void pass(std::string_view path);

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_answers;
    bool m_isLost = true;
    int m_waiting = 0; ///< threads between in and out
    int m_hanging = 0;
};

} // namespace bulkhead
