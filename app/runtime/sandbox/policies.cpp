// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/policies.h"

#include "app/runtime/sandbox/policy_sets.h"

#include <cerrno>

namespace bulkhead::sandbox {

namespace {

/// Computes on what it was given, in threads of its own.
void confined(Policy &policy)
{
    policy.include({may::useDescriptorsItHas, may::waitForEvents, may::startThreads, may::tellTimeAndIdentity,
                    may::handleItsOwnSignals, may::end});
}

} // namespace

Role roles::renderer()
{
    return {"renderer", {may::useMemoryWithoutExecutingIt}};
}

Role roles::plugin()
{
    return {"plugin", {may::useMemoryAndLoadLibraries}};
}

Role roles::labWorker()
{
    return {"lab-worker", {may::useMemoryWithoutExecutingIt, may::beMeasured}};
}

Policy policyFor(const Role &role, int self)
{
    Policy policy;
    policy.include({may::probeInVain, confined});
    for (const Policy::Set set : role.sets)
        policy.include({set});
    may::signalItself(policy, self);
    may::readItsMainThreadsTime(policy, self);
    if constexpr (HasSanitizers)
        policy.include({may::runSanitizers});
    return policy;
}

Result<Policy> labWorkerPolicy(const std::vector<const char *> &calls, int self,
                               const std::vector<may::SocketKind> &sockets)
{
    Policy policy = policyFor(roles::labWorker(), self);
    // Newer libdbus describes its own process by a pidfd, too, and does without where there are none.
    policy.refuse(SCMP_SYS(pidfd_open), ENOSYS);
    for (const char *call : calls) {
        if (const auto granted = may::useByName(policy, call); !granted)
            return tl::unexpected(granted.error());
    }
    may::useSockets(policy, sockets);
    return policy;
}

} // namespace bulkhead::sandbox
