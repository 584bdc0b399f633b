// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/packet_link.h"

#include "ipc/lab/mechanisms/byte_stream.h"

#include <cerrno>
#include <poll.h>
#include <sys/socket.h>

namespace bulkhead::lab {

void PacketLink::limitWaiting()
{
    const timeval limit{0, std::chrono::microseconds(DatagramTimeout).count()};
    ::setsockopt(m_socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
}

Result<void> PacketLink::meet()
{
    if (m_delivery == Delivery::Lossy)
        limitWaiting();
    return applyWait(m_socket.get(), m_wait);
}

// essential: begin
Result<void> PacketLink::send(ConstBytes message)
{
    for (;;) {
        if (::send(m_socket.get(), message.data(), message.size(), MSG_NOSIGNAL) >= 0)
            return {};
        if (errno == EAGAIN) {
            if (const auto ready = waitUntil(m_socket.get(), POLLOUT, m_wait); !ready)
                return ready;
        } else if (errno != EINTR) {
            return fail("send");
        }
    }
}

Result<ConstBytes> PacketLink::receive(std::size_t bytes)
{
    const Bytes buffer = incoming(bytes);
    const auto start = std::chrono::steady_clock::now();
    for (;;) {
        // MSG_TRUNC: the message's real size, should it be longer than the buffer.
        const ssize_t got = ::recv(m_socket.get(), buffer.data(), buffer.size(), MSG_TRUNC);
        if (got == ssize_t(bytes))
            return buffer;
        if (got == 0 && m_delivery == Delivery::Lossy)
            continue; // a greeting
        if (got == 0)
            return fail(Error{"recv: end of file, the other side is gone", 0});
        if (got > 0)
            return fail(Error::fromErrno("recv: a message of another size", EMSGSIZE));
        if (errno != EAGAIN && errno != EINTR)
            return fail("recv");
        const bool late = m_delivery == Delivery::Lossy && std::chrono::steady_clock::now() - start >= DatagramTimeout;
        if (late && m_wait != Wait::Never)
            return fail(Error::fromErrno("recv", ETIMEDOUT));
        if (errno == EAGAIN && m_wait != Wait::Blocking) {
            const auto limit = m_delivery == Delivery::Lossy ? DatagramTimeout : std::chrono::milliseconds(0);
            if (const auto ready = waitUntil(m_socket.get(), POLLIN, m_wait, limit); !ready)
                return tl::unexpected(ready.error());
        }
    }
}
// essential: end

} // namespace bulkhead::lab
