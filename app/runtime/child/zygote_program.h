// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/zygote/fork_server.h"

#include <functional>
#include <map>
#include <string_view>
#include <vector>

namespace bulkhead {

/// The words of a command line of the form --name=value, by name.
using ProgramOptions = std::map<std::string_view, std::string_view>;
ProgramOptions programOptions(int argc, char **argv);

/// A program that children are forked from, without Qt: what it loads once, and what each child then is.
struct ZygoteProgram
{
    /// When the file system is left behind.
    enum class Files {
        GoneForAll, ///< before the first child is made: everything that one will need is in memory after prepare()
        LeftByEach, ///< by each child, which needs files of its own until then
    };

    const char *name; ///< for who starts it by hand
    /// What a child of this program can be.
    std::vector<sandbox::Role> roles;
    Files files;
    /// Runs in the fork server, with files still there; starts no threads.
    std::function<void(const ProgramOptions &options, wire::SandboxMode mode)> prepare;
    /// Runs in every child, which is not locked down yet: that is its first deed. Its result is the exit code.
    std::function<int(ForkServer::Child child)> run;
};

/// The way of every untrusted process until it is itself: find out what this machine allows, prepare, enter the
/// namespaces, serve as fork server; in each child, take care of how it ends and crashes, then run. Options:
/// --type=zygote --channel-fd=N [--sandbox=off], and the program's own.
int runZygoteProgram(int argc, char **argv, const ZygoteProgram &program);

} // namespace bulkhead
