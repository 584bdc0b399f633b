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
class ListeningPacketLink : public PacketLink
{
public:
    ListeningPacketLink(UniqueFd listener, std::string path, Wait wait)
        : PacketLink({}, wait), m_listener(std::move(listener)), m_path(std::move(path))
    {
    }

    Result<void> meet() override
    {
        m_socket.reset(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!m_socket)
            return fail("accept4");
        enlargeSendBuffer(m_socket.get());
        return PacketLink::meet();
    }

    void remove() override { ::unlink(m_path.c_str()); }

private:
    UniqueFd m_listener;
    std::string m_path;
};
// essential: end

class UnixSeqpacket : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "unix-seqpacket";
        info.title = "Unix sequenced-packet socket";
        info.family = Family::MessageQueue;
        info.summary =
            "Like a stream socket, with a connection and an orderly end, but messages keep their boundaries. A "
            "message must fit into the send buffer.";
        info.dataPath = "sender's memory -> kernel's socket buffers -> receiver's memory";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.largest = largestUnixPacket();
        info.limitedBy = "/proc/sys/net/core/wmem_max";
        info.needs = {{"socket", "bind", "listen", "accept4", "connect", "setsockopt", "sendto", "recvfrom", "poll",
                       "fcntl", "unlink"},
                      {"folder"},
                      {{AF_UNIX, SOCK_SEQPACKET}}};
        info.source = "ipc/lab/mechanisms/unix_seqpacket.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        Result<UniqueFd> listener = boundUnixSocket(SOCK_SEQPACKET, place.path("seqpacket"));
        if (!listener)
            return tl::unexpected(listener.error());
        if (::listen(listener->get(), 1) < 0)
            return fail("listen");
        return std::make_unique<ListeningPacketLink>(std::move(*listener), place.path("seqpacket"), place.wait);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        UniqueFd socket(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
        if (!socket)
            return fail("socket");
        enlargeSendBuffer(socket.get());
        if (const auto connected = connectUnix(socket.get(), place.path("seqpacket")); !connected)
            return tl::unexpected(connected.error());
        return std::make_unique<PacketLink>(std::move(socket), place.wait);
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> unixSeqpacketMechanism()
{
    return std::make_unique<UnixSeqpacket>();
}

} // namespace bulkhead::lab
