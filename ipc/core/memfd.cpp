// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/memfd.h"

#include "ipc/core/fd_check.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead {

namespace {
constexpr int RequiredSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
#ifndef MFD_NOEXEC_SEAL
constexpr unsigned MFD_NOEXEC_SEAL = 0x0008U; // Linux 6.3; Debian 12's headers are older
#endif
} // namespace

Result<Memfd> Memfd::create(const char *name, std::size_t bytes)
{
    UniqueFd fd(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING | MFD_NOEXEC_SEAL));
    if (!fd && errno == EINVAL)
        fd.reset(::memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd)
        return fail("memfd_create");
    if (::ftruncate(fd.get(), off_t(bytes)) < 0)
        return fail("ftruncate");
    if (::fcntl(fd.get(), F_ADD_SEALS, RequiredSeals) < 0)
        return fail("F_ADD_SEALS");
    return Memfd(std::move(fd), bytes);
}

Result<Memfd> Memfd::adopt(UniqueFd fd, std::size_t bytes)
{
    const FdFault fault = checkFd(fd, FdKind::SharedMemory, {FdAccess::ReadWrite, RequiredSeals, bytes});
    if (fault != FdFault::None)
        return fail(Error{"memfd: " + fdFaultText(fault), 0});
    struct stat status = {};
    // The system call itself: the C library's fstat() asks with a path, which a sandboxed process may not.
    if (::syscall(SYS_fstat, fd.get(), &status) < 0)
        return fail("fstat");
    return Memfd(std::move(fd), std::size_t(status.st_size));
}

} // namespace bulkhead
