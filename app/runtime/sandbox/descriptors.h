// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <vector>

namespace bulkhead::sandbox {

/// Descriptors of this process that are eventfds: an event loop's, which a forked copy must not share.
std::vector<int> openEventFds();
/// Puts a fresh eventfd in the place of each.
Result<void> renewEventFds(const std::vector<int> &fds);

/// Closes everything but @p kept (any order) and the three standard descriptors.
Result<void> closeAllBut(std::vector<int> kept);

} // namespace bulkhead::sandbox
