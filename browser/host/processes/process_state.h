// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>

namespace bulkhead {

/// What the kernel says of a process at one moment (/proc/PID/stat and status). Reading takes some tens of
/// microseconds.
struct ProcessState
{
    char state = 0;                            ///< as ps(1) shows it: R running, S sleeping, T stopped, Z dead, ...
    std::chrono::milliseconds processorTime{}; ///< of all its threads, since it started
    bool isTraced = false;                     ///< a debugger holds it

    bool isStopped() const { return state == 'T'; }
    /// Nothing when there is no such process.
    static std::optional<ProcessState> of(qint64 pid);
};

} // namespace bulkhead
