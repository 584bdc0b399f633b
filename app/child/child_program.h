// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/sandbox/lock_down.h"
#include "ipc/core/unique_fd.h"

namespace bulkhead {

/// What a child process finds itself with when it begins its role: locked down already.
struct StartedChild
{
    UniqueFd channel;
    wire::SandboxLimits limits;
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
};

/// The way of every untrusted process, whatever its role: find out what this machine allows, load Qt and what @p
/// program prepares, leave the file system behind, serve as fork server; in each child, lock down and run. Options:
/// --type=zygote --channel-fd=N [--sandbox=off]
int runChildProgram(int argc, char **argv, const ChildProgram &program);

} // namespace bulkhead
