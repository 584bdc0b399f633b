// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/namespaces.h"

#include "ipc/core/unique_fd.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <string>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::sandbox {

namespace {

constexpr uid_t Nobody = 65534; // Debian's, and the kernel's overflow id
constexpr int Shared = CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWUTS | CLONE_NEWCGROUP;

Result<void> writeTo(const char *path, const std::string &text)
{
    const UniqueFd file(::open(path, O_WRONLY | O_CLOEXEC));
    if (!file || ::write(file.get(), text.data(), text.size()) != ssize_t(text.size()))
        return fail(path);
    return {};
}

/// Leaves everything for the mount that is the current folder.
Result<void> moveIn()
{
    // Onto itself: the old root then lies on the new one and can be taken off.
    if (::syscall(SYS_pivot_root, ".", ".") < 0)
        return fail("pivot_root");
    if (::umount2(".", MNT_DETACH) < 0)
        return fail("umount");
    if (::chdir("/") < 0)
        return fail("chdir");
    return {};
}

constexpr unsigned long Flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
constexpr char Options[] = "size=16k,nr_inodes=4,mode=0555";
// Any folders that exist everywhere: they are covered in this namespace only.
constexpr char Base[] = "/proc";
constexpr char Aside[] = "/sys";

} // namespace

void noteNamespaces(int procFd, wire::SandboxReport &report)
{
    for (const char *kind : {"user", "mnt", "net", "ipc", "uts", "cgroup", "pid"}) {
        char target[64] = {};
        const std::string path = std::string("self/ns/") + kind;
        if (::readlinkat(procFd, path.c_str(), target, sizeof target - 1) <= 0)
            continue;
        const char *number = std::strchr(target, '['); // "net:[4026531840]"
        wire::SandboxNamespace *entry = report.add_namespaces();
        entry->set_kind(kind);
        entry->set_id(number ? std::strtoull(number + 1, nullptr, 10) : 0);
    }
}

Result<void> becomeNobody()
{
    if (::setgroups(0, nullptr) < 0)
        return fail("setgroups");
    if (::setresgid(Nobody, Nobody, Nobody) < 0)
        return fail("setresgid");
    if (::setresuid(Nobody, Nobody, Nobody) < 0)
        return fail("setresuid");
    // The kernel has cleared both.
    ::prctl(PR_SET_DUMPABLE, 1);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    return {};
}

Result<void> enterNamespaces(wire::SandboxMode mode)
{
    if (mode == wire::ROOT_NAMESPACES) {
        if (::unshare(Shared) < 0)
            return fail("unshare");
        return {};
    }
    if (mode != wire::USER_NAMESPACE)
        return {};
    if (::geteuid() == 0) {
        if (const Result<void> nobody = becomeNobody(); !nobody)
            return nobody;
    }
    const std::string user = std::to_string(::geteuid());
    const std::string group = std::to_string(::getegid());
    if (::unshare(CLONE_NEWUSER | Shared) < 0)
        return fail("unshare");
    if (const Result<void> denied = writeTo("/proc/self/setgroups", "deny"); !denied)
        return denied;
    // Inside as outside: neither is 0.
    if (const Result<void> mapped = writeTo("/proc/self/uid_map", user + ' ' + user + " 1"); !mapped)
        return mapped;
    return writeTo("/proc/self/gid_map", group + ' ' + group + " 1");
}

Result<void> prepareEmptyFileSystem()
{
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0)
        return fail("making mounts private");
    if (::mount("nothing", Aside, "tmpfs", Flags, Options) < 0)
        return fail("mounting an empty file system");
    const std::string folder = std::string(Aside) + EmptyFolder;
    if (::mkdir(folder.c_str(), 0555) < 0 || ::mkdir((folder + DescriptorFolder).c_str(), 0555) < 0)
        return fail("mkdir");
    if (::mount(nullptr, Aside, nullptr, MS_REMOUNT | MS_RDONLY | Flags, Options) < 0)
        return fail("remounting read-only");
    return {};
}

Result<void> leaveFileSystemButDescriptors()
{
    // Once more: the kernel does not let go of mounts that came with the namespace.
    if (::mount(Aside, Aside, nullptr, MS_BIND, nullptr) < 0 || ::chdir(Aside) < 0)
        return fail("mounting the empty file system");
    // Mounted, not linked to: its ".." is EmptyFolder.
    const std::string folder = std::string(EmptyFolder + 1) + DescriptorFolder;
    if (::mount("/proc/self/fd", folder.c_str(), nullptr, MS_BIND, nullptr) < 0)
        return fail("mounting the folder of descriptors");
    return moveIn();
}

Result<void> leaveFileSystem()
{
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) < 0)
        return fail("making mounts private");
    if (::mount("nothing", Base, "tmpfs", Flags, Options) < 0)
        return fail("mounting an empty file system");
    if (::chdir(Base) < 0 || ::mkdir(EmptyFolder + 1, 0555) < 0)
        return fail("mkdir");
    if (::mount(nullptr, Base, nullptr, MS_REMOUNT | MS_RDONLY | Flags, Options) < 0)
        return fail("remounting read-only");
    return moveIn();
}

std::uint64_t childNamespaces(wire::SandboxMode mode)
{
    constexpr std::uint64_t Own =
        CLONE_NEWPID | CLONE_NEWNET | CLONE_NEWIPC | CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWCGROUP;
    switch (mode) {
    case wire::USER_NAMESPACE:
        return Own | CLONE_NEWUSER;
    case wire::ROOT_NAMESPACES:
        return Own;
    default:
        return 0;
    }
}

} // namespace bulkhead::sandbox
