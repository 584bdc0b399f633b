// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/packet.h"
#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"
#include "ipc/messages/sandbox.pb.h"

#include <QtGlobal>

#include <functional>
#include <string>

namespace bulkhead {

/// Whether children are locked down.
enum class SandboxUse {
    On,
    Off, ///< --no-sandbox: the person said so, and is reminded of it all the time
};

/// What a process is to be.
struct ChildStart
{
    std::string role; ///< one of those that its program knows by name; decides its policy
    wire::SandboxLimits limits;
    std::string startup; ///< what that role needs to begin with, in its own terms
    Fds startupFds;

    ChildStart duplicate() const;
};

struct LaunchRequest
{
    ChildStart start;
    UniqueFd channel; ///< the child's end
    UniqueFd logWriteEnd;
    UniqueFd crashWriteEnd; ///< where it writes a crash::Record; may be empty
};

struct LaunchedChild
{
    qint64 pid = 0;
    UniqueFd pidFd; ///< becomes readable when the process ends; it is our child, so waitid() works on it
    /// What the throw-away child before it reached; this one has to report as much before it is given anything.
    wire::SandboxReport promised;
};

/// A way to get a child process. Main thread; never blocks.
class ChildLauncher
{
public:
    virtual ~ChildLauncher() = default;

    /// @p done is called exactly once, now or later, unless the launcher is deleted first.
    virtual void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) = 0;
};

} // namespace bulkhead
