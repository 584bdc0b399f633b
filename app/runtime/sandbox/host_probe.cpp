// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/host_probe.h"

#include "app/runtime/sandbox/lock_down.h"
#include "app/runtime/sandbox/namespaces.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <linux/sched.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead::sandbox {

namespace {

/// What a throw-away process sends back: '+' and a report, or '-' and a sentence.
constexpr char Arrived = '+';
constexpr char Failed = '-';

void send(int socket, char kind, const std::string &text)
{
    const std::string message = kind + text;
    [[maybe_unused]] const auto sent = ::send(socket, message.data(), message.size(), MSG_NOSIGNAL);
}

/// In the throw-away process: what a zygote and a child of it do, without the zygote's fonts.
[[noreturn]] void goAllTheWay(wire::SandboxMode mode, int socket)
{
    const auto give_up = [socket](const std::string &what) {
        send(socket, Failed, what);
        ::_exit(1);
    };
    const auto rooted = mode == wire::USER_NAMESPACE || mode == wire::ROOT_NAMESPACES;
    if (const Result<void> entered = enterNamespaces(mode); !entered)
        give_up(entered.error().what);
    if (rooted) {
        if (const Result<void> left = leaveFileSystem(); !left)
            give_up(left.error().what);
    }
    clone_args arguments = {};
    arguments.flags = childNamespaces(mode);
    arguments.exit_signal = SIGCHLD;
    const long pid = ::syscall(SYS_clone3, &arguments, sizeof arguments);
    if (pid < 0)
        give_up(Error::fromErrno("clone3").what);
    if (pid == 0) {
        LockDownOrder order;
        order.role = roles::renderer();
        order.mode = mode;
        order.keptFds = {socket};
        const LockedDown result = lockDown(order);
        send(socket, Arrived, result.report.SerializeAsString());
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(pid_t(pid), &status, 0);
    if (WIFSIGNALED(status))
        give_up("a process was ended by signal " + std::to_string(WTERMSIG(status)) + " on its way into the sandbox");
    ::_exit(0);
}

/// A report whose mode is @p mode, or SANDBOX_REFUSED with the reason in @p why.
wire::SandboxReport tryMode(wire::SandboxMode mode, std::string &why)
{
    wire::SandboxReport report;
    report.set_mode(wire::SANDBOX_REFUSED);
    int sockets[2];
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) < 0) {
        why = Error::fromErrno("socketpair").what;
        return report;
    }
    UniqueFd ours(sockets[0]);
    UniqueFd theirs(sockets[1]);
    const pid_t pid = ::fork();
    if (pid == 0) {
        ours.reset();
        goAllTheWay(mode, theirs.get());
    }
    theirs.reset();
    char buffer[4096];
    const ssize_t got = pid < 0 ? -1 : ::recv(ours.get(), buffer, sizeof buffer, 0);
    if (pid > 0)
        ::waitpid(pid, nullptr, 0);
    if (got < 1)
        why = "the process sent into the sandbox died on its way";
    else if (buffer[0] == Failed)
        why.assign(buffer + 1, std::size_t(got) - 1);
    else
        report.ParseFromArray(buffer + 1, int(got) - 1);
    return report;
}

const wire::SandboxStep *failedStep(const wire::SandboxReport &report, std::initializer_list<wire::SandboxLayer> layers)
{
    for (const wire::SandboxStep &step : report.steps()) {
        if (!step.done() && std::find(layers.begin(), layers.end(), step.layer()) != layers.end())
            return &step;
    }
    return nullptr;
}

} // namespace

HostProbe probeHost()
{
    HostProbe probe;
    std::string why;
    for (const wire::SandboxMode mode : {wire::USER_NAMESPACE, wire::ROOT_NAMESPACES, wire::NO_NAMESPACES}) {
        if (mode == wire::ROOT_NAMESPACES && ::geteuid() != 0)
            continue;
        why.clear();
        wire::SandboxReport report = tryMode(mode, why);
        const bool rooted = mode != wire::NO_NAMESPACES;
        if (report.mode() == mode && rooted) {
            if (const auto *step = failedStep(
                    report, {wire::LAYER_EMPTY_ROOT, wire::LAYER_PID_NAMESPACE, wire::LAYER_NO_CAPABILITIES}))
                why = Error::fromErrno(wire::SandboxLayer_Name(step->layer()), step->error()).what;
        }
        if (report.mode() == mode) {
            if (const auto *step = failedStep(report, {wire::LAYER_SYSTEM_CALL_FILTER, wire::LAYER_NO_NEW_PRIVILEGES,
                                                       wire::LAYER_DESCRIPTORS, wire::LAYER_LIMITS}))
                why = Error::fromErrno(wire::SandboxLayer_Name(step->layer()), step->error()).what;
        }
        if (report.mode() == mode && why.empty()) {
            probe.report = std::move(report);
            return probe;
        }
        if (probe.whyNotFull.empty())
            probe.whyNotFull = why;
    }
    probe.report.set_mode(wire::SANDBOX_REFUSED);
    probe.refusal = why;
    return probe;
}

} // namespace bulkhead::sandbox
