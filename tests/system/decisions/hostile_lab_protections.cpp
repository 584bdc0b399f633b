// SPDX-License-Identifier: BSD-3-Clause
// What a hostile lab worker's own cage relies on, in its own program: the controls of lab_cases.cpp.
#include "app/runtime/sandbox/policies.h"
#include "app/runtime/sandbox/socket_judge.h"
#include "tests/system/decisions/hostile_lab.h"
#include "tests/system/decisions/wrapped.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace bulkhead::sandbox {

namespace {

bool isReplaced(const char *what)
{
    const char *replaced = std::getenv(hostile_lab::Replaced);
    return replaced && std::strcmp(replaced, what) == 0;
}

int outcome(int result)
{
    return result < 0 ? errno : 0;
}

} // namespace

WRAPPED("_ZNK8bulkhead7sandbox11SocketJudge4bindEiRK16sockaddr_storagej", int, judgeBind, const SocketJudge *self,
        int socket, const sockaddr_storage &address, socklen_t length)
{
    return isReplaced(hostile_lab::Judge)
               ? outcome(::bind(socket, reinterpret_cast<const sockaddr *>(&address), length))
               : real_judgeBind(self, socket, address, length);
}
WRAPPED("_ZNK8bulkhead7sandbox11SocketJudge7connectEiRK16sockaddr_storagej", int, judgeConnect, const SocketJudge *self,
        int socket, const sockaddr_storage &address, socklen_t length)
{
    return isReplaced(hostile_lab::Judge)
               ? outcome(::connect(socket, reinterpret_cast<const sockaddr *>(&address), length))
               : real_judgeConnect(self, socket, address, length);
}
WRAPPED("_ZNK8bulkhead7sandbox11SocketJudge6listenEii", int, judgeListen, const SocketJudge *self, int socket,
        int backlog)
{
    return isReplaced(hostile_lab::Judge) ? outcome(::listen(socket, backlog))
                                          : real_judgeListen(self, socket, backlog);
}

WRAPPED("_ZN8bulkhead7sandbox15labWorkerPolicyERKSt6vectorIPKcSaIS3_EEiRKS1_INS0_3may10SocketKindESaIS9_EE",
        Result<Policy>, wrapped_labWorkerPolicy, const std::vector<const char *> &calls, int self,
        const std::vector<may::SocketKind> &sockets)
{
    std::vector<may::SocketKind> kinds = sockets;
    if (isReplaced(hostile_lab::Kinds)) {
        for (const int family : {AF_UNIX, AF_INET, AF_NETLINK}) {
            for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW})
                kinds.push_back({family, type});
        }
    }
    return real_wrapped_labWorkerPolicy(calls, self, kinds);
}

} // namespace bulkhead::sandbox
