// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/socket_pair.h"

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead {

Result<SocketPair> SocketPair::create()
{
    int fds[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, fds) < 0)
        return fail("socketpair");
    return SocketPair{UniqueFd(fds[0]), UniqueFd(fds[1])};
}

Result<PipePair> PipePair::create()
{
    int fds[2];
    if (::pipe2(fds, O_CLOEXEC) < 0)
        return fail("pipe2");
    PipePair pair{UniqueFd(fds[0]), UniqueFd(fds[1])};
    if (::fcntl(fds[0], F_SETFL, O_NONBLOCK) < 0)
        return fail("fcntl");
    return pair;
}

} // namespace bulkhead
