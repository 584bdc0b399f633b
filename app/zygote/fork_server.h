// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/sandbox/lock_down.h"
#include "ipc/channel/blocking_channel.h"
#include "ipc/messages/zygote.pb.h"

#include <cstdint>
#include <map>
#include <optional>

namespace bulkhead {

/// The zygote's loop: forks this warmed-up, single-threaded process on the browser's request, into namespaces of its own
/// where the sandbox's mode says so. The children are made with CLONE_PARENT, so they are the browser's own: it waits for
/// them, and they notice its death. Qt-free.
class ForkServer
{
public:
    /// What a forked child finds itself with; it locks itself down next.
    struct Child
    {
        UniqueFd channel;
        sandbox::LockDownOrder order;
        UniqueFd crash; ///< for installCrashHandler(); may be empty
        // Of plugin hosts:
        wire::PluginLoad plugin;
        UniqueFd library;
    };

    /// @p control is the socket to the browser. Remembers which descriptors are eventfds now (an event loop's), since
    /// each child needs fresh ones: a shared one would wake all of them. To be made while /proc is there.
    ForkServer(UniqueFd control, wire::SandboxMode mode);

    /// Announces the zygote with @p ready, to which protocol and number of threads are added, then serves. Returns in
    /// every child with what it was given; returns nothing in the zygote itself, once the browser is gone.
    std::optional<Child> serve(wire::ZygoteReady ready);

private:
    std::optional<Child> fork(const wire::ForkChild &request, Fds fds, std::uint32_t requestId);
    void becomeChild(const Fds &fds);
    const sandbox::SystemCallFilter *filterFor(wire::SandboxRole role);

    std::optional<BlockingChannel> m_control; ///< none in the children
    const wire::SandboxMode m_mode;
    const std::vector<int> m_eventFds;
    const std::uint32_t m_threads;
    const UniqueFd m_proc; ///< outlives the way out of the file system; children close it
    std::map<wire::SandboxRole, sandbox::SystemCallFilter> m_filters; ///< compiled once; children inherit them
};

} // namespace bulkhead
