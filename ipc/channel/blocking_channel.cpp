// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/blocking_channel.h"

#include <cerrno>
#include <poll.h>

namespace bulkhead {

namespace {
void waitFor(int fd, short events)
{
    pollfd p{fd, events, 0};
    while (::poll(&p, 1, -1) < 0 && errno == EINTR) {
    }
}
} // namespace

Result<BlockingChannel::Received> BlockingChannel::receive(google::protobuf::Message &message)
{
    for (;;) {
        if (std::optional<Packet> packet = m_reader.next()) {
            ++m_counters.messagesReceived;
            if (!message.ParseFromArray(packet->payload.data(), int(packet->payload.size())))
                return fail(Error{"bad message: " + badMessageText(BadMessage::Unparsable), 0});
            return Received{packet->kind, packet->requestId, std::move(packet->fds)};
        }
        if (m_reader.error() != BadMessage::None)
            return fail(Error{"bad message: " + badMessageText(m_reader.error()), 0});
        switch (m_reader.readFrom(m_socket.get(), m_counters)) {
        case PacketReader::ReadResult::Progress:
        case PacketReader::ReadResult::Drained:
            break;
        case PacketReader::ReadResult::WouldBlock:
            waitFor(m_socket.get(), POLLIN);
            break;
        case PacketReader::ReadResult::Closed:
            return fail(Error{"closed", 0});
        case PacketReader::ReadResult::Failed:
            return fail("recvmsg");
        }
    }
}

Result<void> BlockingChannel::send(const google::protobuf::Message &message, Fds fds)
{
    return sendPacket(PacketKind::Message, 0, message, std::move(fds));
}

Result<void> BlockingChannel::reply(std::uint32_t requestId, const google::protobuf::Message &message, Fds fds)
{
    return sendPacket(PacketKind::Reply, requestId, message, std::move(fds));
}

Result<void> BlockingChannel::sendPacket(PacketKind kind, std::uint32_t requestId,
                                         const google::protobuf::Message &message, Fds fds)
{
    if (!m_writer.queue(kind, requestId, message, std::move(fds), 0, m_counters))
        return fail(Error{"message too large", 0});
    for (;;) {
        switch (m_writer.writeTo(m_socket.get(), m_counters)) {
        case PacketWriter::WriteResult::Done:
            return {};
        case PacketWriter::WriteResult::WouldBlock:
            waitFor(m_socket.get(), POLLOUT);
            break;
        case PacketWriter::WriteResult::Failed:
            return fail("sendmsg");
        }
    }
}

} // namespace bulkhead
