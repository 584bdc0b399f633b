// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/blocking_channel.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>

namespace bulkhead {

namespace {
tl::unexpected<Error> timedOut()
{
    return fail(Error::fromErrno("the other side stopped in the middle", ETIMEDOUT));
}
} // namespace

BlockingChannel::Deadline BlockingChannel::deadline() const
{
    return m_patience ? Deadline(std::chrono::steady_clock::now() + *m_patience) : std::nullopt;
}

bool BlockingChannel::waitFor(short events, Deadline until) const
{
    pollfd p{m_socket.get(), events, 0};
    for (;;) {
        int left = -1;
        if (until)
            left = int(std::max<std::int64_t>(
                0, std::chrono::ceil<std::chrono::milliseconds>(*until - std::chrono::steady_clock::now()).count()));
        const int ready = ::poll(&p, 1, left);
        if (ready >= 0 || errno != EINTR)
            return ready != 0;
    }
}

Result<BlockingChannel::Received> BlockingChannel::receive(google::protobuf::Message &message)
{
    const Deadline until = deadline();
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
            if (!waitFor(POLLIN, until))
                return timedOut();
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
    const Deadline until = deadline();
    for (;;) {
        switch (m_writer.writeTo(m_socket.get(), m_counters)) {
        case PacketWriter::WriteResult::Done:
            return {};
        case PacketWriter::WriteResult::WouldBlock:
            if (!waitFor(POLLOUT, until))
                return timedOut();
            break;
        case PacketWriter::WriteResult::Failed:
            return fail("sendmsg");
        }
    }
}

} // namespace bulkhead
