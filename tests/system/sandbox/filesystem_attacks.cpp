// SPDX-License-Identifier: BSD-3-Clause
// Files: none may be named, opened, made, changed or even known to exist. Where an attack would do harm outside the
// sandbox, it names a file that is not there.
#include "tests/system/sandbox/attack.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::attack {

namespace {

constexpr char G[] = "filesystem";
constexpr char Passwords[] = "/etc/passwd";
constexpr char None[] = "/bulkhead-no-such-file";
constexpr char NoneEither[] = "/bulkhead-no-such-file-either";
char buffer[8192];

std::string scratch(const char *name)
{
    return "/tmp/bulkhead-attack-" + std::to_string(::getpid()) + name;
}

#ifdef SYS_open
/// The calls that newer machines no longer have.
std::vector<Attack> oldCalls()
{
    const long path = at(Passwords);
    const long none = at(None);
    const long out = at(buffer);
    return {
        refused(G, "open a file to read", EACCES, SYS_open, {path, O_RDONLY}),
        refused(G, "stat a file", EACCES, SYS_stat, {path, out}),
        refused(G, "lstat a file", EACCES, SYS_lstat, {path, out}),
        refused(G, "access a file", EACCES, SYS_access, {path, R_OK}),
        killed(G, "creat", SYS_creat, {none, 0600}),
        killed(G, "rename", SYS_rename, {none, at(NoneEither)}),
        killed(G, "rmdir", SYS_rmdir, {none}),
        killed(G, "link", SYS_link, {none, at(NoneEither)}),
        killed(G, "symlink into nothing", SYS_symlink, {path, at("/bulkhead-no-such-folder/x")}),
        killed(G, "chmod", SYS_chmod, {none, 0777}),
        killed(G, "chown", SYS_chown, {none, 0, 0}),
        killed(G, "mknod", SYS_mknod, {at("/bulkhead-no-such-folder/x"), S_IFCHR | 0666, 0x103}),
    };
}
#endif

/// Opening and making.
std::vector<Attack> openingCalls()
{
    const long path = at(Passwords);
    const long here = AT_FDCWD;
    return {
        refused(G, "openat a file to read", EACCES, SYS_openat, {here, path, O_RDONLY}),
        refused(G, "open the root folder", EACCES, SYS_openat, {here, at("/"), O_RDONLY | O_DIRECTORY}),
        refused(G, "open the current folder", EACCES, SYS_openat, {here, at("."), O_RDONLY | O_DIRECTORY}),
        refused(G, "open a path without opening it", EACCES, SYS_openat, {here, path, O_PATH}),
        refused(G, "open /dev/null", EACCES, SYS_openat, {here, at("/dev/null"), O_RDWR}),
        refused(G, "open with a bad pointer", EACCES, SYS_openat, {here, Nowhere, O_RDONLY}),
        refused(G, "go up from the root", EACCES, SYS_openat, {here, at("../../../../etc/passwd"), O_RDONLY}),
        {G,
         "make a file",
         {Outcome::Failed, EACCES},
         [](const Tools &) {
             const std::string name = scratch("-file");
             const long fd = ::syscall(SYS_openat, AT_FDCWD, name.c_str(), O_WRONLY | O_CREAT | O_EXCL, 0600);
             const int error = errno;
             if (fd >= 0)
                 ::unlink(name.c_str());
             errno = error;
             return fd;
         }},
        {G,
         "make a file without a name",
         {Outcome::Failed, EACCES},
         [](const Tools &) { return ::syscall(SYS_openat, AT_FDCWD, "/tmp", O_WRONLY | O_TMPFILE, 0600); }},
        {G,
         "make a folder",
         {Outcome::Failed, EACCES},
         [](const Tools &) {
             const std::string name = scratch("-folder");
             const long result = ::mkdir(name.c_str(), 0700);
             const int error = errno;
             if (result == 0)
                 ::rmdir(name.c_str());
             errno = error;
             return result;
         }},
        killed(G, "openat2", SYS_openat2, {here, path, Nowhere, 24}),
    };
}

/// What is there, and what it is like.
std::vector<Attack> askingCalls()
{
    const long path = at(Passwords);
    const long here = AT_FDCWD;
    const long out = at(buffer);
    return {
        refused(G, "fstatat a file", EACCES, SYS_newfstatat, {here, path, out, 0}),
        refused(G, "fstatat with AT_EMPTY_PATH and a path", EACCES, SYS_newfstatat, {here, path, out, AT_EMPTY_PATH}),
        refused(G, "statx", EACCES, SYS_statx, {here, path, 0, 0x7ff, out}),
        refused(G, "faccessat", EACCES, SYS_faccessat, {here, path, R_OK}),
        refused(G, "faccessat2", EACCES, SYS_faccessat2, {here, path, R_OK, 0}),
        refused(G, "readlinkat", EACCES, SYS_readlinkat, {here, at("/proc/self/exe"), out, sizeof buffer}),
        refused(G, "ask for the current folder", EACCES, SYS_getcwd, {out, sizeof buffer}),
        refused(G, "statfs", EACCES, SYS_statfs, {at("/"), out}),
        refused(G, "list a folder", EACCES, SYS_getdents64, {0, out, sizeof buffer}),
        refused(G, "watch files", EACCES, SYS_inotify_init1, {0}),
    };
}

/// Files and folders, changed.
std::vector<Attack> changingCalls()
{
    const long path = at(Passwords);
    const long none = at(None);
    const long here = AT_FDCWD;
    const long out = at(buffer);
    return {
        killed(G, "unlinkat", SYS_unlinkat, {here, none, 0}),
        killed(G, "mkdirat into nothing", SYS_mkdirat, {here, at("/bulkhead-no-such-folder/x"), 0700}),
        killed(G, "renameat2", SYS_renameat2, {here, none, here, at(NoneEither), 0}),
        killed(G, "linkat", SYS_linkat, {here, none, here, at(NoneEither), 0}),
        killed(G, "symlinkat into nothing", SYS_symlinkat, {path, here, at("/bulkhead-no-such-folder/x")}),
        killed(G, "fchmodat", SYS_fchmodat, {here, none, 0777}),
        killed(G, "fchmod", SYS_fchmod, {-1, 0777}),
        killed(G, "fchownat", SYS_fchownat, {here, none, 0, 0, 0}),
        killed(G, "fchown", SYS_fchown, {-1, 0, 0}),
        killed(G, "truncate", SYS_truncate, {none, 0}),
        killed(G, "utimensat", SYS_utimensat, {here, none, 0, 0}),
        killed(G, "chdir", SYS_chdir, {at("/")}),
        killed(G, "fchdir", SYS_fchdir, {0}),
        killed(G, "chroot", SYS_chroot, {none}),
        killed(G, "setxattr", SYS_setxattr, {none, at("user.x"), out, 1, 0}),
        killed(G, "getxattr", SYS_getxattr, {path, at("user.x"), out, 1}),
        killed(G, "name_to_handle_at", SYS_name_to_handle_at, {here, path, Nowhere, Nowhere, 0}),
        killed(G, "open_by_handle_at", SYS_open_by_handle_at, {here, Nowhere, O_RDONLY}),
        killed(G, "fanotify_init", SYS_fanotify_init, {~0, 0}),
        killed(G, "umask", SYS_umask, {0}),
        killed(G, "syncfs", SYS_syncfs, {-1}),
        killed(G, "quotactl", SYS_quotactl, {-1, none, 0, Nowhere}),
    };
}

/// Another view of them all.
std::vector<Attack> mountingCalls()
{
    const long none = at(None);
    const long here = AT_FDCWD;
    return {
        killed(G, "mount", SYS_mount, {none, none, at("none"), 0, 0}),
        killed(G, "umount2", SYS_umount2, {none, 0}),
        killed(G, "pivot_root", SYS_pivot_root, {none, none}),
        killed(G, "open_tree", SYS_open_tree, {here, none, 0}),
        killed(G, "move_mount", SYS_move_mount, {-1, none, -1, none, 0}),
        killed(G, "fsopen", SYS_fsopen, {at("no-such-type"), 0}),
        killed(G, "fsconfig", SYS_fsconfig, {-1, 0, 0, 0, 0}),
        killed(G, "fsmount", SYS_fsmount, {-1, 0, 0}),
        killed(G, "mount_setattr", SYS_mount_setattr, {-1, none, 0, Nowhere, 0}),
    };
}

} // namespace

