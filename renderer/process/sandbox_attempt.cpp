// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/sandbox_attempt.h"

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr int MostDescriptors = 1024;

long openPasswords()
{
    const int fd = ::open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    if (fd >= 0)
        ::close(fd);
    return fd;
}

long connectSomewhere()
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return fd;
    sockaddr_in address{}; // a datagram socket: nothing is sent by connecting
    address.sin_family = AF_INET;
    address.sin_port = htons(9);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int result = ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address);
    const int error = errno;
    ::close(fd);
    errno = error;
    return result;
}

long forkOnce()
{
    const long pid = ::syscall(SYS_clone, SIGCHLD, nullptr, nullptr, nullptr, nullptr);
    if (pid == 0)
        ::_exit(0);
    if (pid > 0)
        ::waitpid(pid_t(pid), nullptr, 0);
    return pid;
}

long mapExecutable()
{
    void *page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return -1;
    ::munmap(page, 4096);
    return 0;
}

/// A traced process stops at its next signal, and only a stopped one can be let go: so it is stopped, for a moment.
long traceAndLetGo(pid_t pid)
{
    const long result = ::ptrace(PTRACE_SEIZE, pid, nullptr, nullptr);
    if (result < 0)
        return result;
    int status = 0;
    ::ptrace(PTRACE_INTERRUPT, pid, nullptr, nullptr);
    ::waitpid(pid, &status, __WALL);
    const bool stoppedBySignal = WIFSTOPPED(status) && (status >> 16) == 0;
    ::ptrace(PTRACE_DETACH, pid, nullptr, stoppedBySignal ? long(WSTOPSIG(status)) : 0L);
    return 0;
}

long perform(const wire::TrySandbox &request)
{
    switch (request.deed()) {
    case wire::TrySandbox::OPEN_FILE:
        return openPasswords();
    case wire::TrySandbox::CONNECT:
        return connectSomewhere();
    case wire::TrySandbox::FORK:
        return forkOnce();
    case wire::TrySandbox::EXECUTE:
        // No such program: a kernel that says so has let the call through, and this process goes on.
        return ::execl("/bulkhead/no/such/program", "program", nullptr) < 0 && errno == ENOENT ? 0 : -1;
    case wire::TrySandbox::KILL_BROWSER:
        return ::kill(request.browser_pid(), 0); // signal 0: may I?
    case wire::TrySandbox::TRACE:
        return traceAndLetGo(request.browser_pid());
    case wire::TrySandbox::WRITABLE_CODE:
        return mapExecutable();
    case wire::TrySandbox::COUNT_DESCRIPTORS: {
        long open = 0;
        for (int fd = 0; fd < MostDescriptors; ++fd)
            open += ::fcntl(fd, F_GETFD) >= 0;
        return open;
    }
    default:
        errno = EINVAL;
        return -1;
    }
}

} // namespace

wire::SandboxAttempted trySandbox(const wire::TrySandbox &request)
{
    wire::SandboxAttempted answer;
    errno = 0;
    const long result = perform(request);
    answer.set_result(result);
    answer.set_error(result < 0 ? errno : 0);
    return answer;
}

} // namespace bulkhead
