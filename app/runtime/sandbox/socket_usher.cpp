// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/socket_usher.h"

#include "app/runtime/sandbox/descriptors.h"
#include "app/runtime/sandbox/policies.h"
#include "app/runtime/sandbox/privileges.h"
#include "app/runtime/sandbox/socket_judge.h"
#include "app/runtime/sandbox/system_call_filter.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace bulkhead::sandbox {

namespace {

/// All that it does once it serves.
Policy usherPolicy()
{
    Policy policy;
    policy.allow({SCMP_SYS(ioctl),       SCMP_SYS(poll),         SCMP_SYS(ppoll),
                  SCMP_SYS(pidfd_open),  SCMP_SYS(pidfd_getfd),  SCMP_SYS(process_vm_readv),
                  SCMP_SYS(bind),        SCMP_SYS(connect),      SCMP_SYS(listen),
                  SCMP_SYS(getsockname), SCMP_SYS(getsockopt),   SCMP_SYS(openat),
                  SCMP_SYS(fstat),       SCMP_SYS(newfstatat),   SCMP_SYS(read),
                  SCMP_SYS(close),       SCMP_SYS(write),        SCMP_SYS(brk),
                  SCMP_SYS(munmap),      SCMP_SYS(rt_sigreturn), SCMP_SYS(exit),
                  SCMP_SYS(exit_group)});
    policy.allow(SCMP_SYS(mmap), {SCMP_A2(SCMP_CMP_MASKED_EQ, 4 /*PROT_EXEC*/, 0)});
    return policy;
}

/// The process of which thread @p tid is.
pid_t processOf(int procFd, pid_t tid)
{
    char path[32];
    std::snprintf(path, sizeof path, "%d/status", tid);
    const UniqueFd file(::openat(procFd, path, O_RDONLY | O_CLOEXEC));
    char text[1024];
    const ssize_t got = ::read(file.get(), text, sizeof text);
    const std::string_view status(text, std::size_t(std::max<ssize_t>(got, 0)));
    constexpr std::string_view Key = "\nTgid:\t";
    const std::size_t at = status.find(Key);
    pid_t pid = -1;
    if (at != status.npos)
        std::from_chars(status.data() + at + Key.size(), status.data() + status.size(), pid);
    return pid;
}

class Serving
{
public:
    Serving(UniqueFd listener, UniqueFd proc, const SocketJudge &judge)
        : m_listener(std::move(listener)), m_proc(std::move(proc)), m_judge(judge)
    {
    }

    /// Until nobody is left under the filter.
    void run()
    {
        for (;;) {
            pollfd p{m_listener.get(), POLLIN, 0};
            if (::poll(&p, 1, -1) < 0 && errno != EINTR)
                return;
            if (p.revents & POLLIN)
                answerOne();
            else if (p.revents & (POLLHUP | POLLERR))
                return;
        }
    }

private:
    void answerOne()
    {
        // The kernel may know longer structures than this header.
        alignas(seccomp_notif) std::array<char, 512> question = {};
        alignas(seccomp_notif_resp) std::array<char, 512> reply = {};
        auto *asked = reinterpret_cast<seccomp_notif *>(question.data());
        auto *answer = reinterpret_cast<seccomp_notif_resp *>(reply.data());
        if (::ioctl(m_listener.get(), SECCOMP_IOCTL_NOTIF_RECV, asked) < 0)
            return; // it died meanwhile
        answer->id = asked->id;
        answer->error = -carryOut(*asked);
        ::ioctl(m_listener.get(), SECCOMP_IOCTL_NOTIF_SEND, answer);
    }

    bool isStillAsking(const seccomp_notif &asked) const
    {
        std::uint64_t id = asked.id;
        return ::ioctl(m_listener.get(), SECCOMP_IOCTL_NOTIF_ID_VALID, &id) == 0;
    }

