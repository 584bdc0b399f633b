// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <cstddef>
#include <string>

namespace bulkhead {

/// What a descriptor that came from another process may be.
enum class FdKind {
    SharedMemory, ///< a memfd
    Socket,
    Pipe,
    EventFd,
    Process,      ///< a pidfd
    CallListener, ///< the listener of a seccomp filter
};
enum class FdAccess { Any, Read, Write, ReadWrite };

/// What is wrong with it.
enum class FdFault { None, WrongType, WrongAccess, MissingSeals, WrongSize };

struct FdDemand
{
    FdAccess access = FdAccess::Any;
    int seals = 0;         ///< F_SEAL_...; all of them, for shared memory
    std::size_t bytes = 0; ///< at least, for shared memory
};

/// Asks the kernel what @p fd is; nothing is believed of who sent it. Needs /proc for EventFd.
FdFault checkFd(const UniqueFd &fd, FdKind kind, const FdDemand &demand = {});
std::string fdFaultText(FdFault fault);

} // namespace bulkhead
