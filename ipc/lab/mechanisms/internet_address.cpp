// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/internet_address.h"

#include <arpa/inet.h>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <netinet/in.h>
#include <sys/socket.h>

namespace bulkhead::lab {

Result<InternetAddress> InternetAddress::parse(const std::string &text)
{
    const auto invalid = [&text] {
        return fail(Error{"\"" + text + "\" is no address such as 127.0.0.1:7000 or [::1]:7000", EINVAL});
    };
    std::string host = text, port;
    const bool bracketed = !text.empty() && text[0] == '[';
    const std::size_t colon = bracketed ? text.find("]:") : text.rfind(':');
    if (bracketed) {
        const std::size_t end = text.find(']');
        if (end == text.npos || (end + 1 != text.size() && text[end + 1] != ':'))
            return invalid();
        host = text.substr(1, end - 1);
        port = colon == text.npos ? "" : text.substr(colon + 2);
        if (colon != text.npos && port.empty())
            return invalid();
    } else if (colon != text.npos && text.find(':') == colon) {
        host = text.substr(0, colon);
        port = text.substr(colon + 1);
        if (port.empty())
            return invalid();
    }
    std::uint16_t number = 0;
    if (!port.empty()) {
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), number);
        if (error != std::errc() || end != port.data() + port.size())
            return invalid();
    }
    InternetAddress address;
    auto *v4 = reinterpret_cast<sockaddr_in *>(&address.storage);
    auto *v6 = reinterpret_cast<sockaddr_in6 *>(&address.storage);
    if (!bracketed && ::inet_pton(AF_INET, host.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(number);
        address.length = sizeof *v4;
    } else if (::inet_pton(AF_INET6, host.c_str(), &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons(number);
        address.length = sizeof *v6;
    } else {
        return invalid();
    }
    return address;
}

Result<InternetAddress> InternetAddress::ofSocket(int socket)
{
    InternetAddress address;
    address.length = sizeof address.storage;
    if (::getsockname(socket, reinterpret_cast<sockaddr *>(&address.storage), &address.length) < 0)
        return fail("getsockname");
    return address;
}

std::string InternetAddress::text() const
{
    char host[INET6_ADDRSTRLEN] = "?";
    if (family() == AF_INET6) {
        const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(&storage);
        ::inet_ntop(AF_INET6, &v6->sin6_addr, host, sizeof host);
        return "[" + std::string(host) + "]:" + std::to_string(ntohs(v6->sin6_port));
    }
    const auto *v4 = reinterpret_cast<const sockaddr_in *>(&storage);
    ::inet_ntop(AF_INET, &v4->sin_addr, host, sizeof host);
    return std::string(host) + ":" + std::to_string(ntohs(v4->sin_port));
}

} // namespace bulkhead::lab
