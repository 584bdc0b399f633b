// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/unique_fd.h"

#include <fcntl.h>
#include <unistd.h>

namespace bulkhead {

void UniqueFd::reset(int fd)
{
    // Not retried on EINTR: Linux has released the descriptor by then.
    if (const int old = std::exchange(m_fd, fd); old >= 0)
        ::close(old);
}

UniqueFd UniqueFd::duplicate() const
{
    return UniqueFd(m_fd < 0 ? -1 : ::fcntl(m_fd, F_DUPFD_CLOEXEC, 0));
}

} // namespace bulkhead
