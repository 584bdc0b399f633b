// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/process/event_loop.h"

#include <poll.h>

namespace bulkhead {

void runPollLoop(const LoopCallbacks &callbacks)
{
    for (;;) {
        pollfd p{callbacks.fd, POLLIN, 0};
        ::poll(&p, 1, callbacks.timeout(callbacks.user));
        if (p.revents != 0)
            callbacks.readable(callbacks.user);
        callbacks.tick(callbacks.user);
    }
}

} // namespace bulkhead
