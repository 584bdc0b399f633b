// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/mechanisms/internet_address.h"
#include "ipc/lab/mechanisms/packet_link.h"

#include <cerrno>
#include <sys/socket.h>

namespace bulkhead::lab {

namespace {

/// The client greets with an empty datagram and is answered with some: no message is empty, so late ones do no harm.
constexpr int Greetings = 40;

// essential: begin
/// The server's side: it learns who the client is from its first datagram.
class UdpServerLink : public PacketLink
{
public:
    using PacketLink::PacketLink;

    Result<void> meet() override
    {
        limitWaiting();
        for (int i = 0; i < Greetings; ++i) {
            InternetAddress client;
            client.length = sizeof client.storage;
            if (::recvfrom(m_socket.get(), nullptr, 0, 0, reinterpret_cast<sockaddr *>(&client.storage),
                           &client.length) != 0)
                continue;
            // From now on only this client is heard.
            if (::connect(m_socket.get(), client.get(), client.length) < 0)
                return fail("connect");
            for (int answer = 0; answer < 3; ++answer) // one may be lost
                ::send(m_socket.get(), nullptr, 0, 0);
            return PacketLink::meet();
        }
        return fail(Error::fromErrno("no greeting came", ETIMEDOUT));
    }
};

class UdpClientLink : public PacketLink
{
public:
    using PacketLink::PacketLink;

    Result<void> meet() override
    {
        limitWaiting();
        for (int i = 0; i < Greetings; ++i) {
            ::send(m_socket.get(), nullptr, 0, 0);
            if (::recv(m_socket.get(), nullptr, 0, 0) == 0)
                return PacketLink::meet();
        }
        return fail(Error::fromErrno("no answer to the greeting", ETIMEDOUT));
    }
};
// essential: end

class Udp : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "udp";
        info.title = "UDP";
        info.family = Family::Remote;
        info.summary =
            "Single datagrams that also reach other machines, without any promise: they can be lost, come twice or "
            "in another order. A receiver that is too slow loses them even on loopback.";
        info.dataPath = "sender's memory -> kernel -> loopback device -> kernel's receive buffer -> receiver's memory";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.delivery = Delivery::Lossy;
        info.largest = 65507;
        info.limitedBy = "the 16-bit length of an IPv4 packet, less 28 bytes of headers";
        info.needs = {{"socket", "bind", "connect", "getsockname", "setsockopt", "sendto", "recvfrom", "poll", "fcntl"},
                      {"network"},
                      {{AF_INET, SOCK_DGRAM}, {AF_INET6, SOCK_DGRAM}}};
        info.source = "ipc/lab/mechanisms/udp.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        const Result<InternetAddress> wanted = InternetAddress::parse(place.address);
        if (!wanted)
            return tl::unexpected(wanted.error());
        UniqueFd socket(::socket(wanted->family(), SOCK_DGRAM | SOCK_CLOEXEC, 0));
        if (!socket)
            return fail("socket");
        if (::bind(socket.get(), wanted->get(), wanted->length) < 0)
            return fail("bind");
        const Result<InternetAddress> bound = InternetAddress::ofSocket(socket.get());
        if (!bound)
            return tl::unexpected(bound.error());
        place.address = bound->text();
        return std::make_unique<UdpServerLink>(std::move(socket), place.wait, Delivery::Lossy);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        const Result<InternetAddress> server = InternetAddress::parse(place.address);
        if (!server)
            return tl::unexpected(server.error());
        UniqueFd socket(::socket(server->family(), SOCK_DGRAM | SOCK_CLOEXEC, 0));
        if (!socket)
            return fail("socket");
        if (::connect(socket.get(), server->get(), server->length) < 0)
            return fail("connect");
        return std::make_unique<UdpClientLink>(std::move(socket), place.wait, Delivery::Lossy);
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> udpMechanism()
{
    return std::make_unique<Udp>();
}

} // namespace bulkhead::lab
