// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/worker_process.h"

#include "ipc/core/socket_pair.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace bulkhead::lab {

namespace {
constexpr int ChannelFd = 3;
} // namespace

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const WorkerProgram &program)
{
    Result<SocketPair> pair = SocketPair::create();
    if (!pair)
        return tl::unexpected(pair.error());
    // dup2 onto the same number would keep close-on-exec set: moved out of the way first.
    const UniqueFd theirs(::fcntl(pair->theirs.get(), F_DUPFD_CLOEXEC, 10));
    if (!theirs)
        return fail("dup");

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), ChannelFd);
    ::posix_spawn_file_actions_addclosefrom_np(&actions, ChannelFd + 1);

    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none, all;
    ::sigemptyset(&none);
    ::sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    // A group of its own: Ctrl+C is for the engine, which then ends its workers.
    ::posix_spawnattr_setpgroup(&attributes, 0);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);

    std::string channelOption = "--channel-fd=" + std::to_string(ChannelFd);
    std::string parentOption = "--parent=" + std::to_string(::getpid());
    char *arguments[] = {const_cast<char *>(program.path.c_str()), channelOption.data(), parentOption.data(), nullptr};
    pid_t pid = -1;
    const int error = ::posix_spawn(&pid, program.path.c_str(), &actions, &attributes, arguments, environ);
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0)
        return fail(Error::fromErrno(program.path, error));
    return std::unique_ptr<WorkerProcess>(new WorkerProcess(std::move(pair->ours), pid, program.census));
}

WorkerProcess::WorkerProcess(UniqueFd socket, pid_t pid, std::shared_ptr<WorkerCensus> census)
    : Peer(std::move(socket)), m_pid(pid), m_census(std::move(census))
{
    if (m_census)
        m_census->add(m_pid);
}

WorkerProcess::~WorkerProcess()
{
    kill();
}

void WorkerProcess::kill()
{
    if (m_isReaped)
        return;
    // Who ends closes its descriptors a moment before wait(2) knows of it.
    pollfd channel{socket(), POLLHUP, 0};
    const bool isEnding = ::poll(&channel, 1, 0) == 1 && (channel.revents & POLLHUP);
    siginfo_t before{};
    ::waitid(P_PID, id_t(m_pid), &before, WEXITED | WNOWAIT | (isEnding ? 0 : WNOHANG));
    const bool endedBefore = before.si_pid == m_pid;
    // Also what it forked: the group is its own. Not reaped yet, the number cannot be anybody else's.
    ::kill(-m_pid, SIGKILL);
    ::kill(m_pid, SIGKILL);
    int status = 0;
    while (::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    m_isReaped = true;
    if (m_census)
        m_census->remove(m_pid, endedBefore ? std::optional(status) : std::nullopt);
}

} // namespace bulkhead::lab
