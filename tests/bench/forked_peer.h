// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <sys/types.h>

namespace bulkhead {

/// The other side of a measurement, in a process of its own: forked before there is an application object, runs one
/// function over its end of a socket pair, and is ended and reaped by its id with this object.
class ForkedPeer
{
public:
    /// @p run makes its own QCoreApplication; the process exits when it returns.
    explicit ForkedPeer(void (*run)(UniqueFd socket));
    ~ForkedPeer();
    ForkedPeer(const ForkedPeer &) = delete;
    ForkedPeer &operator=(const ForkedPeer &) = delete;

    /// Our end, non-blocking; empty when the process could not be made.
    UniqueFd takeSocket() { return std::move(m_socket); }

    pid_t id() const { return m_id; }

private:
    UniqueFd m_socket;
    pid_t m_id = -1;
};

} // namespace bulkhead
