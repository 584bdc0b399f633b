// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/sandbox/lock_down.h"
#include "ipc/channel/packet.h"
#include "ipc/core/unique_fd.h"

#include <string>
#include <vector>

namespace bulkhead {

/// What a child process finds itself with when it begins its role: locked down already.
struct StartedChild
{
    UniqueFd channel;
    wire::SandboxLimits limits;
    std::string startup; ///< what the browser gave this role to begin with, and its descriptors
    Fds startupFds;
    sandbox::LockedDown cage; ///< report and listener go to the browser with the first message
};

/// An executable of untrusted processes: what it loads once, and what each process forked from it then does.
struct ChildProgram
{
    /// Runs in the zygote before there is a QGuiApplication. When @p caged, everything that a child will need has to be
    /// in memory after prepare(): files cannot be opened later.
    void (*beforeQt)(bool caged);
    /// Runs in the zygote, with a QGuiApplication, with files still there; starts no threads.
    void (*prepare)();
    /// Runs in every child; its result is the exit code.
    int (*run)(StartedChild child);
    /// What a child of this program can be.
    std::vector<sandbox::Role> roles = {sandbox::roles::renderer()};
};

/// runZygoteProgram() for programs with Qt: loads Qt and what @p program prepares, leaves the file system behind; in
/// each child, locks down and runs.
int runChildProgram(int argc, char **argv, const ChildProgram &program);

} // namespace bulkhead
