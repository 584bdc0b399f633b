// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/socket_limit.h"

#include "ipc/core/unique_fd.h"
#include "ipc/lab/mechanisms/mechanism.h"

#include <sys/socket.h>

namespace bulkhead::lab {

void enlargeSendBuffer(int socket)
{
    const int bytes = int(systemLimit("/proc/sys/net/core/wmem_max"));
    if (bytes > 0)
        ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
}

static std::size_t measureLargestUnixPacket()
{
    const UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    enlargeSendBuffer(socket.get());
    int bytes = 0;
    socklen_t length = sizeof bytes;
    // The kernel keeps 32 bytes for itself (unix(7): "minus 32 bytes").
    if (::getsockopt(socket.get(), SOL_SOCKET, SO_SNDBUF, &bytes, &length) < 0 || bytes <= 32)
        return 4096;
    return std::size_t(bytes) - 32;
}

std::size_t largestUnixPacket()
{
    static const std::size_t Largest = measureLargestUnixPacket(); // a confined worker cannot ask any more
    return Largest;
}

} // namespace bulkhead::lab
