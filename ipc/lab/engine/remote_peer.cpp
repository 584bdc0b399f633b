// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/remote_peer.h"

#include "ipc/lab/engine/remote_server.h"
#include "ipc/lab/mechanisms/internet_address.h"

#include <cerrno>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace bulkhead::lab {

namespace {
constexpr int ConnectLimit = 10'000; // milliseconds
} // namespace

Result<std::unique_ptr<RemotePeer>> RemotePeer::connect(const std::string &address, const std::string &token,
                                                        const Cancel &cancel)
{
    const Result<InternetAddress> server = InternetAddress::parse(address);
    if (!server)
        return tl::unexpected(server.error());
    UniqueFd socket(::socket(server->family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!socket)
        return fail("socket");
    if (::connect(socket.get(), server->get(), server->length) < 0 && errno != EINPROGRESS)
        return fail("connect to " + address);
    pollfd p[] = {{socket.get(), POLLOUT, 0}, {cancel.fd(), POLLIN, 0}};
    const int ready = ::poll(p, 2, ConnectLimit);
    if (ready > 0 && p[1].revents)
        return fail(Error::fromErrno("the run", ECANCELED));
    int error = ready == 0 ? ETIMEDOUT : 0;
    socklen_t length = sizeof error;
    if (ready > 0)
        ::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &length);
    if (error != 0)
        return fail(Error::fromErrno("connect to " + address, error));
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);

    std::unique_ptr<RemotePeer> peer(new RemotePeer(std::move(socket)));
    wire::LabCommand greeting;
    greeting.mutable_greeting()->set_protocol(RemoteProtocol);
    greeting.mutable_greeting()->set_token(token);
    if (const auto sent = peer->send(std::move(greeting)); !sent)
        return tl::unexpected(sent.error());
    if (const Result<wire::LabReply> reply = await(*peer, std::chrono::seconds(15), cancel); !reply)
        return tl::unexpected(reply.error());
    return peer;
}

void RemotePeer::kill()
{
    ::shutdown(socket(), SHUT_RDWR);
}

} // namespace bulkhead::lab
