// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>

namespace bulkhead::lab {

/// As large as an unprivileged process may (net.core.wmem_max).
void enlargeSendBuffer(int socket);

/// The largest message that a Unix socket with boundaries takes then; asked from a real socket.
std::size_t largestUnixPacket();

} // namespace bulkhead::lab
