// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <string>
#include <sys/types.h>
#include <vector>

namespace bulkhead {

struct SpawnedProcess
{
    pid_t pid = -1;
    UniqueFd pidFd;
};

/// Starts @p program with @p arguments. The child gets @p channel as descriptor 3 and @p logWriteEnd as standard output
/// and error, /dev/null as input, and nothing else of ours; signals are unblocked and at their defaults.
/// A program that cannot be executed is an error here, not a process that dies at once.
Result<SpawnedProcess> spawn(const std::string &program, const std::vector<std::string> &arguments,
                             const UniqueFd &channel, const UniqueFd &logWriteEnd);

inline constexpr int SpawnedChannelFd = 3;

} // namespace bulkhead