    int carryOut(const seccomp_notif &asked) const
    {
        const auto thread = pid_t(asked.pid);
        const UniqueFd process(int(::syscall(SYS_pidfd_open, processOf(m_proc.get(), thread), 0)));
        if (!process)
            return EACCES;
        const UniqueFd socket(int(::syscall(SYS_pidfd_getfd, process.get(), int(asked.data.args[0]), 0)));
        if (!socket)
            return errno == EBADF ? EBADF : EACCES;
        sockaddr_storage address = {};
        const auto length = socklen_t(asked.data.args[2]);
        if (asked.data.nr != SYS_listen) {
            if (length < sizeof(sa_family_t) || length > sizeof address)
                return EINVAL;
            iovec here{&address, length};
            iovec there{reinterpret_cast<void *>(asked.data.args[1]), length};
            if (::process_vm_readv(thread, &here, 1, &there, 1, 0) != ssize_t(length))
                return EFAULT;
        }
        // Else the number may be another process's by now, and what was read is from there.
        if (!isStillAsking(asked))
            return EACCES;
        switch (asked.data.nr) {
        case SYS_bind:
            return m_judge.bind(socket.get(), address, length);
        case SYS_connect:
            return m_judge.connect(socket.get(), address, length);
        case SYS_listen:
            return m_judge.listen(socket.get(), int(asked.data.args[1]));
        default:
            return EACCES;
        }
    }

    UniqueFd m_listener;
    UniqueFd m_proc;
    const SocketJudge &m_judge;
};

/// The confined process says the number of its listener; it is taken from there, since that process may be unable to
/// send it.
UniqueFd takeListener(int socket, pid_t confined)
{
    int number = -1;
    if (::read(socket, &number, sizeof number) != sizeof number)
        return {};
    const UniqueFd process(int(::syscall(SYS_pidfd_open, confined, 0)));
    UniqueFd listener(int(::syscall(SYS_pidfd_getfd, process.get(), number, 0)));
    if (const char done = 1; !listener || ::write(socket, &done, 1) != 1)
        return {};
    return listener;
}

[[noreturn]] void serve(UniqueFd socket, pid_t confined, const SocketRealm &realm)
{
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != confined)
        ::_exit(0);
    ::prctl(PR_SET_NAME, "socket-usher");
    UniqueFd proc(::open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC));
    const SocketJudge judge(realm);
    // Nothing of the confined process's: it must be alone with its channel, and with the ends of its pipes.
    if (!closeAllBut({socket.get(), proc.get()}) || !forbidNewPrivileges())
        ::_exit(1);
    if constexpr (!HasSanitizers) { // whose libraries do more
        const Result<SystemCallFilter> filter = SystemCallFilter::compile(usherPolicy(), Executioner::Kernel);
        if (!filter || !filter->install())
            ::_exit(1);
    }
    UniqueFd listener = takeListener(socket.get(), confined);
    socket.reset();
    if (listener)
        Serving(std::move(listener), std::move(proc), judge).run();
    ::_exit(0);
}

} // namespace

Result<SocketUsher> SocketUsher::start(const SocketRealm &realm)
{
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
        return fail("socketpair");
    UniqueFd ours(ends[0]), theirs(ends[1]);
    const pid_t self = ::getpid();
    const pid_t usher = ::fork();
    if (usher < 0)
        return fail("fork");
    if (usher == 0) {
        ours.reset();
        serve(std::move(theirs), self, realm);
    }
    // Where a process may look only into those that it started (Yama), this one lets it.
    ::prctl(PR_SET_PTRACER, usher);
    return SocketUsher(std::move(ours));
}

Result<void> SocketUsher::takeOver(UniqueFd listener)
{
    const int number = listener.get();
    char done = 0;
    if (::write(m_socket.get(), &number, sizeof number) != sizeof number || ::read(m_socket.get(), &done, 1) != 1)
        return fail(Error{"the process that makes a worker's connections cannot watch it", EPERM});
    m_socket.reset();
    return {};
}

} // namespace bulkhead::sandbox
