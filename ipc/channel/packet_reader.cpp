// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/packet_reader.h"

#include "ipc/channel/limits.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>

namespace bulkhead {

namespace {
// The kernel's SCM_MAX_FD: room for whatever a peer attaches, so that nothing is truncated and leaks into us unseen.
constexpr std::size_t KernelMaxFds = 253;
} // namespace

PacketReader::ReadResult PacketReader::readFrom(int socket, ChannelCounters &counters)
{
    if (m_begin == m_end)
        m_begin = m_end = 0;
    if (m_end == m_buffer.size())
        reserve(m_buffer.size()); // compacts, or grows for a packet that next() has already found to be of legal size

    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * KernelMaxFds)];
    iovec io{m_buffer.data() + m_end, m_buffer.size() - m_end};
    msghdr header{};
    header.msg_iov = &io;
    header.msg_iovlen = 1;
    header.msg_control = control;
    header.msg_controllen = sizeof control;

    ssize_t got;
    do {
        got = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
    } while (got < 0 && errno == EINTR);
    if (got < 0)
        return errno == EAGAIN || errno == EWOULDBLOCK ? ReadResult::WouldBlock : ReadResult::Failed;

    ++counters.reads;
    counters.bytesReceived += std::uint64_t(got);
    for (cmsghdr *c = CMSG_FIRSTHDR(&header); c; c = CMSG_NXTHDR(&header, c)) {
        if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SCM_RIGHTS)
            continue;
        const std::size_t count = (c->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (std::size_t i = 0; i < count; ++i) {
            int fd;
            std::memcpy(&fd, CMSG_DATA(c) + i * sizeof(int), sizeof fd);
            m_fds.emplace_back(fd);
        }
        counters.fdsReceived += count;
    }
    if (got == 0)
        return ReadResult::Closed;
    m_end += std::size_t(got);
    // More than any legal run of packets in the buffer could claim: a peer filling our descriptor table.
    if (m_fds.size() > KernelMaxFds) {
        closeFds();
        m_error = BadMessage::SurplusFds;
    }
    return std::size_t(got) < io.iov_len ? ReadResult::Drained : ReadResult::Progress;
}

std::optional<Packet> PacketReader::next()
{
    if (m_error != BadMessage::None || available() < sizeof(PacketHeader)) {
        // Between packets every descriptor must have found its packet: SCM_RIGHTS come with the first byte they were
        // sent with.
        if (m_error == BadMessage::None && available() == 0 && !m_fds.empty())
            m_error = BadMessage::SurplusFds;
        if (m_error != BadMessage::None)
            closeFds();
        return {};
    }
    PacketHeader header;
    std::memcpy(&header, m_buffer.data() + m_begin, sizeof header);
    const auto kind = std::uint8_t(header.kind);
    if (header.payloadBytes > limits::MessageBytes)
        m_error = BadMessage::PacketTooLarge;
    else if (header.fdCount > limits::MessageFds)
        m_error = BadMessage::TooManyFds;
    else if (kind > std::uint8_t(PacketKind::Reply) || header.reserved != 0 ||
             (header.kind == PacketKind::Message) != (header.requestId == 0))
        m_error = BadMessage::MalformedHeader;
    if (m_error != BadMessage::None) {
        closeFds();
        return {};
    }
    const std::size_t whole = sizeof header + header.payloadBytes;
    if (available() < whole) {
        reserve(whole);
        return {};
    }
    if (m_fds.size() < header.fdCount) {
        m_error = BadMessage::MissingFds;
        closeFds();
        return {};
    }
    Packet packet{header.kind, header.requestId, {m_buffer.data() + m_begin + sizeof header, header.payloadBytes}, {}};
    for (int i = 0; i < header.fdCount; ++i) {
        packet.fds.push_back(std::move(m_fds.front()));
        m_fds.pop_front();
    }
    m_begin += whole;
    return packet;
}

BadMessage PacketReader::errorAtEnd() const
{
    if (m_error != BadMessage::None)
        return m_error;
    if (available() > 0)
        return BadMessage::TruncatedPacket;
    return m_fds.empty() ? BadMessage::None : BadMessage::SurplusFds;
}

void PacketReader::closeFds()
{
    m_closedFds += m_fds.size();
    m_fds.clear();
}

void PacketReader::reserve(std::size_t bytes)
{
    if (m_begin > 0) {
        std::memmove(m_buffer.data(), m_buffer.data() + m_begin, available());
        m_end -= m_begin;
        m_begin = 0;
    }
    if (m_buffer.size() < bytes)
        m_buffer.resize(bytes);
    else if (m_end == m_buffer.size())
        m_buffer.resize(m_buffer.size() * 2);
}

} // namespace bulkhead
