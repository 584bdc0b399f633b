// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/zygote/fork_server.h"

#include "app/runtime/sandbox/descriptors.h"
#include "app/runtime/sandbox/namespaces.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <dirent.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr std::uint32_t Protocol = 1;
constexpr std::size_t FdsPerFork = 2; // channel, log; a third is the crash pipe

std::uint32_t threadCount()
{
    std::uint32_t count = 0;
    if (DIR *folder = ::opendir("/proc/self/task")) {
        while (const dirent *entry = ::readdir(folder))
            count += entry->d_name[0] != '.';
        ::closedir(folder);
    }
    return count;
}

} // namespace

ForkServer::ForkServer(UniqueFd control, wire::SandboxMode mode, std::vector<sandbox::Role> roles)
    : m_control(std::in_place, std::move(control)), m_mode(mode), m_roles(std::move(roles)),
      m_eventFds(sandbox::openEventFds()), m_threads(threadCount()),
      m_proc(::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC))
{
}

std::optional<ForkServer::Child> ForkServer::serve(wire::ZygoteReady ready)
{
    ready.set_protocol(Protocol);
    ready.set_threads(m_threads);
    wire::ZygoteToBrowser announcement;
    *announcement.mutable_ready() = std::move(ready);
    if (!m_control->send(announcement))
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

const sandbox::Role *ForkServer::roleNamed(std::string_view name) const
{
    const auto found =
        std::find_if(m_roles.begin(), m_roles.end(), [name](const sandbox::Role &role) { return role.name == name; });
    return found == m_roles.end() ? nullptr : &*found;
}

const sandbox::SystemCallFilter *ForkServer::filterFor(const sandbox::Role &role)
{
    // Elsewhere a child's own number is not known before it is there, and the policy names it.
    if ((sandbox::childNamespaces(m_mode) & CLONE_NEWPID) == 0)
        return nullptr;
    const auto found = m_filters.find(role.name);
    if (found != m_filters.end())
        return &found->second;
    Result<sandbox::SystemCallFilter> filter = sandbox::filterFor(role, 1);
    return filter ? &m_filters.emplace(role.name, std::move(*filter)).first->second : nullptr;
}

std::optional<ForkServer::Child> ForkServer::fork(const wire::ForkChild &request, Fds fds, std::uint32_t requestId)
{
    sandbox::LockDownOrder order;
    order.mode = m_mode;
    const sandbox::Role *role = roleNamed(request.role());
    if (role) {
        order.role = *role;
        order.filter = filterFor(*role);
    }
    order.limits = request.limits();
    order.eventFds = m_eventFds;
    order.procFd = m_proc.get();

    const std::size_t extra = std::min<std::size_t>(request.startup_fds(), fds.size());
    int pidFd = -1;
    int *threadId = nullptr; // the C library's own record of who this thread is
    ::prctl(PR_GET_TID_ADDRESS, &threadId, 0, 0, 0);
    clone_args args = {};
    args.flags = CLONE_PARENT | CLONE_PIDFD | sandbox::childNamespaces(m_mode);
    args.pidfd = reinterpret_cast<std::uint64_t>(&pidFd);
    if (threadId) {
        args.flags |= CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID;
        args.child_tid = reinterpret_cast<std::uint64_t>(threadId);
    }
    // No exit signal of its own: with CLONE_PARENT the kernel takes the zygote's, which is SIGCHLD to the browser.
    long pid = -1;
    if (m_mode == wire::SANDBOX_REFUSED)
        errno = EPERM; // no children without at least a filter
    else if (!role)
        errno = ENOENT; // of another program
    else if (fds.size() >= FdsPerFork + extra && fds.size() <= FdsPerFork + 1 + extra)
        pid = ::syscall(SYS_clone3, &args, sizeof args);
    else
        errno = EINVAL;
    if (pid == 0) {
        becomeChild(fds);
        order.keptFds = {fds[0].get()};
        Child child;
        child.startup = request.startup();
        for (std::size_t i = fds.size() - extra; i < fds.size(); ++i) {
            order.keptFds.push_back(fds[i].get());
            child.startupFds.push_back(std::move(fds[i]));
        }
        if (fds.size() > FdsPerFork + extra) {
            order.keptFds.push_back(fds[2].get());
            child.crash = std::move(fds[2]);
        }
        child.channel = std::move(fds[0]);
        child.order = std::move(order);
        return child;
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
    // Standard input, too: a child has no device and no file open.
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        ::dup2(fds[1].get(), standard);
    m_control.reset();
}

} // namespace bulkhead
