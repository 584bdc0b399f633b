// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/lock_down.h"

#include "app/runtime/sandbox/descriptors.h"
#include "app/runtime/sandbox/landlock.h"
#include "app/runtime/sandbox/namespaces.h"
#include "app/runtime/sandbox/policies.h"
#include "app/runtime/sandbox/policy_sets.h"
#include "app/runtime/sandbox/privileges.h"
#include "app/runtime/sandbox/resource_limits.h"

#include <algorithm>
#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace bulkhead::sandbox {

namespace {

/// Collects what became of the steps.
class Steps
{
public:
    explicit Steps(wire::SandboxReport &report) : m_report(report) {}

    void record(wire::SandboxLayer layer, const Result<void> &outcome)
    {
        wire::SandboxStep *step = m_report.add_steps();
        step->set_layer(layer);
        step->set_done(outcome.has_value());
        if (!outcome)
            step->set_error(outcome.error().number != 0 ? outcome.error().number : EINVAL);
    }
    void record(wire::SandboxLayer layer, bool done)
    {
        wire::SandboxStep *step = m_report.add_steps();
        step->set_layer(layer);
        step->set_done(done);
    }

private:
    wire::SandboxReport &m_report;
};

void recordNamespaces(wire::SandboxMode mode, Steps &steps)
{
    const bool any = mode == wire::USER_NAMESPACE || mode == wire::ROOT_NAMESPACES;
    steps.record(wire::LAYER_USER_NAMESPACE, mode == wire::USER_NAMESPACE);
    for (const wire::SandboxLayer layer :
         {wire::LAYER_MOUNT_NAMESPACE, wire::LAYER_NETWORK_NAMESPACE, wire::LAYER_IPC_NAMESPACE,
          wire::LAYER_UTS_NAMESPACE, wire::LAYER_CGROUP_NAMESPACE})
        steps.record(layer, any);
    // Not taken on trust: whoever is not number 1 shares the namespace with others.
    steps.record(wire::LAYER_PID_NAMESPACE, any && ::getpid() == 1);
}

Result<void> enterEmptyFolder()
{
    // Besides, a chrooted process cannot make user namespaces, in which it would have capabilities again.
    if (::chroot(EmptyFolder) < 0)
        return fail("chroot");
    if (::chdir("/") < 0)
        return fail("chdir");
    return {};
}

Result<void> ownSession()
{
    // The terminal's Ctrl+C is for the browser; and kill(0) reaches a process group across pid namespaces.
    if (::setsid() < 0)
        return fail("setsid");
    return {};
}

Result<void> ownDescriptors(const LockDownOrder &order)
{
    if (const Result<void> renewed = renewEventFds(order.eventFds); !renewed)
        return renewed;
    std::vector<int> kept = order.keptFds;
    kept.insert(kept.end(), order.eventFds.begin(), order.eventFds.end());
    return closeAllBut(std::move(kept));
}

bool isLeftOut(const LockDownOrder &order, wire::SandboxLayer layer)
{
    const auto &all = order.limits.left_out();
    return std::find(all.begin(), all.end(), layer) != all.end();
}

} // namespace

Result<SystemCallFilter> filterFor(const Role &role, int self)
{
    const Policy policy = policyFor(role, self);
    Result<SystemCallFilter> filter = SystemCallFilter::compile(policy, Executioner::Browser);
    return filter ? std::move(filter) : SystemCallFilter::compile(policy, Executioner::Kernel);
}

Result<LoadingEnd> LoadingEnd::prepare(wire::SandboxMode mode)
{
    LoadingEnd end;
    if (mode == wire::SANDBOX_OFF)
        return end;
    Policy refusals;
    may::noMoreLibraries(refusals);
    Result<SystemCallFilter> filter = SystemCallFilter::compile(refusals, Executioner::Nobody);
    if (!filter)
        return tl::unexpected(filter.error());
    end.m_filter = std::move(*filter);
    return end;
}

Result<void> LoadingEnd::apply() const
{
    if (!m_filter)
        return {};
    const Result<UniqueFd> installed = m_filter->install();
    return installed ? Result<void>() : tl::unexpected(installed.error());
}

