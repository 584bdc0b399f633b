// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/broker.h"

#include "ipc/core/unique_fd.h"
#include "ipc/lab/mechanisms/unix_address.h"

#include <cerrno>
#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

constexpr std::chrono::seconds StartLimit{10};
constexpr std::chrono::seconds StopLimit{5};
constexpr std::chrono::milliseconds Step{5};

bool accepts(const std::string &path)
{
    const UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    return socket && connectUnix(socket.get(), path);
}

} // namespace

Result<std::unique_ptr<Broker>> Broker::start(const std::string &folder)
{
    if (::access(Program, X_OK) < 0)
        return fail(Error{"the MQTT broker Mosquitto is not here; install it with: apt install mosquitto", errno});
    const std::string socket = folder + "/mqtt";
    const std::string file = folder + "/mosquitto.conf";
    ::unlink(socket.c_str());
    {
        std::ofstream config(file);
        config << "listener 0 " << socket << "\n"
               << "allow_anonymous true\n"
               << "persistence true\n"
               << "persistence_location " << folder << "/\n"
               << "autosave_interval 0\n" // only at its end
               << "max_queued_messages 0\nmax_queued_bytes 0\n"
               << "log_dest none\n";
        if (::geteuid() == 0)
            config << "user root\n"; // another could not write into our folder
        if (!config.flush())
            return fail(file);
    }
    const pid_t parent = ::getpid();
    const pid_t pid = ::fork();
    if (pid < 0)
        return fail("fork");
    if (pid == 0) {
        // Only plain system calls: other threads of the parent may have held locks.
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (::getppid() != parent)
            ::_exit(0);
        ::setpgid(0, 0); // Ctrl+C is for the engine
        sigset_t none;
        ::sigemptyset(&none);
        ::sigprocmask(SIG_SETMASK, &none, nullptr);
        const int nothing = ::open("/dev/null", O_RDWR);
        for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::dup2(nothing, fd);
        ::execl(Program, Program, "-c", file.c_str(), static_cast<char *>(nullptr));
        ::_exit(127);
    }
    std::unique_ptr<Broker> broker(new Broker(socket, pid));
    const auto deadline = std::chrono::steady_clock::now() + StartLimit;
    while (!accepts(socket)) {
        if (::waitpid(pid, nullptr, WNOHANG) == pid) {
            broker->m_pid = -1;
            return fail(Error{"the MQTT broker ended at once", ECONNREFUSED});
        }
        if (std::chrono::steady_clock::now() > deadline)
            return fail(Error::fromErrno("the MQTT broker", ETIMEDOUT));
        std::this_thread::sleep_for(Step);
    }
    return broker;
}

void Broker::stop()
{
    if (m_pid <= 0)
        return;
    ::kill(m_pid, SIGTERM);
    const auto deadline = std::chrono::steady_clock::now() + StopLimit;
    while (::waitpid(m_pid, nullptr, WNOHANG) == 0) {
        if (std::chrono::steady_clock::now() > deadline) {
            ::kill(m_pid, SIGKILL);
            ::waitpid(m_pid, nullptr, 0);
            break;
        }
        std::this_thread::sleep_for(Step);
    }
    m_pid = -1;
}

} // namespace bulkhead::lab
