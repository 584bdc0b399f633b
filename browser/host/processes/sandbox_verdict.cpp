// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/sandbox_verdict.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("SandboxVerdict", source);
}

bool isDone(const wire::SandboxReport &report, wire::SandboxLayer layer)
{
    const wire::SandboxStep *step = stepOf(report, layer);
    return step && step->done();
}

/// Without these there is no cage, whatever else is there.
constexpr wire::SandboxLayer Essential[] = {wire::LAYER_SYSTEM_CALL_FILTER, wire::LAYER_NO_NEW_PRIVILEGES,
                                            wire::LAYER_NO_CAPABILITIES,    wire::LAYER_DESCRIPTORS,
                                            wire::LAYER_NOT_DUMPABLE,       wire::LAYER_LIMITS};

/// Full without them: what they add was never there, or is done by others. The kernel ends a process as surely as the
/// browser; Landlock's newer parts repeat what the namespaces do.
bool isExtra(const wire::SandboxReport &report, wire::SandboxLayer layer)
{
    const bool newerLandlock = layer == wire::LAYER_LANDLOCK_NETWORK || layer == wire::LAYER_LANDLOCK_SCOPES;
    return layer == wire::LAYER_FORBIDDEN_CALLS_NAMED || (newerLandlock && report.mode() == wire::USER_NAMESPACE);
}

} // namespace

const wire::SandboxStep *stepOf(const wire::SandboxReport &report, wire::SandboxLayer layer)
{
    const auto found = std::find_if(report.steps().begin(), report.steps().end(),
                                    [layer](const wire::SandboxStep &step) { return step.layer() == layer; });
    return found == report.steps().end() ? nullptr : &*found;
}

SandboxVerdict verdictOn(const wire::SandboxReport &report)
{
    SandboxVerdict verdict;
    bool extraOnly = true;
    for (const wire::SandboxLayer layer : sandboxLayers()) {
        if (isDone(report, layer))
            continue;
        verdict.missing << layerName(layer);
        extraOnly = extraOnly && isExtra(report, layer);
    }
    if (report.mode() == wire::SANDBOX_OFF) {
        verdict.sentence = tr("There is no sandbox: it was switched off when the program was started.");
        return verdict;
    }
    if (report.role() == "lab-worker" && isDone(report, wire::LAYER_SYSTEM_CALL_FILTER)) {
        // The classic mechanisms are about objects that others can see: what they need is open to it.
        verdict.level = SandboxLevel::Reduced;
        verdict.sentence = tr("The sandbox lets through what the mechanism needs, and nothing else.");
        return verdict;
    }
    for (const wire::SandboxLayer layer : Essential) {
        if (!isDone(report, layer)) {
            verdict.sentence = tr("There is no sandbox: the layer “%1” is missing.").arg(layerName(layer));
            return verdict;
        }
    }
    if (!extraOnly || !report.relaxations().empty()) {
        verdict.level = SandboxLevel::Reduced;
        QStringList reasons;
        if (!verdict.missing.isEmpty())
            reasons << tr("without %1").arg(verdict.missing.join(QStringLiteral(", ")));
        for (const std::string &relaxation : report.relaxations())
            reasons << QString::fromStdString(relaxation);
        verdict.sentence = tr("The sandbox is reduced: %1.").arg(reasons.join(QStringLiteral("; ")));
        return verdict;
    }
    verdict.level = SandboxLevel::Full;
    verdict.sentence = tr("The sandbox is full: no files, no network, no other processes, and few system calls.");
    return verdict;
}

QString sandboxLevelName(SandboxLevel level)
{
    switch (level) {
    case SandboxLevel::None:
        return QStringLiteral("none");
    case SandboxLevel::Reduced:
        return QStringLiteral("reduced");
    case SandboxLevel::Full:
        return QStringLiteral("full");
    }
    return {};
}

QString shortfall(const wire::SandboxReport &report, const wire::SandboxReport &promised)
{
    for (const wire::SandboxStep &step : promised.steps()) {
        if (step.done() && !isDone(report, step.layer()))
            return layerName(step.layer());
    }
    if (report.landlock_abi() < promised.landlock_abi())
        return layerName(wire::LAYER_LANDLOCK_FILES);
    return {};
}

