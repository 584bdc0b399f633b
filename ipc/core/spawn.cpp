// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/spawn.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace bulkhead {

Result<SpawnedProcess> spawn(const std::string &program, const std::vector<std::string> &arguments,
                             const UniqueFd &channel, const UniqueFd &logWriteEnd, ProcessGroup group)
{
    // dup2 onto the same number would keep close-on-exec set: moved out of the way first.
    const UniqueFd channelCopy(::fcntl(channel.get(), F_DUPFD_CLOEXEC, 10));
    const UniqueFd logCopy(logWriteEnd ? ::fcntl(logWriteEnd.get(), F_DUPFD_CLOEXEC, 10) : -1);
    if (!channelCopy || (logWriteEnd && !logCopy))
        return fail("dup");

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (logCopy) {
        ::posix_spawn_file_actions_adddup2(&actions, logCopy.get(), STDOUT_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, logCopy.get(), STDERR_FILENO);
    } else {
        ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    }
    ::posix_spawn_file_actions_adddup2(&actions, channelCopy.get(), SpawnedChannelFd);
    // Whatever a library opened without close-on-exec stays here.
    ::posix_spawn_file_actions_addclosefrom_np(&actions, SpawnedChannelFd + 1);

    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, short(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                  (group == ProcessGroup::Own ? POSIX_SPAWN_SETPGROUP : 0)));

    std::vector<char *> argv;
    argv.push_back(const_cast<char *>(program.c_str()));
    for (const std::string &argument : arguments)
        argv.push_back(const_cast<char *>(argument.c_str()));
    argv.push_back(nullptr);

    SpawnedProcess process;
    const int error = ::posix_spawn(&process.pid, program.c_str(), &actions, &attributes, argv.data(), environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return fail(Error::fromErrno(program, error));
    // The pid cannot have been reused: it is our child, and nobody but us waits for it.
    process.pidFd.reset(int(::syscall(SYS_pidfd_open, process.pid, 0)));
    if (!process.pidFd) {
        const Error reason = Error::fromErrno("pidfd_open");
        ::kill(process.pid, SIGKILL);
        ::waitpid(process.pid, nullptr, 0);
        return fail(reason);
    }
    return process;
}

} // namespace bulkhead
