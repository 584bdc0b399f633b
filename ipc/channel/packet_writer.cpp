// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/packet_writer.h"

#include "ipc/channel/limits.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/uio.h>

namespace bulkhead {

bool PacketWriter::queue(PacketKind kind, std::uint32_t requestId, const google::protobuf::Message &message, Fds fds,
                         CoalesceKey key, ChannelCounters &counters)
{
    assert(fds.size() <= limits::MessageFds);
    const std::size_t payload = message.ByteSizeLong();
    if (payload > limits::MessageBytes)
        return false;

    Entry entry;
    entry.bytes.resize(sizeof(PacketHeader) + payload);
    const PacketHeader header{std::uint32_t(payload), requestId, std::uint8_t(fds.size()), kind, 0};
    std::memcpy(entry.bytes.data(), &header, sizeof header);
    message.SerializeWithCachedSizesToArray(reinterpret_cast<std::uint8_t *>(entry.bytes.data()) + sizeof header);
    entry.fds = std::move(fds);
    entry.key = key;

    if (key != 0) {
        // Only the newest of a kind matters, and it keeps its predecessor's place: order against others is preserved.
        const auto first = m_queue.begin() + (m_sentOfFirst > 0 ? 1 : 0);
        const auto old = std::find_if(first, m_queue.end(), [key](const Entry &e) { return e.key == key; });
        if (old != m_queue.end()) {
            m_queuedBytes += entry.bytes.size() - old->bytes.size();
            *old = std::move(entry);
            ++counters.coalesced;
            counters.queuedBytes = m_queuedBytes;
            return true;
        }
    }
    if (m_queuedBytes + entry.bytes.size() > limits::SendQueueBytes)
        return false;
    m_queuedBytes += entry.bytes.size();
    m_queue.push_back(std::move(entry));
    counters.queuedBytes = m_queuedBytes;
    counters.queuedBytesPeak = std::max(counters.queuedBytesPeak, counters.queuedBytes);
    return true;
}

PacketWriter::WriteResult PacketWriter::writeTo(int socket, ChannelCounters &counters)
{
    constexpr int MaxVectors = 64;
    while (!m_queue.empty()) {
        // One sendmsg carries a run of packets; one with descriptors starts a new run, since they go with its first
        // byte.
        iovec vectors[MaxVectors];
        int count = 0;
        for (Entry &entry : m_queue) {
            if (count == MaxVectors || (count > 0 && !entry.fds.empty()))
                break;
            const std::size_t skip = count == 0 ? m_sentOfFirst : 0;
            vectors[count++] = {entry.bytes.data() + skip, entry.bytes.size() - skip};
        }
        msghdr header{};
        header.msg_iov = vectors;
        header.msg_iovlen = std::size_t(count);
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int) * limits::MessageFds)] = {};
        Fds &fds = m_queue.front().fds;
        if (!fds.empty()) {
            header.msg_control = control;
            header.msg_controllen = CMSG_SPACE(sizeof(int) * fds.size());
            cmsghdr *c = CMSG_FIRSTHDR(&header);
            c->cmsg_level = SOL_SOCKET;
            c->cmsg_type = SCM_RIGHTS;
            c->cmsg_len = CMSG_LEN(sizeof(int) * fds.size());
            for (std::size_t i = 0; i < fds.size(); ++i) {
                const int fd = fds[i].get();
                std::memcpy(CMSG_DATA(c) + i * sizeof(int), &fd, sizeof fd);
            }
        }
        ssize_t sent;
        do {
            // One packet alone without sendmsg(), which some processes may not make: it can name another receiver.
            sent = count == 1 && fds.empty()
                       ? ::send(socket, vectors[0].iov_base, vectors[0].iov_len, MSG_NOSIGNAL | MSG_DONTWAIT)
                       : ::sendmsg(socket, &header, MSG_NOSIGNAL | MSG_DONTWAIT);
        } while (sent < 0 && errno == EINTR);
        if (sent < 0)
            return errno == EAGAIN || errno == EWOULDBLOCK ? WriteResult::WouldBlock : WriteResult::Failed;

        ++counters.writes;
        counters.bytesSent += std::uint64_t(sent);
        counters.fdsSent += fds.size();
        fds.clear();
        m_queuedBytes -= std::size_t(sent);
        std::size_t left = std::size_t(sent) + m_sentOfFirst;
        while (!m_queue.empty() && left >= m_queue.front().bytes.size()) {
            left -= m_queue.front().bytes.size();
            m_queue.pop_front();
            ++counters.messagesSent;
        }
        m_sentOfFirst = left;
        counters.queuedBytes = m_queuedBytes;
    }
    return WriteResult::Done;
}

} // namespace bulkhead
