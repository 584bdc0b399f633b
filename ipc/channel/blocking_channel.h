// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/packet_reader.h"
#include "ipc/channel/packet_writer.h"
#include "ipc/core/result.h"

#include <chrono>
#include <optional>

namespace bulkhead {

/// A channel's end without an event loop: waits in poll(). For single-threaded servers such as the zygote, and for test
/// children. No Qt; one thread.
class BlockingChannel
{
public:
    explicit BlockingChannel(UniqueFd socket) : m_socket(std::move(socket)) {}

    int socket() const { return m_socket.get(); }

    /// How long one receive() or send() may take from now on, which ends with ETIMEDOUT then, and the channel is
    /// unusable. Without, for ever: a peer that sends half a message holds who receives.
    void setPatience(std::chrono::milliseconds patience) { m_patience = patience; }

    struct Received
    {
        PacketKind kind = PacketKind::Message;
        std::uint32_t requestId = 0;
        Fds fds;
    };
    /// Waits for the next message. An error with number 0 and text "closed" is the peer's orderly end; any other means
    /// that the channel is unusable.
    Result<Received> receive(google::protobuf::Message &message);
    /// Waits until @p message is handed to the kernel.
    Result<void> send(const google::protobuf::Message &message, Fds fds = {});
    Result<void> reply(std::uint32_t requestId, const google::protobuf::Message &message, Fds fds = {});

    /// Something has arrived that receive() has not returned yet, though the socket need not be readable.
    bool hasBuffered() const { return m_reader.hasBuffered(); }

    const ChannelCounters &counters() const { return m_counters; }

private:
    Result<void> sendPacket(PacketKind kind, std::uint32_t requestId, const google::protobuf::Message &message,
                            Fds fds);

    using Deadline = std::optional<std::chrono::steady_clock::time_point>;
    Deadline deadline() const;
    /// False when the time is up.
    bool waitFor(short events, Deadline until) const;

    UniqueFd m_socket;
    std::optional<std::chrono::milliseconds> m_patience;
    PacketReader m_reader;
    PacketWriter m_writer;
    ChannelCounters m_counters;
};

} // namespace bulkhead
