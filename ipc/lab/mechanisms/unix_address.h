// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <string>

namespace bulkhead::lab {

/// A Unix socket of @p type (SOCK_STREAM, ...) bound to @p path.
Result<UniqueFd> boundUnixSocket(int type, const std::string &path);
/// Connects @p socket to what is bound to @p path.
Result<void> connectUnix(int socket, const std::string &path);

} // namespace bulkhead::lab
