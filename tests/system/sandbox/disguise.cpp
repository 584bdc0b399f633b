// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/sandbox/disguise.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <grp.h>
#include <sched.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr uid_t SomeUser = 65534;

std::string because(const std::string &what)
{
    return what + ": " + std::strerror(errno);
}

bool write(const std::string &path, const std::string &text)
{
    const int fd = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
    const bool done = fd >= 0 && ::write(fd, text.data(), text.size()) == ssize_t(text.size());
    const int error = errno;
    if (fd >= 0)
        ::close(fd);
    errno = error;
    return done;
}

/// The ids this process can name, mapped onto themselves.
std::string identity(const char *map)
{
    std::ifstream lines(map);
    std::ostringstream result;
    unsigned long inside, outside, count;
    while (lines >> inside >> outside >> count)
        result << inside << ' ' << inside << ' ' << count << '\n';
    return result.str();
}

/// A user namespace with all ids of this one, in which nobody may make another.
std::string refuseUserNamespaces()
{
    const bool root = ::geteuid() == 0;
    const std::string users =
        root ? identity("/proc/self/uid_map") : std::to_string(::geteuid()) + ' ' + std::to_string(::geteuid()) + " 1";
    const std::string groups =
        root ? identity("/proc/self/gid_map") : std::to_string(::getegid()) + ' ' + std::to_string(::getegid()) + " 1";
    int entered[2];
    int mapped[2];
    if (::pipe(entered) < 0 || ::pipe(mapped) < 0)
        return because("pipe");
    const pid_t us = ::getpid();
    // Whoever maps more than one id must stand outside.
    const pid_t helper = ::fork();
    if (helper == 0) {
        char byte = 0;
        if (::read(entered[0], &byte, 1) != 1)
            ::_exit(1);
        const std::string folder = "/proc/" + std::to_string(us);
        const bool done = (root || write(folder + "/setgroups", "deny")) && write(folder + "/uid_map", users) &&
                          write(folder + "/gid_map", groups);
        byte = done ? 0 : char(errno);
        [[maybe_unused]] const auto told = ::write(mapped[1], &byte, 1);
        ::_exit(0);
    }
    if (::unshare(CLONE_NEWUSER) < 0) {
        ::close(entered[1]);
        ::waitpid(helper, nullptr, 0);
        return {}; // it refuses them already
    }
    char byte = 0;
    if (::write(entered[1], &byte, 1) != 1 || ::read(mapped[0], &byte, 1) != 1)
        return because("the mapping helper");
    ::waitpid(helper, nullptr, 0);
    if (byte != 0) {
        errno = byte;
        return because("mapping ids");
    }
    if (!write("/proc/sys/user/max_user_namespaces", "0"))
        return because("user.max_user_namespaces");
    for (const int fd : {entered[0], entered[1], mapped[0], mapped[1]})
        ::close(fd);
    return {};
}

} // namespace

std::string putOn(Disguise disguise)
{
    if (disguise != Disguise::NoUserNamespaces && ::geteuid() == 0) {
        if (::setgroups(0, nullptr) < 0 || ::setresgid(SomeUser, SomeUser, SomeUser) < 0 ||
            ::setresuid(SomeUser, SomeUser, SomeUser) < 0)
            return because("becoming an ordinary user");
        ::prctl(PR_SET_DUMPABLE, 1); // so that /proc/self is ours
    }
    return disguise == Disguise::Nobody ? std::string() : refuseUserNamespaces();
}

} // namespace bulkhead
