// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/child/zygote_program.h"

#include "app/runtime/child/end_signals.h"
#include "app/runtime/child/out_of_memory.h"
#include "app/runtime/crash/crash_handler.h"
#include "app/runtime/sandbox/host_probe.h"
#include "app/runtime/sandbox/namespaces.h"
#include "ipc/core/exit_codes.h"

#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <sys/prctl.h>

namespace bulkhead {

namespace {

std::string_view valueOf(const ProgramOptions &options, std::string_view name)
{
    const auto found = options.find(name);
    return found == options.end() ? std::string_view() : found->second;
}

int number(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

Result<void> enterCage(wire::SandboxMode mode, ZygoteProgram::Files files)
{
    if (const Result<void> entered = sandbox::enterNamespaces(mode); !entered)
        return entered;
    if (mode != wire::USER_NAMESPACE && mode != wire::ROOT_NAMESPACES)
        return {};
    return files == ZygoteProgram::Files::GoneForAll ? sandbox::leaveFileSystem() : sandbox::prepareEmptyFileSystem();
}

} // namespace

ProgramOptions programOptions(int argc, char **argv)
{
    ProgramOptions options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view arg = argv[i];
        const auto equals = arg.find('=');
        if (arg.substr(0, 2) == "--" && equals != arg.npos)
            options[arg.substr(2, equals - 2)] = arg.substr(equals + 1);
    }
    return options;
}

int runZygoteProgram(int argc, char **argv, const ZygoteProgram &program)
{
    const ProgramOptions options = programOptions(argc, argv);
    const int fd = number(valueOf(options, "channel-fd"));
    if (valueOf(options, "type") != "zygote" || fd < 3) {
        std::fprintf(stderr, "%s is started by bulkhead, not by hand.\n", program.name);
        return 2;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    UniqueFd channel{fd};
    sandbox::HostProbe probe;
    if (valueOf(options, "sandbox") != "off")
        probe = sandbox::probeHost();
    const wire::SandboxMode mode = probe.report.mode();

    const auto start = std::chrono::steady_clock::now();
    program.prepare(options, mode);
    rememberLoadedFiles();
    ForkServer server(std::move(channel), mode, program.roles);
    if (const Result<void> entered = enterCage(mode, program.files); !entered) {
        // The throw-away process could and this one cannot: nobody is served by a cage with a hole.
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
    return program.run(std::move(*child));
}

} // namespace bulkhead
