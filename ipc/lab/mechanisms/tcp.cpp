// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/byte_stream.h"
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/mechanisms/internet_address.h"

#include <netinet/tcp.h>
#include <sys/socket.h>

namespace bulkhead::lab {

namespace {

// essential: begin
/// Small messages leave at once instead of waiting to be sent together (Nagle's algorithm).
Result<void> sendAtOnce(int socket)
{
    const int on = 1;
    if (::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) < 0)
        return fail("TCP_NODELAY");
    return {};
}

class TcpServerLink : public StreamLink
{
public:
    TcpServerLink(UniqueFd listener, Wait wait) : StreamLink({}, wait), m_listener(std::move(listener)) {}

    Result<void> meet() override
    {
        m_in.reset(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!m_in)
            return fail("accept4");
        if (const auto set = sendAtOnce(m_in.get()); !set)
            return set;
        return StreamLink::meet();
    }

private:
    UniqueFd m_listener;
};
// essential: end

class Tcp : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "tcp";
        info.title = "TCP";
        info.family = Family::Remote;
        info.summary =
            "A reliable stream of bytes that also reaches other machines. On loopback it goes through the whole "
            "protocol: segments, checksums of headers, acknowledgements, congestion control.";
        info.dataPath = "sender's memory -> kernel's send buffer -> loopback device -> kernel's receive buffer -> "
                        "receiver's memory";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.needs = {{"socket", "bind", "listen", "accept4", "connect", "getsockname", "setsockopt", "read", "write",
                       "poll", "fcntl"},
                      {"network"},
                      {{AF_INET, SOCK_STREAM}, {AF_INET6, SOCK_STREAM}}};
        info.source = "ipc/lab/mechanisms/tcp.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        const Result<InternetAddress> wanted = InternetAddress::parse(place.address);
        if (!wanted)
            return tl::unexpected(wanted.error());
        UniqueFd listener(::socket(wanted->family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (!listener)
            return fail("socket");
        if (::bind(listener.get(), wanted->get(), wanted->length) < 0)
            return fail("bind");
        if (::listen(listener.get(), 1) < 0)
            return fail("listen");
        const Result<InternetAddress> bound = InternetAddress::ofSocket(listener.get()); // the kernel chose a port
        if (!bound)
            return tl::unexpected(bound.error());
        place.address = bound->text();
        return std::make_unique<TcpServerLink>(std::move(listener), place.wait);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        const Result<InternetAddress> server = InternetAddress::parse(place.address);
        if (!server)
            return tl::unexpected(server.error());
        UniqueFd socket(::socket(server->family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (!socket)
            return fail("socket");
        if (::connect(socket.get(), server->get(), server->length) < 0)
            return fail("connect");
        if (const auto set = sendAtOnce(socket.get()); !set)
            return tl::unexpected(set.error());
        return std::make_unique<StreamLink>(std::move(socket), place.wait);
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> tcpMechanism()
{
    return std::make_unique<Tcp>();
}

} // namespace bulkhead::lab
