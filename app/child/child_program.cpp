// SPDX-License-Identifier: BSD-3-Clause
#include "app/child/child_program.h"

#include "app/child/child_logging.h"
#include "app/child/end_signals.h"
#include "app/child/out_of_memory.h"
#include "app/crash/crash_handler.h"
#include "app/sandbox/host_probe.h"
#include "app/sandbox/namespaces.h"
#include "app/zygote/fork_server.h"
#include "ipc/core/exit_codes.h"

#include <QElapsedTimer>
#include <QGuiApplication>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <map>
#include <string_view>
#include <sys/prctl.h>

namespace bulkhead {

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

int number(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

Result<void> enterCage(wire::SandboxMode mode)
{
    if (const Result<void> entered = sandbox::enterNamespaces(mode); !entered)
        return entered;
    const bool rooted = mode == wire::USER_NAMESPACE || mode == wire::ROOT_NAMESPACES;
    return rooted ? sandbox::leaveFileSystem() : Result<void>();
}

} // namespace

int runChildProgram(int argc, char **argv, const ChildProgram &program)
{
    auto options = parseOptions(argc, argv);
    const int fd = number(options["channel-fd"]);
    if (options["type"] != "zygote" || fd < 3) {
        std::fputs("bulkhead-child is started by bulkhead, not by hand.\n", stderr);
        return 2;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    UniqueFd channel{fd};
    installChildLogging();

    sandbox::HostProbe probe;
    if (options["sandbox"] != "off")
        probe = sandbox::probeHost();
    const wire::SandboxMode mode = probe.report.mode();
    const bool caged = mode != wire::SANDBOX_OFF;

    QElapsedTimer preload;
    preload.start();
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    ::setenv("QT_NO_GLIB", "1", 1);
    program.beforeQt(caged);
    int qtArgc = 1;
    // Never deleted: a child ends without destructors, whatever a page left behind must not delay or break that.
    new QGuiApplication(qtArgc, argv);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    program.prepare();
    rememberLoadedFiles();

    ForkServer server(std::move(channel), mode);
    if (const Result<void> entered = enterCage(mode); !entered) {
        // The throw-away process could and this one cannot: nobody is served by a cage with a hole.
        std::fprintf(stderr, "<3>the sandbox cannot be entered: %s\n", entered.error().what.c_str());
        return exit_codes::SetupFailed;
    }
    wire::ZygoteReady ready;
    ready.set_preload_microseconds(std::uint32_t(preload.nsecsElapsed() / 1000));
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
    StartedChild started;
    started.limits = child->order.limits;
    started.cage = sandbox::lockDown(child->order);
    started.channel = std::move(child->channel);
    return program.run(std::move(started));
}

} // namespace bulkhead
