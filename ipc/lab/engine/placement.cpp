// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/placement.h"

#include <cerrno>
#include <fstream>
#include <sched.h>
#include <string>

namespace bulkhead::lab {

namespace {

constexpr struct
{
    Placement placement;
    const char *name;
} Names[] = {{Placement::Free, "free"}, {Placement::SameCore, "same"}, {Placement::CrossCore, "cross"}};

/// "0", "0,4" or "0-1": equal for processors of one core.
std::string siblings(std::uint32_t processor)
{
    std::ifstream in("/sys/devices/system/cpu/cpu" + std::to_string(processor) + "/topology/thread_siblings_list");
    std::string list;
    in >> list;
    return list.empty() ? std::to_string(processor) : list;
}

} // namespace

const char *placementName(Placement placement)
{
    for (const auto &entry : Names) {
        if (entry.placement == placement)
            return entry.name;
    }
    return "";
}

std::optional<Placement> placementFromName(std::string_view name)
{
    for (const auto &entry : Names) {
        if (name == entry.name)
            return entry.placement;
    }
    return {};
}

Result<Processors> processorsFor(Placement placement)
{
    if (placement == Placement::Free)
        return Processors{};
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (::sched_getaffinity(0, sizeof allowed, &allowed) < 0)
        return fail("sched_getaffinity");
    std::vector<std::uint32_t> usable;
    for (std::uint32_t i = 0; i < CPU_SETSIZE; ++i) {
        if (CPU_ISSET(i, &allowed))
            usable.push_back(i);
    }
    if (usable.empty())
        return fail(Error{"no processor may be used", EINVAL});
    // The last one: the first is the one that most interrupts go to.
    const std::uint32_t one = usable.back();
    if (placement == Placement::SameCore)
        return Processors{{one}, {one}};
    for (const std::uint32_t other : usable) {
        if (siblings(other) != siblings(one))
            return Processors{{other}, {one}};
    }
    return fail(Error{"this machine gives us one processor core only, so there is no placement \"cross\"", EINVAL});
}

} // namespace bulkhead::lab
