// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/sandbox/socket_usher.h"

#include <sys/socket.h>
#include <sys/un.h>

namespace bulkhead::sandbox {

/// Decides about addresses and makes the calls: the part of a SocketUsher that hostile bytes reach. Every function
/// gives back 0, or the errno that the confined process is to see; what is not allowed is EACCES.
class SocketJudge
{
public:
    /// Reads the ports that the kernel hands out: while files can be opened.
    explicit SocketJudge(SocketRealm realm);

    /// @p socket is the confined process's own, @p address a copy that it cannot change any more.
    int bind(int socket, const sockaddr_storage &address, socklen_t length) const;
    int connect(int socket, const sockaddr_storage &address, socklen_t length) const;
    /// Only what has been bound by bind(): listening without an address takes any.
    int listen(int socket, int backlog) const;

private:
    enum class For { Binding, Connecting };

    bool isInFolder(const sockaddr_un &address, socklen_t length, std::string *name) const;
    bool isAllowedHost(const sockaddr_storage &address, socklen_t length, For what) const;
    bool isAllowedPort(std::uint16_t port, For what) const;
    bool isBroker(const sockaddr_un &address, socklen_t length) const;
    int connectUnix(int socket, const std::string &path) const;

    SocketRealm m_realm;
    std::uint16_t m_firstPort = 32768, m_lastPort = 60999;
};

} // namespace bulkhead::sandbox
