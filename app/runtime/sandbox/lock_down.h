// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/sandbox/role.h"
#include "app/runtime/sandbox/system_call_filter.h"
#include "ipc/core/unique_fd.h"
#include "ipc/messages/sandbox.pb.h"

#include <optional>
#include <vector>

namespace bulkhead::sandbox {

struct LockDownOrder
{
    wire::SandboxMode mode = wire::SANDBOX_OFF;
    Role role;
    wire::SandboxLimits limits;
    std::vector<int> keptFds;  ///< beside the standard ones; the channel
    std::vector<int> eventFds; ///< of the event loop; kept, and renewed
    int procFd = -1;           ///< a descriptor of /proc, to look up which namespaces this is; closed by the lock-down
    /// Compiled for this role and self = 1, or none: then it is compiled here.
    const SystemCallFilter *filter = nullptr;
};

struct LockedDown
{
    wire::SandboxReport report;
    UniqueFd listener; ///< on which the kernel tells of forbidden calls; for the browser, no use here
};

/// Turns this freshly cloned, single-threaded process into a caged one, step by step, and reports each. A step that
/// fails does not stop the others: the browser judges the report before it lets any content in. There is no way back.
/// With SANDBOX_OFF only the limit of memory is set.
LockedDown lockDown(const LockDownOrder &order);

/// Takes from a plugin what loading its library took. To be prepared before the lock-down; nothing to do with
/// SANDBOX_OFF.
class LoadingEnd
{
public:
    static Result<LoadingEnd> prepare(wire::SandboxMode mode);
    Result<void> apply() const;

private:
    std::optional<SystemCallFilter> m_filter;
};

/// The filter for @p role; self = 1 for children with a pid namespace of their own. Falls back to the kernel as
/// executioner where the browser cannot be told.
Result<SystemCallFilter> filterFor(const Role &role, int self);

} // namespace bulkhead::sandbox
