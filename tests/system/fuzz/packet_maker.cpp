// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/fuzz/packet_maker.h"

#include "ipc/channel/limits.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/socket.h>

namespace bulkhead::fuzz {

RawPacket PacketMaker::packet(PacketKind kind, std::uint32_t requestId, std::string payload, std::vector<int> fds)
{
    RawPacket packet;
    packet.header.kind = kind;
    packet.header.requestId = requestId;
    packet.header.payloadBytes = std::uint32_t(payload.size());
    packet.header.fdCount = std::uint8_t(fds.size());
    packet.payload = std::move(payload);
    packet.fds = std::move(fds);
    return packet;
}

void PacketMaker::spoilHeader(PacketHeader &header)
{
    static constexpr std::uint32_t Lengths[] = {
        0,          1,          11,        12, limits::MessageBytes - 1, limits::MessageBytes, limits::MessageBytes + 1,
        0x7fffffff, 0x80000000, 0xffffffff};
    switch (m_random.below(6)) {
    case 0:
        header.payloadBytes = Lengths[m_random.below(std::size(Lengths))];
        break;
    case 1:
        header.payloadBytes += std::uint32_t(m_random.below(20)) - 10;
        break;
    case 2:
        header.kind = PacketKind(std::uint8_t(m_random.oneIn(2) ? m_random.below(4) : m_random.next()));
        break;
    case 3:
        header.requestId = std::uint32_t(m_random.oneIn(2) ? m_random.below(40) : m_random.next());
        break;
    case 4:
        header.fdCount = std::uint8_t(m_random.oneIn(2) ? m_random.below(6) : m_random.next());
        break;
    default:
        header.reserved = std::uint16_t(1u << m_random.below(16));
        break;
    }
}

std::string PacketMaker::varint(std::uint64_t value)
{
    std::string bytes;
    for (; value >= 0x80; value >>= 7)
        bytes += char(0x80 | (value & 0x7f));
    bytes += char(value);
    if (m_random.oneIn(8)) { // longer than it need be
        bytes.back() = char(bytes.back() | 0x80);
        bytes += char(0);
    }
    return bytes;
}

void PacketMaker::spoilPayload(std::string &payload)
{
    switch (m_random.below(8)) {
    case 0: // a few bits
        for (std::size_t i = 1 + m_random.below(4); i > 0 && !payload.empty(); --i)
            payload[m_random.below(payload.size())] ^= char(1u << m_random.below(8));
        break;
    case 1:
        payload.resize(m_random.below(payload.size() + 1));
        break;
    case 2: { // something in between
        std::string more(1 + m_random.below(30), '\0');
        for (char &c : more)
            c = char(m_random.next());
        payload.insert(m_random.below(payload.size() + 1), more);
        break;
    }
    case 3: // two bodies
        payload += payload;
        break;
    case 4: // a field that nobody knows, of any wire type
        payload +=
            varint((m_random.below(70) << 3) | m_random.below(8)) + varint(m_random.next() >> m_random.below(64));
        break;
    case 5: { // parts in parts without end
        const std::string tag = varint(((m_random.oneIn(2) ? 60 : 1 + m_random.below(64)) << 3) | 2);
        for (std::size_t depth = 1 + m_random.below(200); depth > 0 && payload.size() < 100'000; --depth)
            payload = tag + varint(payload.size()) + payload;
        break;
    }
    case 6: // groups, which are from another time
        payload = std::string(1 + m_random.below(3000), char((1u << 3) | 3));
        break;
    default: // many of nothing
        payload = varint((1 + m_random.below(64)) << 3 | 2);
        payload += varint(m_random.next() >> m_random.below(64));
        payload +=
            std::string(m_random.below(limits::MessageBytes - 100), char(m_random.oneIn(2) ? 0 : m_random.next()));
        break;
    }
}

void PacketMaker::spoil(RawPacket &packet, const std::vector<int> &fds)
{
    switch (m_random.below(9)) {
    case 0:
        spoilHeader(packet.header);
        break;
    case 1:
    case 2:
    case 3:
        spoilPayload(packet.payload);
        packet.header.payloadBytes = std::uint32_t(packet.payload.size());
        break;
    case 4: // descriptors where none belong, more or fewer than are said
        for (std::size_t i = 1 + m_random.below(m_random.oneIn(8) ? 60 : 5); i > 0 && !fds.empty(); --i)
            packet.fds.push_back(m_random.oneOf(fds));
        packet.header.fdCount = std::uint8_t(m_random.oneIn(2) ? packet.fds.size() : m_random.below(6));
        break;
    case 5: // and in the middle
        if (!fds.empty())
            packet.fds.push_back(m_random.oneOf(fds));
        packet.header.fdCount = std::uint8_t(packet.fds.size());
        packet.fdsAfter = 1 + m_random.below(sizeof packet.header + packet.payload.size());
        break;
    case 6: // half of it, and the end
        packet.cutTo = m_random.below(sizeof packet.header + packet.payload.size());
        packet.isLast = true;
        break;
    case 7: // noise
        packet.header = {};
        packet.payload.resize(m_random.below(3000));
        for (char &c : packet.payload)
            c = char(m_random.next());
        packet.header.payloadBytes = std::uint32_t(m_random.oneIn(2) ? packet.payload.size() : m_random.next());
        break;
    default: // nothing wrong, but slow
        packet.inPieces = true;
        break;
    }
}

bool sendRaw(int socket, const RawPacket &packet, void (*whileFull)(void *), void *context)
{
    std::string bytes(reinterpret_cast<const char *>(&packet.header), sizeof packet.header);
    bytes += packet.payload;
    bytes.resize(std::min(bytes.size(), packet.cutTo));
    const std::size_t piece = packet.inPieces ? 7 : bytes.size();
    const std::size_t fdsAt = packet.fds.empty()
                                  ? std::string::npos
                                  : std::min(packet.fdsAfter, bytes.size() - std::min<std::size_t>(bytes.size(), 1));
    bool fdsAreGone = packet.fds.empty();
    for (std::size_t at = 0; at < bytes.size();) {
        std::size_t length = std::min(piece, bytes.size() - at);
        if (!fdsAreGone && at < fdsAt)
            length = std::min(length, fdsAt - at);
        iovec io{bytes.data() + at, length};
        msghdr message{};
        message.msg_iov = &io;
        message.msg_iovlen = 1;
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * 253)] = {};
        const bool withFds = !fdsAreGone && at == fdsAt;
        if (withFds) {
            const std::size_t size = sizeof(int) * std::min<std::size_t>(packet.fds.size(), 253);
            message.msg_control = control;
            message.msg_controllen = CMSG_SPACE(size);
            cmsghdr *header = CMSG_FIRSTHDR(&message);
            header->cmsg_level = SOL_SOCKET;
            header->cmsg_type = SCM_RIGHTS;
            header->cmsg_len = CMSG_LEN(size);
            std::memcpy(CMSG_DATA(header), packet.fds.data(), size);
        }
        const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
            whileFull(context);
            pollfd p{socket, POLLOUT | POLLIN, 0};
            ::poll(&p, 1, 100);
            continue;
        }
        if (sent < 0 && withFds && (errno == EBADF || errno == EINVAL || errno == ETOOMANYREFS || errno == EPERM)) {
            fdsAreGone = true; // these cannot be sent: then without
            continue;
        }
        if (sent < 0)
            return false;
        fdsAreGone = fdsAreGone || withFds;
        at += std::size_t(sent);
    }
    return true;
}

} // namespace bulkhead::fuzz
