// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

namespace bulkhead {

/// Two connected Unix stream sockets, both close-on-exec and non-blocking: one for us, one for the child.
struct SocketPair
{
    UniqueFd ours;
    UniqueFd theirs;

    static Result<SocketPair> create();
};

/// A pipe: the child writes, we read (our end is non-blocking, theirs blocks).
struct PipePair
{
    UniqueFd readEnd;
    UniqueFd writeEnd;

    static Result<PipePair> create();
};

} // namespace bulkhead
