// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/worker/forked.h"

#include <cerrno>
#include <csignal>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::lab {

Forked::Forked(const std::function<int()> &work)
{
    const pid_t parent = ::getpid();
    m_pid = ::fork();
    if (m_pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY); // who makes its sockets' connections reads their addresses
        ::_exit(::getppid() == parent ? work() : 0);
    }
}

int Forked::wait()
{
    int status = 0;
    while (m_pid > 0 && ::waitpid(m_pid, &status, 0) < 0 && errno == EINTR) {
    }
    m_pid = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void Forked::kill()
{
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGKILL);
    wait();
}

SharedMemory::SharedMemory(std::size_t bytes) : m_bytes(bytes)
{
    void *address = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    m_address = address == MAP_FAILED ? nullptr : address;
}

SharedMemory::~SharedMemory()
{
    if (m_address)
        ::munmap(m_address, m_bytes);
}

void found(wire::LabStudyDone &done, const std::string &name, double value, const std::string &unit,
           const std::string &text)
{
    wire::LabFinding &finding = *done.add_finding();
    finding.set_name(name);
    finding.set_value(value);
    finding.set_unit(unit);
    finding.set_text(text);
}

std::uint64_t number(const wire::LabStudy &what, const std::string &name, std::uint64_t otherwise)
{
    const auto it = what.numbers().find(name);
    return it == what.numbers().end() ? otherwise : it->second;
}

} // namespace bulkhead::lab
