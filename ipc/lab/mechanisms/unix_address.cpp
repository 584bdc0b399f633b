// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/unix_address.h"

#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>

namespace bulkhead::lab {

namespace {
Result<sockaddr_un> unixAddress(const std::string &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (path.size() >= sizeof address.sun_path)
        return fail(Error::fromErrno("the path of a socket", ENAMETOOLONG));
    std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
    return address;
}
} // namespace

Result<UniqueFd> boundUnixSocket(int type, const std::string &path)
{
    const Result<sockaddr_un> address = unixAddress(path);
    if (!address)
        return tl::unexpected(address.error());
    UniqueFd fd(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
    if (!fd)
        return fail("socket");
    if (::bind(fd.get(), reinterpret_cast<const sockaddr *>(&*address), sizeof *address) < 0)
        return fail("bind");
    return fd;
}

Result<void> connectUnix(int socket, const std::string &path)
{
    const Result<sockaddr_un> address = unixAddress(path);
    if (!address)
        return tl::unexpected(address.error());
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&*address), sizeof *address) < 0)
        return fail("connect");
    return {};
}

} // namespace bulkhead::lab
