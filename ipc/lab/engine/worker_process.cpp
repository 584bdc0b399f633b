// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/worker_process.h"

#include "ipc/core/socket_pair.h"
#include "ipc/core/spawn.h"

#include <cerrno>
#include <csignal>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::lab {

Result<std::unique_ptr<WorkerProcess>> WorkerProcess::start(const WorkerProgram &program)
{
    Result<SocketPair> pair = SocketPair::create();
    if (!pair)
        return tl::unexpected(pair.error());
    // A group of its own: Ctrl+C is for the engine, which then ends its workers.
    const Result<SpawnedProcess> process = spawn(
        program.path, {"--channel-fd=" + std::to_string(SpawnedChannelFd), "--parent=" + std::to_string(::getpid())},
        pair->theirs, {}, ProcessGroup::Own);
    if (!process)
        return tl::unexpected(process.error());
    return std::unique_ptr<WorkerProcess>(new WorkerProcess(std::move(pair->ours), process->pid, program.census));
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
