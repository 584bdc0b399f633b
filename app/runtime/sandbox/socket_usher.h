// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <cstdint>
#include <string>
#include <sys/types.h>
#include <vector>

namespace bulkhead::sandbox {

/// Where the sockets of a confined process may lead.
struct SocketRealm
{
    std::string folder;             ///< Unix sockets: paths directly in it, no links; none when empty
    std::string broker;             ///< one more path to connect to, where the engine keeps its broker; may be empty
    std::vector<std::string> hosts; ///< internet sockets: addresses without ports, to connect to
    std::string ownHost;            ///< ... and to bind to
    std::string group;              ///< a multicast group, to bind and connect to; may be empty
    std::uint16_t port = 0;         ///< beside those that the kernel hands out; 0: only those
};

/// A process that makes the connections of a confined one. A system call filter cannot see addresses; so the kernel
/// holds every bind(), connect() and listen() of the confined process, this one reads the address once, judges it, and
/// makes the call itself, on the same socket and with the address that it has judged. Messages are nobody's business
/// but the two ends': they go on without it.
///
/// It is a child of the confined process, made before the confinement, under a filter of its own that leaves it just
/// that, and ends with it.
class SocketUsher
{
public:
    /// Before this process is confined.
    static Result<SocketUsher> start(const SocketRealm &realm);

    /// Gives it the listener of this process's filter. From then on it answers.
    Result<void> takeOver(UniqueFd listener);

private:
    explicit SocketUsher(UniqueFd socket) : m_socket(std::move(socket)) {}

    UniqueFd m_socket;
};

} // namespace bulkhead::sandbox
