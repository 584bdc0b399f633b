// SPDX-License-Identifier: BSD-3-Clause
// The network and other sockets: none may be made, and the channel may be used for nothing but messages.
#include "tests/system/sandbox/attack.h"

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <linux/net.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
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
    // A service of this machine by its path; a name without a file begins with '@'. Without the cage the socket is
    // made, and whether anybody listens there is no matter.
    const auto service = [](const char *what, const char *path) {
        return Attack{"network", what, {Outcome::Failed, EACCES}, [path](const Tools &) -> long {
                          const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
                          if (fd < 0)
                              return -1;
                          sockaddr_un address = {};
                          address.sun_family = AF_UNIX;
                          std::strncpy(address.sun_path, path, sizeof address.sun_path - 1);
                          if (*path == '@')
                              address.sun_path[0] = 0;
                          const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + std::strlen(path));
                          (void)!::connect(fd, reinterpret_cast<const sockaddr *>(&address), length);
                          ::close(fd);
                          return 0;
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
        service("the system's bus", "/run/dbus/system_bus_socket"),
        service("the person's bus", "/run/user/1000/bus"),
        service("the X server", "/tmp/.X11-unix/X0"),
        service("the X server, without a file", "@/tmp/.X11-unix/X0"),
        service("the browser's own control socket", "/run/user/1000/bulkhead/default"),
        killed(G, "send urgent data", SYS_sendto, {-1, at(buffer), 1, MSG_OOB, 0, 0}),
        killed(G, "send and connect at once", SYS_sendto, {-1, at(buffer), 1, MSG_FASTOPEN, 0, 0}),
        killed(G, "send pages that stay its own", SYS_sendto, {-1, at(buffer), 1, MSG_ZEROCOPY, 0, 0}),
        killed(G, "send with a flag of the kernel's own", SYS_sendto,
               {-1, at(buffer), 1, 0x8000000 /*MSG_SPLICE_PAGES*/, 0, 0}),
        killed(G, "send a message of urgent data", SYS_sendmsg, {-1, Nowhere, MSG_OOB}),
        killed(G, "send a message and connect at once", SYS_sendmsg, {-1, Nowhere, MSG_FASTOPEN}),
        killed(G, "send a message for a 32-bit program", SYS_sendmsg, {-1, Nowhere, 0x80000000 /*MSG_CMSG_COMPAT*/}),
        killed(G, "receive urgent data", SYS_recvfrom, {-1, at(buffer), 1, MSG_OOB, 0, 0}),
        killed(G, "receive errors", SYS_recvfrom, {-1, at(buffer), 1, MSG_ERRQUEUE, 0, 0}),
        killed(G, "receive and leave it there", SYS_recvfrom, {-1, at(buffer), 1, MSG_PEEK, 0, 0}),
        killed(G, "receive with the sender's name", SYS_recvfrom, {-1, at(buffer), 1, 0, at(buffer), at(&on)}),
        killed(G, "receive a message of urgent data", SYS_recvmsg, {-1, Nowhere, MSG_OOB}),
        killed(G, "receive a message of errors", SYS_recvmsg, {-1, Nowhere, MSG_ERRQUEUE}),
        killed(G, "shut the channel down in no known way", SYS_shutdown, {-1, 7}),
    };
}

} // namespace bulkhead::attack
