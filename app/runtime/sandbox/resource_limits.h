// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/messages/sandbox.pb.h"

namespace bulkhead::sandbox {

/// Limits this process for good. Memory, threads and processor time as @p limits says (0: none); the rest is fixed: no
/// core dumps, no files, no locked memory, no message queues, no priorities, few descriptors.
/// Threads are limited only in @p mode USER_NAMESPACE: elsewhere the kernel would count all of the user's processes.
Result<void> applyLimits(const wire::SandboxLimits &limits, wire::SandboxMode mode);

/// Private memory only, for processes without a sandbox.
void limitMemory(std::uint64_t bytes);

} // namespace bulkhead::sandbox
