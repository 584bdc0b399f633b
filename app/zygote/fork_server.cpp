// SPDX-License-Identifier: BSD-3-Clause
#include "app/zygote/fork_server.h"

#include "ipc/messages/zygote.pb.h"

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <string>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr std::uint32_t Protocol = 1;
constexpr std::size_t FdsPerFork = 2; // channel, log

template <class Visit>
void forEachEntry(const char *folder, Visit visit)
{
    DIR *dir = ::opendir(folder);
    if (!dir)
        return;
    while (const dirent *entry = ::readdir(dir)) {
        if (entry->d_name[0] != '.')
            visit(entry->d_name);
    }
    ::closedir(dir);
}

std::vector<int> openEventFds()
{
    std::vector<int> found;
    forEachEntry("/proc/self/fd", [&found](const char *name) {
        char target[64] = {};
        const std::string path = std::string("/proc/self/fd/") + name;
        if (::readlink(path.c_str(), target, sizeof target - 1) > 0 && std::strstr(target, "[eventfd]"))
            found.push_back(std::atoi(name));
    });
    return found;
}

std::uint32_t threadCount()
{
    std::uint32_t count = 0;
    forEachEntry("/proc/self/task", [&count](const char *) { ++count; });
    return count;
}

} // namespace

ForkServer::ForkServer(UniqueFd control) : m_control(std::in_place, std::move(control)), m_eventFds(openEventFds()) {}

std::optional<ForkServer::Child> ForkServer::serve(std::uint64_t preloadMicroseconds)
{
    wire::ZygoteToBrowser ready;
    ready.mutable_ready()->set_protocol(Protocol);
    ready.mutable_ready()->set_threads(threadCount());
    ready.mutable_ready()->set_preload_microseconds(std::uint32_t(preloadMicroseconds));
    if (!m_control->send(ready))
        return {};
    for (;;) {
        wire::BrowserToZygote message;
        Result<BlockingChannel::Received> received = m_control->receive(message);
        if (!received)
            return {};
        if (message.body_case() != wire::BrowserToZygote::kForkChild)
            continue;
        if (auto child = fork(message.fork_child(), std::move(received->fds), received->requestId))
            return child;
    }
}

std::optional<ForkServer::Child> ForkServer::fork(const wire::ForkChild &request, Fds fds, std::uint32_t requestId)
{
    int pidFd = -1;
    clone_args args = {};
    args.flags = CLONE_PARENT | CLONE_PIDFD;
    args.pidfd = reinterpret_cast<std::uint64_t>(&pidFd);
    // No exit signal of its own: with CLONE_PARENT the kernel takes the zygote's, which is SIGCHLD to the browser.
    long pid = -1;
    if (fds.size() == FdsPerFork)
        pid = ::syscall(SYS_clone3, &args, sizeof args);
    else
        errno = EINVAL;
    if (pid == 0) {
        becomeChild(fds);
        return Child{std::move(fds[0]), request.memory_limit()};
    }
    wire::ZygoteToBrowser answer;
    wire::ChildForked *forked = answer.mutable_child_forked();
    forked->set_child_id(request.child_id());
    Fds answerFds;
    if (pid < 0) {
        forked->set_error(errno);
    } else {
        forked->set_pid(std::int32_t(pid));
        answerFds.emplace_back(pidFd);
    }
    if (requestId != 0)
        m_control->reply(requestId, answer, std::move(answerFds));
    return {};
}

void ForkServer::becomeChild(const Fds &fds)
{
    // The browser's death is noticed by the channel's end; this is for a child that is too busy to notice anything.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::prctl(PR_SET_NAME, "bulkhead-child");
    ::setsid(); // the terminal's Ctrl+C is for the browser
    for (const int old : m_eventFds) {
        UniqueFd fresh(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
        ::dup3(fresh.get(), old, O_CLOEXEC);
    }
    ::dup2(fds[1].get(), STDOUT_FILENO);
    ::dup2(fds[1].get(), STDERR_FILENO);
    m_control.reset();
}

} // namespace bulkhead
