// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/descriptors.h"

#include "ipc/core/unique_fd.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <string>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sandbox {

std::vector<int> openEventFds()
{
    std::vector<int> found;
    DIR *folder = ::opendir("/proc/self/fd");
    if (!folder)
        return found;
    while (const dirent *entry = ::readdir(folder)) {
        char target[64] = {};
        const std::string path = std::string("/proc/self/fd/") + entry->d_name;
        if (::readlink(path.c_str(), target, sizeof target - 1) > 0 && std::strstr(target, "[eventfd]"))
            found.push_back(std::atoi(entry->d_name));
    }
    ::closedir(folder);
    return found;
}

Result<void> renewEventFds(const std::vector<int> &fds)
{
    for (const int old : fds) {
        const UniqueFd fresh(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        if (!fresh || ::dup3(fresh.get(), old, O_CLOEXEC) < 0)
            return fail("eventfd");
    }
    return {};
}

Result<void> closeAllBut(std::vector<int> kept)
{
    std::sort(kept.begin(), kept.end());
    unsigned first = STDERR_FILENO + 1;
    for (const int fd : kept) {
        if (unsigned(fd) > first && ::syscall(SYS_close_range, first, unsigned(fd) - 1, 0) < 0)
            return fail("close_range");
        first = std::max(first, unsigned(fd) + 1);
    }
    if (::syscall(SYS_close_range, first, ~0u, 0) < 0)
        return fail("close_range");
    return {};
}

} // namespace bulkhead::sandbox
