// SPDX-License-Identifier: BSD-3-Clause
// The executable of plugins' processes; links no Qt, which plugins that need it bring along. Started by the browser only:
//   bulkhead-plugin-host --type=zygote --channel-fd=N [--sandbox=off] [--qt=LIBRARY] [--wait-debugger=yes]
#include "app/child/end_signals.h"
#include "app/child/out_of_memory.h"
#include "app/child/watchdog.h"
#include "app/crash/crash_handler.h"
#include "app/plugin_host/in_process.h"
#include "app/sandbox/host_probe.h"
#include "app/sandbox/namespaces.h"
#include "app/zygote/fork_server.h"
#include "ipc/core/exit_codes.h"
#include "plugin_host/loader/plugin_library.h"
#include "plugin_host/process/plugin_process.h"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <dlfcn.h>
#include <map>
#include <poll.h>
#include <string_view>
#include <sys/prctl.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

std::map<std::string_view, std::string_view> parseOptions(int argc, char **argv)
{
    std::map<std::string_view, std::string_view> options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view arg = argv[i];
        const auto equals = arg.find('=');
        if (arg.substr(0, 2) == "--" && equals != arg.npos)
            options[arg.substr(2, equals - 2)] = arg.substr(equals + 1);
    }
    return options;
}

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

/// The two stages. In the first everything is on but that libraries may still be loaded; then the plugin's library is, and that
/// ends, too. The browser gives no content before it has heard of the end.
[[noreturn]] void runPlugin(ForkServer::Child child, const QtRuntime *qt, bool waitForDebugger)
{
    if (waitForDebugger) {
        std::fprintf(stderr, "<4>process %d waits for a debugger: gdb -p %d, then continue; or kill -CONT %d\n", ::getpid(), ::getpid(), ::getpid());
        ::raise(SIGSTOP);
    }
    const bool caged = child.order.mode != wire::SANDBOX_OFF;
    auto library = PluginLibrary::prepare(std::move(child.library), child.plugin, qt ? qt->version() : "");
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
    PluginProcess process(channel, [&] { watchdog.taskBegins(); }, [&] { watchdog.taskEnds(); });
    process.run(**plugin, qt);
}

} // namespace

int main(int argc, char **argv)
{
    auto options = parseOptions(argc, argv);
    if (options.count("in-process") > 0)
        runInProcess(options, options["qt"].empty() ? nullptr : loadQt(std::string(options["qt"]), false));
    const std::string_view number = options["channel-fd"];
    int fd = 0;
    std::from_chars(number.data(), number.data() + number.size(), fd);
    if (options["type"] != "zygote" || fd < 3) {
        std::fputs("bulkhead-plugin-host is started by bulkhead, not by hand.\n", stderr);
        return 2;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    UniqueFd channel{fd};
    const auto start = std::chrono::steady_clock::now();
    sandbox::HostProbe probe;
    if (options["sandbox"] != "off")
        probe = sandbox::probeHost();
    const wire::SandboxMode mode = probe.report.mode();
    const QtRuntime *qt = nullptr;
    if (!options["qt"].empty())
        qt = loadQt(std::string(options["qt"]), mode != wire::SANDBOX_OFF);
    rememberLoadedFiles();

    ForkServer server(std::move(channel), mode);
    // The file system stays: each plugin needs libraries of its own. Its children leave it.
    Result<void> entered = sandbox::enterNamespaces(mode);
    if (entered && isRooted(mode))
        entered = sandbox::prepareEmptyFileSystem();
    if (!entered) {
        std::fprintf(stderr, "<3>the sandbox cannot be entered: %s\n", entered.error().what.c_str());
        return exit_codes::SetupFailed;
    }
    wire::ZygoteReady ready;
    const auto took = std::chrono::steady_clock::now() - start;
    ready.set_preload_microseconds(std::uint32_t(std::chrono::duration_cast<std::chrono::microseconds>(took).count()));
    *ready.mutable_sandbox() = probe.report;
    ready.set_refusal(probe.refusal);
    ready.set_why_not_full(probe.whyNotFull);
    std::optional<ForkServer::Child> child = server.serve(std::move(ready));
    if (!child)
        return 0;
    ::signal(SIGPIPE, SIG_IGN);
    letSignalsEndThisProcess();
    endWhenOutOfMemory();
    installCrashHandler(std::move(child->crash));
    runPlugin(std::move(*child), qt, !options["wait-debugger"].empty());
}
