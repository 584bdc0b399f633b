// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/bad_message.h"
#include "ipc/core/fd_check.h"

namespace bulkhead {

/// Checks a descriptor that came with a message, and says by which numbered reason the sender has to go;
/// BadMessage::None when it is what it should be.
BadMessage checkMessageFd(const UniqueFd &fd, FdKind kind, const FdDemand &demand = {});

} // namespace bulkhead
