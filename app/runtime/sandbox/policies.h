// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/sandbox/policy.h"
#include "app/runtime/sandbox/policy_sets.h"
#include "app/runtime/sandbox/role.h"
#include "ipc/core/result.h"

namespace bulkhead::sandbox {

/// What a process of @p role may ask of the kernel: what every child may, and the role's own sets. @p self is its own
/// process id as it sees it.
Policy policyFor(const Role &role, int self);

/// The same for a worker of the IPC lab that uses a mechanism: what every child may, being measured, and @p calls by
/// name and @p sockets by kind, as the mechanism declares them (ipc/lab/mechanisms/mechanism.h). A name that the kernel
/// does not know is an error.
Result<Policy> labWorkerPolicy(const std::vector<const char *> &calls, int self,
                               const std::vector<may::SocketKind> &sockets = {});

/// Whether this build was made with sanitizers, which relaxes the policy (and the verdict says so).
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool HasSanitizers = true;
#else
inline constexpr bool HasSanitizers = false;
#endif

} // namespace bulkhead::sandbox
