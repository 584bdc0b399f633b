// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace bulkhead::lab {

/// Ends a run early, from any thread or a signal handler: whatever the run waits for, it also waits for this.
class Cancel
{
public:
    Cancel() : m_fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

    void request() const { ::eventfd_write(m_fd.get(), 1); }
    bool isRequested() const
    {
        eventfd_t value = 0;
        if (::eventfd_read(m_fd.get(), &value) < 0)
            return false;
        request(); // stays so
        return true;
    }
    /// Readable from the request on.
    int fd() const { return m_fd.get(); }

private:
    UniqueFd m_fd;
};

} // namespace bulkhead::lab
