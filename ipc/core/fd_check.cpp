// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/fd_check.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead {

namespace {

bool isKind(int fd, FdKind kind, const struct stat &status)
{
    switch (kind) {
    case FdKind::SharedMemory:
        return S_ISREG(status.st_mode) && ::fcntl(fd, F_GET_SEALS) >= 0;
    case FdKind::Socket:
        return S_ISSOCK(status.st_mode);
    case FdKind::Pipe:
        return S_ISFIFO(status.st_mode);
    case FdKind::EventFd: {
        char target[64] = {};
        const std::string path = "/proc/self/fd/" + std::to_string(fd);
        return ::readlink(path.c_str(), target, sizeof target - 1) > 0 &&
               std::strcmp(target, "anon_inode:[eventfd]") == 0;
    }
    case FdKind::Process:
        // Signal 0 asks; ESRCH and EPERM are answers about a process, EBADF and EINVAL say that there is none.
        return ::syscall(SYS_pidfd_send_signal, fd, 0, nullptr, 0) == 0 || errno == ESRCH || errno == EPERM;
    case FdKind::CallListener: {
        std::uint64_t nobody = 0;
        return ::ioctl(fd, SECCOMP_IOCTL_NOTIF_ID_VALID, &nobody) == 0 || errno == ENOENT;
    }
    }
    return false;
}

bool hasAccess(int fd, FdAccess access)
{
    const int mode = ::fcntl(fd, F_GETFL) & O_ACCMODE;
    switch (access) {
    case FdAccess::Any:
        return true;
    case FdAccess::Read:
        return mode == O_RDONLY;
    case FdAccess::Write:
        return mode == O_WRONLY;
    case FdAccess::ReadWrite:
        return mode == O_RDWR;
    }
    return false;
}

} // namespace

FdFault checkFd(const UniqueFd &fd, FdKind kind, const FdDemand &demand)
{
    struct stat status = {};
    if (::syscall(SYS_fstat, fd.get(), &status) < 0 || !isKind(fd.get(), kind, status))
        return FdFault::WrongType;
    if (!hasAccess(fd.get(), demand.access))
        return FdFault::WrongAccess;
    if (kind == FdKind::SharedMemory) {
        if ((::fcntl(fd.get(), F_GET_SEALS) & demand.seals) != demand.seals)
            return FdFault::MissingSeals;
        if (status.st_size < 0 || std::size_t(status.st_size) < demand.bytes)
            return FdFault::WrongSize;
    }
    return FdFault::None;
}

std::string fdFaultText(FdFault fault)
{
    switch (fault) {
    case FdFault::None:
        return "nothing is wrong";
    case FdFault::WrongType:
        return "another type of file descriptor";
    case FdFault::WrongAccess:
        return "not open as it should be";
    case FdFault::MissingSeals:
        return "seals are missing";
    case FdFault::WrongSize:
        return "shorter than announced";
    }
    return {};
}

} // namespace bulkhead
