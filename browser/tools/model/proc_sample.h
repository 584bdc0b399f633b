// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace bulkhead {

/// What the kernel says of one process at one moment, from /proc/PID; numbers that it does not tell are empty. Of a
/// locked-down process (not dumpable) it tells an ordinary user everything but the proportional set size.
struct ProcSample
{
    char state = 0;                            ///< as ps(1) shows it
    std::chrono::milliseconds processorTime{}; ///< of all threads, since the start; in steps of 10 ms
    std::chrono::milliseconds age{};           ///< since the process was started
    int threads = 0;
    int niceness = 0;
    std::optional<int> descriptors; ///< since Linux 6.2, or for who may look into the process
    quint64 voluntarySwitches = 0;  ///< of the main thread
    quint64 forcedSwitches = 0;
    quint64 residentBytes = 0;                ///< RSS: pages that are there, shared ones in full
    quint64 privateBytes = 0;                 ///< the part of it that belongs to nobody else's file or shared memory
    std::optional<quint64> proportionalBytes; ///< PSS: shared pages divided by the number of processes that share them

    /// Everything but PSS, in about thirty microseconds. Nothing when there is no such process, or only its corpse.
    static std::optional<ProcSample> of(qint64 pid);
    /// Walks the page tables of the process: a millisecond or more. Not for the main thread.
    static std::optional<quint64> proportionalBytesOf(qint64 pid);
};

} // namespace bulkhead
