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

/// Whose Ctrl+C ends it: a group of its own is ended by whoever started it alone.
enum class ProcessGroup { Ours, Own };

/// Starts @p program with @p arguments. The child gets @p channel as descriptor 3 and @p logWriteEnd as standard output
/// and error (where that is none: no output, and our own errors), /dev/null as input, and nothing else of ours; signals
/// are unblocked and at their defaults.
/// A program that cannot be executed is an error here, not a process that dies at once. Any thread.
Result<SpawnedProcess> spawn(const std::string &program, const std::vector<std::string> &arguments,
                             const UniqueFd &channel, const UniqueFd &logWriteEnd,
                             ProcessGroup group = ProcessGroup::Ours);

inline constexpr int SpawnedChannelFd = 3;

} // namespace bulkhead
