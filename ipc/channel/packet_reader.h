// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/bad_message.h"
#include "ipc/channel/channel_counters.h"
#include "ipc/channel/packet.h"

#include <deque>
#include <optional>
#include <vector>

namespace bulkhead {

/// Cuts the bytes of a stream socket into packets and gives each the descriptors that came with it.
/// Everything that arrives is hostile: sizes are checked before memory is reserved, descriptors nobody claims are
/// closed. No event loop, no Qt; one thread.
class PacketReader
{
public:
    enum class ReadResult {
        Progress,   ///< there may be more
        Drained,    ///< progress, and the socket was empty (or stopped before descriptors): poll before the next
        WouldBlock, ///< nothing
        Closed,
        Failed,
    };

    /// One recvmsg into the buffer. Invalidates earlier payloads. Failed: errno is set.
    ReadResult readFrom(int socket, ChannelCounters &counters);

    /// The next whole packet, or nothing; then error() tells whether the peer broke the protocol.
    std::optional<Packet> next();

    /// Something was read that next() has not given out yet; perhaps only a part of a packet.
    bool hasBuffered() const { return available() > 0; }

    /// Set once, stays: the stream cannot be trusted from there on.
    BadMessage error() const { return m_error; }
    /// To be called at the end of the stream: complains about half a packet or unclaimed descriptors.
    BadMessage errorAtEnd() const;

    /// Descriptors that came and were closed here, since no packet claimed them.
    std::uint64_t closedFds() const { return m_closedFds; }
    /// Closes those that wait for a packet; for the end of the stream.
    void closeFds();

private:
    std::size_t available() const { return m_end - m_begin; }
    void reserve(std::size_t bytes);

    std::vector<char> m_buffer = std::vector<char>(64 << 10);
    std::size_t m_begin = 0;
    std::size_t m_end = 0;
    std::deque<UniqueFd> m_fds;
    std::uint64_t m_closedFds = 0;
    BadMessage m_error = BadMessage::None;
};

} // namespace bulkhead
