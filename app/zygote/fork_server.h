// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/blocking_channel.h"
#include "ipc/messages/zygote.pb.h"

#include <cstdint>
#include <optional>

namespace bulkhead {

/// The zygote's loop: forks this warmed-up, single-threaded process on the browser's request. The children are made
/// with CLONE_PARENT, so they are the browser's own: it waits for them, and they notice its death. Qt-free.
class ForkServer
{
public:
    /// What a forked child finds itself with.
    struct Child
    {
        UniqueFd channel;
        std::uint64_t memoryLimit = 0;
    };

    /// @p control is the socket to the browser. Remembers which descriptors are eventfds now (an event loop's), since
    /// each child needs fresh ones: a shared one would wake all of them.
    explicit ForkServer(UniqueFd control);

    /// Announces the zygote, then serves. Returns in every child with what it was given; returns nothing in the zygote
    /// itself, once the browser is gone.
    /// @p preloadMicroseconds is reported to the browser.
    std::optional<Child> serve(std::uint64_t preloadMicroseconds);

private:
    std::optional<Child> fork(const wire::ForkChild &request, Fds fds, std::uint32_t requestId);
    void becomeChild(const Fds &fds);

    std::optional<BlockingChannel> m_control; ///< none in the children
    std::vector<int> m_eventFds;
};

} // namespace bulkhead