const std::vector<wire::SandboxLayer> &sandboxLayers()
{
    static const std::vector<wire::SandboxLayer> layers = [] {
        std::vector<wire::SandboxLayer> all;
        for (int number = wire::SandboxLayer_MIN + 1; number <= wire::SandboxLayer_MAX; ++number)
            all.push_back(wire::SandboxLayer(number));
        return all;
    }();
    return layers;
}

QString layerName(wire::SandboxLayer layer)
{
    switch (layer) {
    case wire::LAYER_USER_NAMESPACE:
        return tr("user namespace");
    case wire::LAYER_MOUNT_NAMESPACE:
        return tr("mount namespace");
    case wire::LAYER_NETWORK_NAMESPACE:
        return tr("network namespace");
    case wire::LAYER_IPC_NAMESPACE:
        return tr("IPC namespace");
    case wire::LAYER_UTS_NAMESPACE:
        return tr("UTS namespace");
    case wire::LAYER_CGROUP_NAMESPACE:
        return tr("cgroup namespace");
    case wire::LAYER_PID_NAMESPACE:
        return tr("PID namespace");
    case wire::LAYER_EMPTY_ROOT:
        return tr("empty root");
    case wire::LAYER_SESSION:
        return tr("own session");
    case wire::LAYER_DESCRIPTORS:
        return tr("descriptors closed");
    case wire::LAYER_LIMITS:
        return tr("limits");
    case wire::LAYER_NO_NEW_PRIVILEGES:
        return tr("no new privileges");
    case wire::LAYER_NO_CAPABILITIES:
        return tr("no capabilities");
    case wire::LAYER_NOT_DUMPABLE:
        return tr("not dumpable");
    case wire::LAYER_LANDLOCK_FILES:
        return tr("Landlock: files");
    case wire::LAYER_LANDLOCK_NETWORK:
        return tr("Landlock: network");
    case wire::LAYER_LANDLOCK_SCOPES:
        return tr("Landlock: signals and sockets");
    case wire::LAYER_SYSTEM_CALL_FILTER:
        return tr("system call filter");
    case wire::LAYER_FORBIDDEN_CALLS_NAMED:
        return tr("forbidden calls are named");
    default:
        return tr("unknown layer");
    }
}

QString layerSentence(wire::SandboxLayer layer)
{
    switch (layer) {
    case wire::LAYER_USER_NAMESPACE:
        return tr("Its user has no rights outside.");
    case wire::LAYER_MOUNT_NAMESPACE:
        return tr("It has a file tree of its own.");
    case wire::LAYER_NETWORK_NAMESPACE:
        return tr("It has no network device but a loopback that is down.");
    case wire::LAYER_IPC_NAMESPACE:
        return tr("It sees nobody’s System V objects and message queues.");
    case wire::LAYER_UTS_NAMESPACE:
        return tr("It cannot name the machine.");
    case wire::LAYER_CGROUP_NAMESPACE:
        return tr("It does not see where it stands among control groups.");
    case wire::LAYER_PID_NAMESPACE:
        return tr("It sees no other process and cannot signal one.");
    case wire::LAYER_EMPTY_ROOT:
        return tr("Its file tree is one empty, read-only folder.");
    case wire::LAYER_SESSION:
        return tr("Signals to its process group reach nobody else.");
    case wire::LAYER_DESCRIPTORS:
        return tr("It holds its channel, its log and its event loop, and nothing else that is open.");
    case wire::LAYER_LIMITS:
        return tr("Memory, threads, descriptors and the like are limited.");
    case wire::LAYER_NO_NEW_PRIVILEGES:
        return tr("No program it could run would give it rights.");
    case wire::LAYER_NO_CAPABILITIES:
        return tr("It has none of root’s rights, not even in its own namespace.");
    case wire::LAYER_NOT_DUMPABLE:
        return tr("Others of its user cannot look into it, and it leaves no core.");
    case wire::LAYER_LANDLOCK_FILES:
        return tr("Even if it saw files, it could not open them.");
    case wire::LAYER_LANDLOCK_NETWORK:
        return tr("Even if it had a network, it could not connect or listen.");
    case wire::LAYER_LANDLOCK_SCOPES:
        return tr("No signals and no abstract sockets to anybody outside.");
    case wire::LAYER_SYSTEM_CALL_FILTER:
        return tr("The kernel answers a short list of system calls; any other ends the process.");
    case wire::LAYER_FORBIDDEN_CALLS_NAMED:
        return tr("When a system call ends it, you are told which.");
    default:
        return {};
    }
}

} // namespace bulkhead
