// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/socket_judge.h"

#include "ipc/core/safe_open.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <netinet/in.h>
#include <sstream>
#include <sys/stat.h>

namespace bulkhead::sandbox {

namespace {

int familyOf(int socket)
{
    int family = -1;
    socklen_t length = sizeof family;
    return ::getsockopt(socket, SOL_SOCKET, SO_DOMAIN, &family, &length) == 0 ? family : -1;
}

/// "127.0.0.1", "::1"; empty for anything else than a whole internet address.
std::string hostOf(const sockaddr_storage &address, socklen_t length, std::uint16_t *port)
{
    char text[INET6_ADDRSTRLEN] = {};
    if (address.ss_family == AF_INET && length >= sizeof(sockaddr_in)) {
        sockaddr_in v4;
        std::memcpy(&v4, &address, sizeof v4);
        *port = ntohs(v4.sin_port);
        ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
    } else if (address.ss_family == AF_INET6 && length >= sizeof(sockaddr_in6)) {
        sockaddr_in6 v6;
        std::memcpy(&v6, &address, sizeof v6);
        *port = ntohs(v6.sin6_port);
        ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
    }
    return text;
}

int outcome(int result)
{
    return result < 0 ? errno : 0;
}

} // namespace

SocketJudge::SocketJudge(SocketRealm realm) : m_realm(std::move(realm))
{
    const Result<std::string> range = readRegularStart("/proc/sys/net/ipv4/ip_local_port_range", 64);
    std::istringstream numbers(range.value_or(std::string()));
    int first = 0, last = 0;
    if (numbers >> first >> last && first > 1023 && last >= first && last < 65536) {
        m_firstPort = std::uint16_t(first);
        m_lastPort = std::uint16_t(last);
    }
}

bool SocketJudge::isInFolder(const sockaddr_un &address, socklen_t length, std::string *name) const
{
    if (m_realm.folder.empty() || length <= offsetof(sockaddr_un, sun_path) || length > sizeof address)
        return false; // no name, which bind() takes for one of the kernel's choice
    const std::size_t most = length - offsetof(sockaddr_un, sun_path);
    const std::string path(address.sun_path, ::strnlen(address.sun_path, most)); // empty: an abstract name
    const std::string start = m_realm.folder + "/";
    if (path.compare(0, start.size(), start) != 0)
        return false;
    *name = path.substr(start.size());
    return !name->empty() && name->find('/') == std::string::npos && *name != "." && *name != "..";
}

bool SocketJudge::isAllowedPort(std::uint16_t port, For what) const
{
    return (port >= m_firstPort && port <= m_lastPort) || (port != 0 && port == m_realm.port) ||
           (port == 0 && what == For::Binding);
}

bool SocketJudge::isAllowedHost(const sockaddr_storage &address, socklen_t length, For what) const
{
    std::uint16_t port = 0;
    const std::string host = hostOf(address, length, &port);
    if (host.empty() || !isAllowedPort(port, what))
        return false;
    if (!m_realm.group.empty() && host == m_realm.group)
        return true;
    return what == For::Binding ? host == m_realm.ownHost
                                : std::find(m_realm.hosts.begin(), m_realm.hosts.end(), host) != m_realm.hosts.end();
}

int SocketJudge::bind(int socket, const sockaddr_storage &address, socklen_t length) const
{
    if (familyOf(socket) != address.ss_family)
        return EACCES;
    if (address.ss_family == AF_UNIX) {
        sockaddr_un unixAddress = {};
        std::memcpy(&unixAddress, &address, std::min<std::size_t>(length, sizeof unixAddress));
        // bind() follows no link: what exists is an error.
        if (std::string name; !isInFolder(unixAddress, length, &name))
            return EACCES;
    } else if (!isAllowedHost(address, length, For::Binding)) {
        return EACCES;
    }
    return outcome(::bind(socket, reinterpret_cast<const sockaddr *>(&address), length));
}

int SocketJudge::connect(int socket, const sockaddr_storage &address, socklen_t length) const
{
    if (familyOf(socket) != address.ss_family) // AF_UNSPEC, too, which would take a connection back
        return EACCES;
    if (address.ss_family == AF_UNIX) {
        sockaddr_un unixAddress = {};
        std::memcpy(&unixAddress, &address, std::min<std::size_t>(length, sizeof unixAddress));
        std::string name;
        if (isInFolder(unixAddress, length, &name))
            return connectUnix(socket, m_realm.folder + "/" + name);
        return isBroker(unixAddress, length) ? connectUnix(socket, m_realm.broker) : EACCES;
    }
    if (!isAllowedHost(address, length, For::Connecting))
        return EACCES;
    return outcome(::connect(socket, reinterpret_cast<const sockaddr *>(&address), length));
}

bool SocketJudge::isBroker(const sockaddr_un &address, socklen_t length) const
{
    if (m_realm.broker.empty() || length <= offsetof(sockaddr_un, sun_path) || length > sizeof address)
        return false;
    return std::string(address.sun_path, ::strnlen(address.sun_path, length - offsetof(sockaddr_un, sun_path))) ==
           m_realm.broker;
}

int SocketJudge::connectUnix(int socket, const std::string &path) const
{
    // A link could lead to any socket: the one that lies there is held, looked at, and used.
    const UniqueFd there(::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    struct stat status = {};
    if (!there || ::fstat(there.get(), &status) < 0)
        return errno;
    if (!S_ISSOCK(status.st_mode))
        return S_ISLNK(status.st_mode) ? EACCES : ECONNREFUSED;
    sockaddr_un held = {};
    held.sun_family = AF_UNIX;
    constexpr char Self[] = "/proc/self/fd/";
    std::memcpy(held.sun_path, Self, sizeof Self - 1);
    std::to_chars(held.sun_path + sizeof Self - 1, held.sun_path + sizeof held.sun_path - 1, there.get());
    return outcome(::connect(socket, reinterpret_cast<const sockaddr *>(&held), sizeof held));
}

int SocketJudge::listen(int socket, int backlog) const
{
    sockaddr_storage own = {};
    socklen_t length = sizeof own;
    if (::getsockname(socket, reinterpret_cast<sockaddr *>(&own), &length) < 0)
        return errno;
    if (own.ss_family == AF_UNIX ? length <= offsetof(sockaddr_un, sun_path)
                                 : !isAllowedHost(own, length, For::Binding))
        return EACCES;
    std::uint16_t port = 0;
    if (own.ss_family != AF_UNIX && (hostOf(own, length, &port).empty() || port == 0))
        return EACCES;
    return outcome(::listen(socket, backlog));
}

} // namespace bulkhead::sandbox
