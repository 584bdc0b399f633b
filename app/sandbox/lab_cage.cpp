// SPDX-License-Identifier: BSD-3-Clause
#include "app/sandbox/lab_cage.h"

#include "app/sandbox/landlock.h"
#include "app/sandbox/policies.h"
#include "app/sandbox/privileges.h"
#include "app/sandbox/system_call_filter.h"
#include "ipc/mechanisms/mechanism.h"

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <unistd.h>

namespace bulkhead::sandbox {

namespace {

LandlockGrants grantsFor(const lab::Needs &needs, const std::string &folder)
{
    const auto uses = [&](std::string_view resource) {
        return std::find(needs.resources.begin(), needs.resources.end(), resource) != needs.resources.end();
    };
    LandlockGrants grants;
    if (!folder.empty())
        grants.folders.push_back(folder); // keys of System V objects are made from a file there, too
    if (uses("/dev/shm"))
        grants.folders.emplace_back("/dev/shm");
    // A queue is a file in a file system that may be mounted nowhere, so no rule can name it. The filter lets mq_open()
    // through there, and no call that opens other files by name.
    grants.anyFile = uses("POSIX message queues");
    grants.tcp = uses("network");
    grants.signals = uses("signals");
    return grants;
}

} // namespace

Result<wire::SandboxReport> confineLabWorker(const lab::Needs &needs, const std::string &folder)
{
    const Result<Policy> policy = labWorkerPolicy(needs.calls, ::getpid());
    if (!policy)
        return tl::unexpected(policy.error());
    const Result<SystemCallFilter> filter = SystemCallFilter::compile(*policy, Executioner::Kernel);
    if (!filter)
        return tl::unexpected(filter.error());
    if (const auto done = forbidNewPrivileges(); !done)
        return tl::unexpected(done.error());
    if (const auto done = dropCapabilities(); !done)
        return tl::unexpected(done.error());
    const LandlockGrants grants = grantsFor(needs, folder);
    const Result<LandlockExtent> landlock = denyEverythingBut(grants);
    // An older kernel has none; the filter stays.
    if (!landlock && landlock.error().number != ENOSYS && landlock.error().number != EOPNOTSUPP)
        return tl::unexpected(landlock.error());
    const Result<UniqueFd> installed = filter->install();
    if (!installed)
        return tl::unexpected(installed.error());

    wire::SandboxReport report;
    report.set_mode(wire::NO_NAMESPACES);
    report.set_role(wire::LAB_WORKER);
    const auto step = [&report](wire::SandboxLayer layer, bool done) {
        wire::SandboxStep &added = *report.add_steps();
        added.set_layer(layer);
        added.set_done(done);
    };
    step(wire::LAYER_NO_NEW_PRIVILEGES, true);
    step(wire::LAYER_NO_CAPABILITIES, true);
    step(wire::LAYER_LANDLOCK_FILES, landlock && landlock->abi > 0 && !grants.anyFile);
    step(wire::LAYER_LANDLOCK_NETWORK, landlock && landlock->network && !grants.tcp);
    step(wire::LAYER_LANDLOCK_SCOPES, landlock && landlock->scopes && !grants.signals);
    step(wire::LAYER_SYSTEM_CALL_FILTER, true);
    report.set_landlock_abi(landlock ? std::uint32_t(landlock->abi) : 0);
    return report;
}

} // namespace bulkhead::sandbox