std::vector<Attack> filesystemAttacks()
{
    std::vector<Attack> list;
    for (const auto part : {
#ifdef SYS_open
             &oldCalls,
#endif
             &openingCalls, &askingCalls, &changingCalls, &mountingCalls}) {
        for (Attack &attack : part())
            list.push_back(std::move(attack));
    }
    return list;
}

std::vector<Attack> procAttacks()
{
    static constexpr char P[] = "/proc";
    const auto open = [](const char *what, const char *path, int flags = O_RDONLY) {
        return refused("/proc", what, EACCES, SYS_openat, {AT_FDCWD, at(path), flags});
    };
    return {
        open("its own memory map", "/proc/self/maps"),
        open("its own memory", "/proc/self/mem", O_RDWR),
        open("its own environment", "/proc/self/environ"),
        open("its own descriptors", "/proc/self/fd", O_RDONLY | O_DIRECTORY),
        open("a descriptor, again and with other rights", "/proc/self/fd/1", O_RDWR),
        open("its own status", "/proc/self/status"),
        open("its own mounts", "/proc/self/mountinfo"),
        open("its user namespace", "/proc/self/ns/user"),
        open("process 1", "/proc/1/cmdline"),
        open("the machine's connections", "/proc/net/tcp"),
        open("the kernel's command line", "/proc/cmdline"),
        open("the kernel's settings", "/proc/sys/kernel/hostname"),
        open("the kernel's objects", "/sys/kernel", O_RDONLY | O_DIRECTORY),
        open("the list of processes", "/proc", O_RDONLY | O_DIRECTORY),
        open("shared memory", "/dev/shm", O_RDONLY | O_DIRECTORY),
        open("random numbers by name", "/dev/urandom"),
        open("the machine's id", "/etc/os-release"),
        {P,
         "the browser's command line",
         {Outcome::Failed, EACCES},
         [](const Tools &tools) {
             const std::string path = "/proc/" + std::to_string(tools.browserPid) + "/cmdline";
             return ::syscall(SYS_openat, AT_FDCWD, path.c_str(), O_RDONLY);
         }},
        {P,
         "the browser's root",
         {Outcome::Failed, EACCES},
         [](const Tools &tools) {
             const std::string path = "/proc/" + std::to_string(tools.browserPid) + "/status";
             return ::syscall(SYS_faccessat, AT_FDCWD, path.c_str(), F_OK);
         }},
    };
}

} // namespace bulkhead::attack
