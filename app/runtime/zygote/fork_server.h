// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/sandbox/lock_down.h"
#include "ipc/channel/blocking_channel.h"
#include "ipc/messages/zygote.pb.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bulkhead {

/// The zygote's loop: forks this warmed-up, single-threaded process on the browser's request, into namespaces of its
/// own where the sandbox's mode says so. The children are made with CLONE_PARENT, so they are the browser's own: it
/// waits for them, and they notice its death. Qt-free.
class ForkServer
{
public:
    /// What a forked child finds itself with; it locks itself down next.
    struct Child
    {
        UniqueFd channel;
        sandbox::LockDownOrder order;
        UniqueFd crash;      ///< for installCrashHandler(); may be empty
        std::string startup; ///< what the role begins with, and its descriptors; both are the role's to understand
        Fds startupFds;
    };

    /// @p control is the socket to the browser, which may ask for @p roles and no others. Remembers which descriptors
    /// are eventfds now (an event loop's), since each child needs fresh ones: a shared one would wake all of them. To
    /// be made while /proc is there.
    ForkServer(UniqueFd control, wire::SandboxMode mode, std::vector<sandbox::Role> roles);

    /// Announces the zygote with @p ready, to which protocol and number of threads are added, then serves. Returns in
    /// every child with what it was given; returns nothing in the zygote itself, once the browser is gone.
    std::optional<Child> serve(wire::ZygoteReady ready);

private:
    std::optional<Child> fork(const wire::ForkChild &request, Fds fds, std::uint32_t requestId);
    void becomeChild(const Fds &fds);
    const sandbox::Role *roleNamed(std::string_view name) const;
    const sandbox::SystemCallFilter *filterFor(const sandbox::Role &role);

    std::optional<BlockingChannel> m_control; ///< none in the children
    const wire::SandboxMode m_mode;
    const std::vector<sandbox::Role> m_roles;
    const std::vector<int> m_eventFds;
    const std::uint32_t m_threads;
    const UniqueFd m_proc; ///< outlives the way out of the file system; children close it
    std::map<std::string_view, sandbox::SystemCallFilter> m_filters; ///< by role, compiled once; children inherit them
};

} // namespace bulkhead
