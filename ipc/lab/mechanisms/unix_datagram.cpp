// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/mechanisms/packet_link.h"
#include "ipc/lab/mechanisms/socket_limit.h"
#include "ipc/lab/mechanisms/unix_address.h"

#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

// essential: begin
/// Each side has an address of its own; meet() points it at the other's.
class DatagramLink : public PacketLink
{
public:
    DatagramLink(UniqueFd socket, std::string ownPath, std::string peerPath, Wait wait)
        : PacketLink(std::move(socket), wait), m_ownPath(std::move(ownPath)), m_peerPath(std::move(peerPath))
    {
    }

    Result<void> meet() override
    {
        if (const auto connected = connectUnix(m_socket.get(), m_peerPath); !connected)
            return connected;
        return PacketLink::meet();
    }

    void remove() override { ::unlink(m_ownPath.c_str()); }

private:
    std::string m_ownPath, m_peerPath;
};

Result<std::unique_ptr<Link>> datagramLink(const Place &place, const char *own, const char *peer)
{
    Result<UniqueFd> socket = boundUnixSocket(SOCK_DGRAM, place.path(own));
    if (!socket)
        return tl::unexpected(socket.error());
    enlargeSendBuffer(socket->get());
    return std::make_unique<DatagramLink>(std::move(*socket), place.path(own), place.path(peer), place.wait);
}
// essential: end

class UnixDatagram : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "unix-datagram";
        info.title = "Unix datagram socket";
        info.family = Family::MessageQueue;
        info.summary =
            "Messages without a connection. On one machine none is lost: a full queue (net.unix.max_dgram_qlen) "
            "makes the sender wait. Nobody is told when the other side ends, until the next send.";
        info.dataPath = "sender's memory -> kernel's socket buffers -> receiver's memory";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.largest = largestUnixPacket();
        info.limitedBy = "/proc/sys/net/core/wmem_max";
        info.needs = {{"socket", "bind", "connect", "setsockopt", "sendto", "recvfrom", "poll", "fcntl", "unlink"},
                      {"folder"},
                      {{AF_UNIX, SOCK_DGRAM}}};
        info.source = "ipc/lab/mechanisms/unix_datagram.cpp";
        return info;
    }

    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        return datagramLink(place, "datagram-a", "datagram-b");
    }
    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        return datagramLink(place, "datagram-b", "datagram-a");
    }
};

} // namespace

std::unique_ptr<Mechanism> unixDatagramMechanism()
{
    return std::make_unique<UnixDatagram>();
}

} // namespace bulkhead::lab
