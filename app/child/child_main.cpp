// SPDX-License-Identifier: BSD-3-Clause
// The one executable of all untrusted processes. Started by the browser only:
//   bulkhead-child --type=zygote   --channel-fd=N
//   bulkhead-child --type=renderer --channel-fd=N --memory-limit=BYTES
#include "app/child/child_logging.h"
#include "app/child/memory_limit.h"
#include "app/child/watchdog.h"
#include "app/zygote/fork_server.h"
#include "ipc/core/exit_codes.h"
#include "renderer/process/prepare.h"
#include "renderer/process/renderer_process.h"

#include <QElapsedTimer>
#include <QGuiApplication>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <map>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <unistd.h>

namespace {

using namespace bulkhead;

/// Longest piece of work a renderer may do without coming back to its event loop: layout of the largest documents that
/// the page limits let through takes a second or two on a slow machine.
constexpr std::chrono::seconds TaskLimit{10};

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

std::uint64_t number(std::string_view text, std::uint64_t otherwise)
{
    std::uint64_t value = otherwise;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? value : otherwise;
}

int runRenderer(UniqueFd channel, std::uint64_t memoryLimit)
{
    ::signal(SIGPIPE, SIG_IGN);
    applyMemoryLimit(memoryLimit);
    Watchdog watchdog(channel.get(), TaskLimit);
    RendererProcess renderer(std::move(channel), watchdog);
    QObject::connect(&renderer, &RendererProcess::finished, qApp, [](int exitCode) {
        // No destructors: whatever a page left behind must not delay or break the end of its process.
        std::fflush(nullptr);
        ::_exit(exitCode);
    });
    renderer.start();
    return QGuiApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const auto options = parseOptions(argc, argv);
    const auto option = [&options](std::string_view name) {
        const auto it = options.find(name);
        return it == options.end() ? std::string_view() : it->second;
    };
    const std::string_view type = option("type");
    const auto fd = number(option("channel-fd"), 0);
    if ((type != "zygote" && type != "renderer") || fd < 3) {
        std::fputs("bulkhead-child is started by bulkhead, not by hand.\n", stderr);
        return 2;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    UniqueFd channel{int(fd)};
    installChildLogging();

    QElapsedTimer preload;
    preload.start();
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    ::setenv("QT_NO_GLIB", "1", 1);
    int qtArgc = 1;
    QGuiApplication application(qtArgc, argv);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    prepareRenderer();
    if (type == "renderer") {
        ::setsid();
        return runRenderer(std::move(channel), number(option("memory-limit"), 0));
    }
    ForkServer server(std::move(channel));
    std::optional<ForkServer::Child> child = server.serve(std::uint64_t(preload.nsecsElapsed() / 1000));
    if (!child)
        return 0;
    return runRenderer(std::move(child->channel), child->memoryLimit);
}
