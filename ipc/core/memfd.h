// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <cstddef>

namespace bulkhead {

/// Anonymous shared memory of a fixed size. Sealed against shrinking and growing, so that neither side can make the
/// other's mapping fault (SIGBUS), and against further seals. It has no name: nothing remains when its holders die.
class Memfd
{
public:
    /// @p name shows in /proc/PID/maps as "memfd:NAME"; @p bytes above 0.
    static Result<Memfd> create(const char *name, std::size_t bytes);
    /// Takes a descriptor from another process: it must be a memfd with those seals, of at least @p bytes, open for
    /// reading and writing. Anything else is an error and the descriptor is closed.
    static Result<Memfd> adopt(UniqueFd fd, std::size_t bytes);

    int fd() const { return m_fd.get(); }
    std::size_t size() const { return m_size; }
    /// For sending; the memory is shared by both.
    UniqueFd duplicate() const { return m_fd.duplicate(); }

private:
    Memfd(UniqueFd fd, std::size_t size) : m_fd(std::move(fd)), m_size(size) {}

    UniqueFd m_fd;
    std::size_t m_size = 0;
};

} // namespace bulkhead
