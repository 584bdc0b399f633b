// SPDX-License-Identifier: BSD-3-Clause
#include "app/sandbox/policies.h"

#include "app/sandbox/policy_sets.h"

namespace bulkhead::sandbox {

namespace {

/// Computes on what it was given, in threads of its own.
void confined(Policy &policy)
{
    policy.include({may::useDescriptorsItHas, may::waitForEvents, may::startThreads, may::tellTimeAndIdentity,
                    may::handleItsOwnSignals, may::end});
}

} // namespace

Policy policyFor(wire::SandboxRole role, int self)
{
    Policy policy;
    policy.include({may::probeInVain, confined});
    policy.include({role == wire::PLUGIN_LOADER ? may::useMemoryAndLoadLibraries : may::useMemoryWithoutExecutingIt});
    may::signalItself(policy, self);
    switch (role) {
    case wire::QML_RENDERER:
        policy.include({may::askForPriorities});
        break;
    case wire::LAB_WORKER: // what else it may is the mechanism's to say: labWorkerPolicy()
    case wire::RENDERER:
    case wire::PLUGIN_HOST:
    case wire::PLUGIN_LOADER: // becomes a PLUGIN_HOST
    case wire::DECODER:
    default:
        break;
    }
    if constexpr (HasSanitizers)
        policy.include({may::runSanitizers});
    return policy;
}

Result<Policy> labWorkerPolicy(const std::vector<const char *> &calls, int self)
{
    Policy policy = policyFor(wire::LAB_WORKER, self);
    policy.include({may::beMeasured});
    for (const char *call : calls) {
        if (const auto granted = may::useByName(policy, call); !granted)
            return tl::unexpected(granted.error());
    }
    return policy;
}

} // namespace bulkhead::sandbox
