// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/forked_peer.h"

#include "ipc/core/socket_pair.h"

#include <csignal>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead {

ForkedPeer::ForkedPeer(void (*run)(UniqueFd socket))
{
    Result<SocketPair> pair = SocketPair::create();
    if (!pair)
        return;
    m_id = fork();
    if (m_id == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        pair->ours.reset();
        run(std::move(pair->theirs));
        _exit(0);
    }
    if (m_id > 0)
        m_socket = std::move(pair->ours);
}

ForkedPeer::~ForkedPeer()
{
    if (m_id <= 0)
        return;
    kill(m_id, SIGKILL);
    waitpid(m_id, nullptr, 0);
}

} // namespace bulkhead
