// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/sandbox/policy.h"
#include "ipc/core/result.h"
#include "ipc/messages/sandbox.pb.h"

namespace bulkhead::sandbox {

/// What a process of @p role may ask of the kernel; @p self is its own process id as it sees it. The one place where
/// roles and rights meet.
Policy policyFor(wire::SandboxRole role, int self);

/// The same for a worker of the IPC lab that uses a mechanism: what every child may, being measured, and @p calls by
/// name, as the mechanism declares them (ipc/mechanisms/mechanism.h). A name that the kernel does not know is an error.
Result<Policy> labWorkerPolicy(const std::vector<const char *> &calls, int self);

/// Whether this build was made with sanitizers, which relaxes the policy (and the verdict says so).
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool HasSanitizers = true;
#else
inline constexpr bool HasSanitizers = false;
#endif

} // namespace bulkhead::sandbox
