// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/app_options.h"

#include "browser/desktop/headless/headless_run.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "ipc/channel/limits.h"

#include <QCoreApplication>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("AppOptions", source);
}

QString number(double value)
{
    return QString::number(value);
}

std::vector<OptionSpec> headlessOptions()
{
    const HeadlessRun::Options usual;
    const QString size = QStringLiteral("%1x%2").arg(usual.windowSize.width()).arg(usual.windowSize.height());
    return {
        OptionSpec::flag("headless", tr("Run without a window (needs no display).")).withoutDisplay(),
        OptionSpec::valued("screenshot", "FILE", ValueKind::file(),
                           tr("Write a picture of the page to FILE (PNG); implies --headless."))
            .withoutDisplay(),
        OptionSpec::flag("dump-text", tr("Print the page's text; implies --headless.")).withoutDisplay(),
        OptionSpec::valued("window-size", "WxH", ValueKind::size(1, int(limits::FrameEdge)),
                           tr("Size of the page in logical pixels, for --headless."), size),
        OptionSpec::valued("scale", "S", ValueKind::real(0.25, 8),
                           tr("Device pixels per logical pixel, for --headless."), number(usual.scale)),
        OptionSpec::flag("full-page", tr("The picture shows the whole page, not only its beginning.")),
        OptionSpec::valued("timeout", "S", ValueKind::seconds(1, 3600).wholeOnly(),
                           tr("Give up after so long, for --headless."), number(double(usual.timeout.count()))),
        OptionSpec::flag("serve", tr("Without a window, stay and do what \"bulkhead ctl\" says; implies --headless."))
            .withoutDisplay(),
    };
}

std::vector<OptionSpec> processOptions()
{
    const PageProcessPool::Options usual;
    return {
        OptionSpec::valued(
            "process-model", "MODEL",
            ValueKind::choice({QStringLiteral("per-site"), QStringLiteral("per-tab"), QStringLiteral("single")}),
            tr("Which pages share a process:"), QStringLiteral("per-site")),
        OptionSpec::valued("renderer-limit", "N", ValueKind::whole(1, 1000),
                           tr("How many sites may be open at once. Beyond it hidden tabs are discarded, then pages "
                              "wait."),
                           number(usual.softLimit)),
        OptionSpec::valued("renderer-memory", "BYTES",
                           ValueKind::bytes(quint64(64) << 20, quint64(1) << 40).orWord(QStringLiteral("0")),
                           tr("Private memory of one renderer; 0 for no limit."), typedBytes(usual.memoryLimit)),
        OptionSpec::valued("renderer-task-time", "S", ValueKind::seconds(0, 86400).wholeOnly(),
                           tr("Processor time of one piece of a renderer's work; 0 for no limit."),
                           number(double(usual.taskLimit.count()))),
        OptionSpec::valued("renderer-threads", "N", ValueKind::whole(4, 10000), tr("Threads of one renderer."),
                           number(usual.threadLimit)),
        OptionSpec::valued("hang-limit", "S", ValueKind::seconds(0.2, 3600).orWord(QStringLiteral("0")),
                           tr("After so long a page that does not answer is called so; 0 for never."),
                           number(double(usual.hangLimit.count()) / 1000)),
        OptionSpec::flag("no-zygote", tr("Start every child as a new program instead of forking a prepared one.")),
        OptionSpec::flag("no-sandbox", tr("Do not lock processes down: for debugging, never for use.")),
    };
}

std::vector<OptionSpec> pluginOptions()
{
    return {
        OptionSpec::valued("plugin-path", "FOLDER", ValueKind::folder(),
                           tr("Look for plugins in FOLDER, too, before the usual ones."))
            .repeatable(),
        OptionSpec::valued("plugin-process-model", "MODEL",
                           ValueKind::choice({QStringLiteral("per-site"), QStringLiteral("per-type")}),
                           tr("Which documents of one plugin share a process:"), QStringLiteral("per-site")),
        OptionSpec::flag("plugin-watch", tr("Load pages again when a plugin in a --plugin-path is built anew.")),
        OptionSpec::flag(
            "plugin-wait-debugger",
            tr("Stop plugins' processes before they load the plugin, for a debugger; needs --no-sandbox.")),
    };
}

std::vector<OptionSpec> otherOptions()
{
    return {
        OptionSpec::valued(
            "color-scheme", "SCHEME",
            ValueKind::choice({QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")}),
            tr("Of the window and of pages:"), QStringLiteral("system")),
        OptionSpec::valued("profile", "FOLDER", ValueKind::folder(),
                           tr("Keep cache, cookies, history and settings in FOLDER.")),
        OptionSpec::valued("log-level", "LEVEL",
                           ValueKind::choice({QStringLiteral("trace"), QStringLiteral("debug"), QStringLiteral("info"),
                                              QStringLiteral("warn"), QStringLiteral("error"), QStringLiteral("off")}),
                           tr("What is logged:"), QStringLiteral("warn")),
        OptionSpec::valued("log-file", "FILE", ValueKind::file(),
                           tr("Write the log to FILE instead of standard error.")),
        OptionSpec::valued("control-socket", "PATH", ValueKind::file(),
                           tr("Listen for \"bulkhead ctl --socket PATH\" there instead of in the runtime folder.")),
        OptionSpec::valued("trace", "FILE", ValueKind::file(),
                           tr("Record what all processes do to FILE, for ui.perfetto.dev.")),
    };
}

} // namespace

std::vector<OptionSpec> appOptions()
{
    std::vector<OptionSpec> options = headlessOptions();
    for (const auto &part : {processOptions(), pluginOptions(), otherOptions()})
        options.insert(options.end(), part.begin(), part.end());
    return options;
}

CommandSpec sandboxCheckSpec()
{
    CommandSpec spec;
    spec.name = QStringLiteral("sandbox-check");
    spec.does = tr("Tries the sandbox in a fresh process and prints every layer.");
    spec.details = tr("Ends with 0 only when the sandbox is full.");
    spec.options = {
        OptionSpec::flag("json", tr("Print JSON.")),
        OptionSpec::flag("apparmor-profile", tr("Print an AppArmor profile that allows user namespaces, and no more.")),
    };
    spec.inherited = appOptions();
    return spec;
}

} // namespace bulkhead
