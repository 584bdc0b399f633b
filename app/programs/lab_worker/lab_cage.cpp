// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/lab_worker/lab_cage.h"

#include "app/runtime/sandbox/landlock.h"
#include "app/runtime/sandbox/policies.h"
#include "app/runtime/sandbox/privileges.h"
#include "app/runtime/sandbox/socket_usher.h"
#include "app/runtime/sandbox/system_call_filter.h"
#include "ipc/lab/mechanisms/internet_address.h"
#include "ipc/lab/mechanisms/mechanism.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <optional>
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
    grants.signals = uses("signals");
    return grants;
}

/// The host in "HOST" or "HOST:PORT", and the port; nothing for other kinds of addresses.
std::string hostOf(const std::string &address, std::uint16_t *port = nullptr)
{
    const Result<lab::InternetAddress> parsed = lab::InternetAddress::parse(address);
    char text[INET6_ADDRSTRLEN] = {};
    if (!parsed)
        return {};
    const bool isV6 = parsed->family() == AF_INET6;
    const auto *v4 = reinterpret_cast<const sockaddr_in *>(parsed->get());
    const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(parsed->get());
    if (port)
        *port = ntohs(isV6 ? v6->sin6_port : v4->sin_port);
    return ::inet_ntop(parsed->family(), isV6 ? static_cast<const void *>(&v6->sin6_addr) : &v4->sin_addr, text,
                       sizeof text);
}

SocketRealm realmFor(const lab::Needs &needs, const lab::Place &place)
{
    const auto makes = [&needs](int family) {
        return std::any_of(needs.sockets.begin(), needs.sockets.end(),
                           [family](const lab::SocketNeed &need) { return need.family == family; });
    };
    SocketRealm realm;
    if (makes(AF_UNIX)) {
        realm.folder = place.folder;
        realm.broker = place.broker;
    }
    if (makes(AF_INET) || makes(AF_INET6)) {
        realm.ownHost = hostOf(place.address, &realm.port);
        for (const std::string &host : {realm.ownHost, hostOf(place.remote)}) {
            if (!host.empty())
                realm.hosts.push_back(host);
        }
    }
    if (std::find(needs.resources.begin(), needs.resources.end(), std::string_view("multicast")) !=
        needs.resources.end())
        realm.group = lab::MulticastGroup;
    return realm;
}

} // namespace

Result<wire::SandboxReport> confineLabWorker(const lab::Needs &needs, const lab::Place &place)
{
    std::vector<may::SocketKind> sockets;
    for (const lab::SocketNeed &need : needs.sockets)
        sockets.push_back({need.family, need.type});
    const Result<Policy> policy = labWorkerPolicy(needs.calls, ::getpid(), sockets);
    if (!policy)
        return tl::unexpected(policy.error());
    const Result<SystemCallFilter> filter = SystemCallFilter::compile(*policy, Executioner::Kernel);
    if (!filter)
        return tl::unexpected(filter.error());
    if (const auto done = forbidNewPrivileges(); !done)
        return tl::unexpected(done.error());
    if (const auto done = dropCapabilities(); !done)
        return tl::unexpected(done.error());
    std::optional<SocketUsher> usher;
    if (policy->asks()) {
        Result<SocketUsher> started = SocketUsher::start(realmFor(needs, place));
        if (!started)
            return tl::unexpected(started.error());
        usher = std::move(*started);
    }
    const LandlockGrants grants = grantsFor(needs, place.folder);
    const Result<LandlockExtent> landlock = denyEverythingBut(grants);
    // An older kernel has none; the filter stays.
    if (!landlock && landlock.error().number != ENOSYS && landlock.error().number != EOPNOTSUPP)
        return tl::unexpected(landlock.error());
    Result<UniqueFd> installed = filter->install();
    if (!installed)
        return tl::unexpected(installed.error());
    if (usher) {
        if (const Result<void> taken = usher->takeOver(std::move(*installed)); !taken)
            return tl::unexpected(taken.error());
    }

    wire::SandboxReport report;
    report.set_mode(wire::NO_NAMESPACES);
    report.set_role(std::string(roles::labWorker().name));
    const auto step = [&report](wire::SandboxLayer layer, bool done) {
        wire::SandboxStep &added = *report.add_steps();
        added.set_layer(layer);
        added.set_done(done);
    };
    step(wire::LAYER_NO_NEW_PRIVILEGES, true);
    step(wire::LAYER_NO_CAPABILITIES, true);
    step(wire::LAYER_LANDLOCK_FILES, landlock && landlock->abi > 0 && !grants.anyFile);
    step(wire::LAYER_LANDLOCK_NETWORK, landlock && landlock->network);
    step(wire::LAYER_LANDLOCK_SCOPES, landlock && landlock->scopes && !grants.signals);
    step(wire::LAYER_SYSTEM_CALL_FILTER, true);
    report.set_landlock_abi(landlock ? std::uint32_t(landlock->abi) : 0);
    return report;
}

} // namespace bulkhead::sandbox
