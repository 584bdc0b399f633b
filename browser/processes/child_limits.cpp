// SPDX-License-Identifier: BSD-3-Clause
#include "browser/processes/child_limits.h"

namespace bulkhead {

namespace {

wire::SandboxLimits limits(std::uint64_t megabytes, std::uint32_t taskSeconds, std::uint32_t threads,
                           std::uint32_t totalSeconds)
{
    wire::SandboxLimits result;
    result.set_memory_bytes(megabytes << 20);
    result.set_task_seconds(taskSeconds);
    result.set_threads(threads);
    result.set_total_seconds(totalSeconds);
    return result;
}

} // namespace

wire::SandboxLimits defaultLimits(wire::SandboxRole role)
{
    switch (role) {
    case wire::PLUGIN_HOST:
        return limits(512, 10, 32, 0);
    case wire::LAB_WORKER: // runs one demonstration
        return limits(256, 0, 32, 60);
    case wire::DECODER: // decodes one file
        return limits(256, 0, 8, 30);
    case wire::RENDERER:
    case wire::QML_RENDERER:
    default:
        // Layout of the largest documents that the page limits let through takes a second or two on a slow machine.
        return limits(1024, 10, 64, 0);
    }
}

} // namespace bulkhead
