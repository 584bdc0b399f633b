// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Told when the main thread's event loop starts a turn and when it goes back to waiting, so that somebody on another
/// thread can end a process that never comes back from one. Both calls are a store to an atomic; a turn that begins
/// while another is running replaces it.
class TaskMonitor
{
public:
    virtual void taskBegins() = 0;
    virtual void taskEnds() = 0;

protected:
    ~TaskMonitor() = default;
};

} // namespace bulkhead