LockedDown lockDown(const LockDownOrder &order)
{
    LockedDown result;
    wire::SandboxReport &report = result.report;
    report.set_mode(order.mode);
    report.set_role(std::string(order.role.name));
    if (order.mode == wire::SANDBOX_OFF) {
        // What has nothing to do with trust: a process of its own among the others.
        (void)ownSession();
        (void)ownDescriptors(order);
        limitMemory(order.limits.memory_bytes());
        return result;
    }
    if (order.procFd >= 0)
        noteNamespaces(order.procFd, report);
    Steps steps(report);
    recordNamespaces(order.mode, steps);

    // While files can still be written to: the compiler needs one in memory.
    std::optional<SystemCallFilter> own;
    const SystemCallFilter *filter = order.filter;
    if (!filter) {
        if (Result<SystemCallFilter> compiled = filterFor(order.role, ::getpid()))
            filter = &own.emplace(std::move(*compiled));
    }

    const bool rooted = order.mode == wire::USER_NAMESPACE || order.mode == wire::ROOT_NAMESPACES;
    if (rooted)
        steps.record(wire::LAYER_EMPTY_ROOT, enterEmptyFolder());
    else
        steps.record(wire::LAYER_EMPTY_ROOT, false);
    steps.record(wire::LAYER_SESSION, ownSession());
    steps.record(wire::LAYER_DESCRIPTORS, ownDescriptors(order));
    if (isLeftOut(order, wire::LAYER_LIMITS))
        steps.record(wire::LAYER_LIMITS, false);
    else
        steps.record(wire::LAYER_LIMITS, applyLimits(order.limits, order.mode));
    steps.record(wire::LAYER_NO_NEW_PRIVILEGES, forbidNewPrivileges());
    if (order.mode != wire::USER_NAMESPACE && ::geteuid() == 0 && !becomeNobody())
        report.add_relaxations("the process could not give up root's user id");
    steps.record(wire::LAYER_NO_CAPABILITIES, dropCapabilities());
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (isLeftOut(order, wire::LAYER_NOT_DUMPABLE)) { // what is measured has to be seen; giving up privileges hid it
        steps.record(wire::LAYER_NOT_DUMPABLE, false);
        ::prctl(PR_SET_DUMPABLE, 1);
    } else {
        steps.record(wire::LAYER_NOT_DUMPABLE, becomeUndumpable());
    }

    const Result<LandlockExtent> landlock =
        isLeftOut(order, wire::LAYER_LANDLOCK_FILES) ? fail(Error{"left out", ECANCELED}) : denyEverything();
    steps.record(wire::LAYER_LANDLOCK_FILES, landlock ? Result<void>() : tl::unexpected(landlock.error()));
    steps.record(wire::LAYER_LANDLOCK_NETWORK, landlock && landlock->network);
    steps.record(wire::LAYER_LANDLOCK_SCOPES, landlock && landlock->scopes);
    if (landlock)
        report.set_landlock_abi(std::uint32_t(landlock->abi));

    const Policy policy = policyFor(order.role, ::getpid());
    report.set_allowed_calls(policy.allowedCalls());
    report.set_softly_refused_calls(policy.refusedCalls());
    for (const std::string &relaxation : policy.relaxations())
        report.add_relaxations(relaxation);
    Result<UniqueFd> listener = fail(Error{"no filter", EINVAL});
    if (filter && !isLeftOut(order, wire::LAYER_SYSTEM_CALL_FILTER)) {
        report.set_filter_instructions(std::uint32_t(filter->instructions()));
        listener = filter->install();
        if (!listener && filter->executioner() == Executioner::Browser) {
            // Where this process is under such a filter already (some containers), there can be no second listener.
            if (const Result<SystemCallFilter> silent = SystemCallFilter::compile(policy, Executioner::Kernel))
                listener = silent->install();
        }
    }
    const bool named = listener && *listener;
    if (named)
        result.listener = std::move(*listener);
    steps.record(wire::LAYER_SYSTEM_CALL_FILTER, listener ? Result<void>() : tl::unexpected(listener.error()));
    steps.record(wire::LAYER_FORBIDDEN_CALLS_NAMED, named);
    return result;
}

} // namespace bulkhead::sandbox
