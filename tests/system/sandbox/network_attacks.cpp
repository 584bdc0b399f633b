// SPDX-License-Identifier: BSD-3-Clause
// The network and other sockets: none may be made, and the channel may be used for nothing but messages.
#include "tests/system/sandbox/attack.h"

#include <cerrno>
#include <linux/net.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::attack {

std::vector<Attack> networkAttacks()
{
    static constexpr char G[] = "network";
    const auto socket = [](const char *what, int family, int type, int protocol = 0) {
        return refused("network", what, EACCES, SYS_socket, {family, type, protocol});
    };
    const auto onChannel = [](const char *what, long call, long a1, long a2, long a3 = 0, long a4 = 0, long a5 = 0) {
        return Attack{"network", what, {Outcome::Killed, int(call)}, [=](const Tools &tools) {
                          return ::syscall(call, tools.channel, a1, a2, a3, a4, a5);
                      }};
    };
    static char buffer[256];
    static int on = 1;
    return {
        socket("a TCP socket", AF_INET, SOCK_STREAM),
        socket("a UDP socket", AF_INET, SOCK_DGRAM),
        socket("a TCP socket, IPv6", AF_INET6, SOCK_STREAM),
        socket("a Unix socket", AF_UNIX, SOCK_STREAM),
        socket("a Unix datagram socket", AF_UNIX, SOCK_DGRAM),
        socket("a netlink socket", AF_NETLINK, SOCK_RAW),
        socket("a socket of no family", 9999, SOCK_STREAM),
        refused(G, "connect", EACCES, SYS_connect, {-1, Nowhere, 16}),
        killed(G, "a pair of sockets", SYS_socketpair, {AF_UNIX, SOCK_STREAM, 0, Nowhere}),
        killed(G, "bind", SYS_bind, {-1, Nowhere, 16}),
        killed(G, "listen", SYS_listen, {-1, 1}),
#ifdef SYS_accept
        killed(G, "accept", SYS_accept, {-1, 0, 0}),
#endif
        killed(G, "accept4", SYS_accept4, {-1, 0, 0, 0}),
        killed(G, "sendmmsg", SYS_sendmmsg, {-1, Nowhere, 1, 0}),
        killed(G, "recvmmsg", SYS_recvmmsg, {-1, Nowhere, 1, 0, 0}),
        onChannel("send to an address through the channel", SYS_sendto, at(buffer), 1, 0, at(buffer), 110),
        onChannel("ask the channel for credentials", SYS_setsockopt, SOL_SOCKET, SO_PASSCRED, at(&on), sizeof on),
        onChannel("attach a filter to the channel", SYS_setsockopt, SOL_SOCKET, SO_ATTACH_FILTER, Nowhere, 16),
        onChannel("ask who the peer is", SYS_getsockopt, SOL_SOCKET, SO_PEERCRED, at(buffer), Nowhere),
        onChannel("ask the channel's name", SYS_getsockname, at(buffer), Nowhere),
        onChannel("ask the peer's name", SYS_getpeername, at(buffer), Nowhere),
        killed(G, "sendfile", SYS_sendfile, {-1, -1, 0, 1}),
    };
}

} // namespace bulkhead::attack
