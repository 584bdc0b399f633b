// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/hanging_folder.h"

#include <linux/fuse.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

namespace bulkhead {

namespace {

bool write(const char *file, const std::string &text)
{
    const UniqueFd fd(::open(file, O_WRONLY | O_CLOEXEC));
    return fd && ::write(fd.get(), text.data(), text.size()) == ssize_t(text.size());
}

/// Says that it is ready, and is never heard of again.
bool introduce(int server)
{
    alignas(fuse_in_header) std::array<char, FUSE_MIN_READ_BUFFER> request{};
    const ssize_t length = ::read(server, request.data(), request.size());
    if (length < ssize_t(sizeof(fuse_in_header)))
        return false;
    fuse_in_header header{};
    std::memcpy(&header, request.data(), sizeof header);
    if (header.opcode != FUSE_INIT)
        return false;
    struct Answer
    {
        fuse_out_header header;
        fuse_init_out init;
    } answer{};
    answer.header.len = sizeof answer;
    answer.header.unique = header.unique;
    answer.init.major = FUSE_KERNEL_VERSION;
    answer.init.minor = FUSE_KERNEL_MINOR_VERSION;
    answer.init.max_write = 4096;
    return ::write(server, &answer, sizeof answer) == ssize_t(sizeof answer);
}

} // namespace

Result<void> HangingFolder::isolate()
{
    const uid_t user = ::geteuid();
    const gid_t group = ::getegid();
    if (::unshare(user == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0)
        return fail("a view of the file systems of one's own");
    if (user != 0) {
        char line[64];
        std::snprintf(line, sizeof line, "%u %u 1", unsigned(user), unsigned(user));
        const bool mapped = write("/proc/self/uid_map", line) && write("/proc/self/setgroups", "deny");
        std::snprintf(line, sizeof line, "%u %u 1", unsigned(group), unsigned(group));
        if (!mapped || !write("/proc/self/gid_map", line))
            return fail("being oneself in a user namespace");
    }
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0)
        return fail("keeping mounts to oneself");
    return {};
}

Result<HangingFolder> HangingFolder::mount(const std::string &path)
{
    UniqueFd server(::open("/dev/fuse", O_RDWR | O_CLOEXEC));
    if (!server)
        return fail("/dev/fuse");
    char options[128];
    std::snprintf(options, sizeof options, "fd=%d,rootmode=40755,user_id=%u,group_id=%u", server.get(),
                  unsigned(::geteuid()), unsigned(::getegid()));
    if (::mount("hanging", path.c_str(), "fuse", MS_NOSUID | MS_NODEV, options) != 0)
        return fail("mounting a FUSE file system");
    if (!introduce(server.get()))
        return fail("the kernel's first request of a FUSE file system");
    return HangingFolder(path, std::move(server));
}

HangingFolder::~HangingFolder()
{
    m_server.reset();
    if (!m_path.empty()) // else it was moved
        ::umount2(m_path.c_str(), MNT_DETACH);
}

} // namespace bulkhead
