// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/channel_counters.h"
#include "ipc/channel/packet.h"

#include <google/protobuf/message.h>

#include <deque>
#include <string>

namespace bulkhead {

/// Packets with the same non-zero key supersede each other: only the newest unsent one is sent.
using CoalesceKey = std::uint64_t;

/// Queues packets for a stream socket and sends as many as fit in one sendmsg. Never blocks.
/// No event loop, no Qt; one thread.
class PacketWriter
{
public:
    enum class WriteResult { Done, WouldBlock, Failed };

    /// Serialises @p message. False when it exceeds limits::MessageBytes or would take the queue over
    /// limits::SendQueueBytes; nothing is queued then.
    bool queue(PacketKind kind, std::uint32_t requestId, const google::protobuf::Message &message, Fds fds,
               CoalesceKey key, ChannelCounters &counters);
    /// Sends what the socket takes. Failed: errno is set.
    WriteResult writeTo(int socket, ChannelCounters &counters);

    bool isEmpty() const { return m_queue.empty(); }
    std::size_t queuedBytes() const { return m_queuedBytes; }

private:
    struct Entry
    {
        std::string bytes;
        Fds fds;
        CoalesceKey key = 0;
    };

    std::deque<Entry> m_queue;
    std::size_t m_sentOfFirst = 0; ///< bytes of the first entry that are gone; its descriptors went with the first byte
    std::size_t m_queuedBytes = 0;
};

} // namespace bulkhead
