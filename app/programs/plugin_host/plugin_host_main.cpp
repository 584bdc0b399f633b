// SPDX-License-Identifier: BSD-3-Clause
// The executable of plugins' processes; links no Qt, which plugins that need it bring along. Started by the browser
// only:
//   bulkhead-plugin-host --type=zygote --channel-fd=N [--sandbox=off] [--qt=LIBRARY] [--wait-debugger=yes]
#include "app/programs/plugin_host/in_process.h"
#include "app/runtime/child/watchdog.h"
#include "app/runtime/child/zygote_program.h"
#include "app/runtime/sandbox/namespaces.h"
#include "ipc/core/exit_codes.h"
#include "plugin_host/loader/plugin_library.h"
#include "plugin_host/process/plugin_process.h"

#include <chrono>
#include <csignal>
#include <cstdio>
#include <dlfcn.h>
#include <poll.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

const QtRuntime *loadQt(const std::string &library, bool caged)
{
    void *handle = ::dlopen(library.c_str(), RTLD_NOW | RTLD_GLOBAL);
    const auto *runtime = handle ? static_cast<const QtRuntime *>(::dlsym(handle, QtRuntimeSymbol)) : nullptr;
    if (!runtime || runtime->size != sizeof(QtRuntime)) {
        std::fprintf(stderr, "<3>no Qt for plugins: %s\n", handle ? "another build" : ::dlerror());
        return nullptr;
    }
    runtime->prepare(caged ? 1 : 0);
    return runtime;
}

bool isRooted(wire::SandboxMode mode)
{
    return mode == wire::USER_NAMESPACE || mode == wire::ROOT_NAMESPACES;
}

/// The two stages. In the first everything is on but that libraries may still be loaded; then the plugin's library is,
/// and that ends, too. The browser gives no content before it has heard of the end.
[[noreturn]] void runPlugin(ForkServer::Child child, const QtRuntime *qt, bool waitForDebugger)
{
    if (waitForDebugger) {
        std::fprintf(stderr, "<4>process %d waits for a debugger: gdb -p %d, then continue; or kill -CONT %d\n",
                     ::getpid(), ::getpid(), ::getpid());
        ::raise(SIGSTOP);
    }
    const bool caged = child.order.mode != wire::SANDBOX_OFF;
    wire::PluginLoad load;
    if (!load.ParseFromString(child.startup) || child.startupFds.size() != 1)
        ::_exit(exit_codes::SetupFailed);
    auto library = PluginLibrary::prepare(std::move(child.startupFds[0]), load, qt ? qt->version() : "");
    const Result<sandbox::LoadingEnd> loadingEnd = sandbox::LoadingEnd::prepare(child.order.mode);
    bool inFolder = false;
    if (isRooted(child.order.mode)) {
        const Result<void> left = sandbox::leaveFileSystemButDescriptors();
        inFolder = left.has_value();
        if (!left) {
            std::fprintf(stderr, "<3>the file system cannot be left: %s\n", left.error().what.c_str());
            ::_exit(exit_codes::SetupFailed);
        }
    }
    sandbox::LockedDown cage = sandbox::lockDown(child.order);
    const std::chrono::seconds taskLimit(child.order.limits.task_seconds());
    BlockingChannel channel(std::move(child.channel));
    Watchdog watchdog(channel.socket(), taskLimit);
    wire::RendererToBrowser ready;
    ready.mutable_ready()->set_protocol(PluginProcess::Protocol);
    *ready.mutable_ready()->mutable_sandbox() = cage.report;
    Fds fds;
    if (cage.listener)
        fds.push_back(std::move(cage.listener));
    if (!channel.send(ready, std::move(fds)))
        ::_exit(exit_codes::Clean);

    const auto giveUp = [&channel](const PluginFault &fault) {
        PluginProcess::fail(channel, fault);
        // Until the browser has read that: it would not look any more at the channel of a process that is gone.
        for (;;)
            ::poll(nullptr, 0, -1);
    };
    if (!library)
        giveUp(library.error());
    if (caged && !loadingEnd)
        giveUp({PluginCode::Sandbox, "filter", loadingEnd.error().what, "a filter"});
    watchdog.taskBegins();
    const auto plugin = library->open(inFolder ? sandbox::DescriptorFolder : "/proc/self/fd");
    watchdog.taskEnds();
    if (const Result<void> applied = loadingEnd->apply(); !applied)
        giveUp({PluginCode::Sandbox, "filter", applied.error().what, "a filter"});
    if (!plugin)
        giveUp(plugin.error());
    PluginProcess process(
        channel, [&] { watchdog.taskBegins(); }, [&] { watchdog.taskEnds(); });
    process.run(**plugin, qt);
}

} // namespace

int main(int argc, char **argv)
{
    ProgramOptions options = programOptions(argc, argv);
    const std::string library(options["qt"]);
    if (options.count("in-process") > 0)
        runInProcess(options, library.empty() ? nullptr : loadQt(library, false));
    const QtRuntime *qt = nullptr;
    const auto prepare = [&](const ProgramOptions &, wire::SandboxMode mode) {
        if (!library.empty())
            qt = loadQt(library, mode != wire::SANDBOX_OFF);
    };
    const bool waitForDebugger = !options["wait-debugger"].empty();
    const auto run = [&](ForkServer::Child child) -> int { runPlugin(std::move(child), qt, waitForDebugger); };
    // Each plugin needs libraries of its own.
    return runZygoteProgram(
        argc, argv,
        {"bulkhead-plugin-host", {sandbox::roles::plugin()}, ZygoteProgram::Files::LeftByEach, prepare, run});
}
