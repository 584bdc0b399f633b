// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/packet.h"

#include <google/protobuf/message.h>

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace bulkhead {

/// Sees every message of a channel: for logs, traces and inspectors. A channel without one pays a test of a pointer.
/// Called on the channel's thread; must neither send on that channel nor delete it.
class MessageTap
{
public:
    struct Seen
    {
        const google::protobuf::Message &message;
        PacketKind kind;
        std::uint32_t requestId;
        std::size_t bytes; ///< payload
        std::size_t fds;
        /// Counts the packets of one direction from 1: the sender's number of a packet is the receiver's.
        std::uint64_t sequence;
        std::chrono::steady_clock::time_point time; ///< queued, or taken from the socket
    };

    /// @p superseding: it took the place, and the number, of an older one that was not sent yet.
    virtual void sent(const Seen &seen, bool superseding) = 0;
    /// @p seen was received, and its handler has just returned.
    virtual void handled(const Seen &seen) = 0;

protected:
    ~MessageTap() = default;
};

} // namespace bulkhead
