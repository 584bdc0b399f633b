// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/command_line.h"

#include "app/programs/command_lines/plugin_command.h"
#include "ipc/channel/limits.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("CommandLine", source);
}

tl::unexpected<Error> refuse(const QString &sentence)
{
    return fail(Error{sentence.toStdString(), 0});
}

void readRenderers(const ParsedCommand &command, PageProcessPool::Options &renderers)
{
    using std::chrono::milliseconds;
    using std::chrono::seconds;
    renderers.model = processModelFromName(command.value("process-model")).value_or(renderers.model);
    renderers.softLimit = int(command.number("renderer-limit").value_or(renderers.softLimit));
    renderers.memoryLimit = command.bytes("renderer-memory").value_or(renderers.memoryLimit);
    renderers.threadLimit = quint32(command.number("renderer-threads").value_or(renderers.threadLimit));
    if (const auto limit = command.seconds("renderer-task-time"))
        renderers.taskLimit = seconds(qint64(*limit));
    if (const auto limit = command.seconds("hang-limit"))
        renderers.hangLimit = milliseconds(qint64(*limit * 1000));
}

Result<void> readPictures(const ParsedCommand &command, HeadlessRun::Options &headless)
{
    headless.windowSize = command.size("window-size").value_or(headless.windowSize);
    headless.scale = command.number("scale").value_or(headless.scale);
    const QSizeF pixels = QSizeF(headless.windowSize) * headless.scale;
    if (pixels.width() > limits::FrameEdge || pixels.height() > limits::FrameEdge)
        return refuse(tr("--window-size times --scale must not exceed %1 pixels on an edge.").arg(limits::FrameEdge));
    if (const auto timeout = command.seconds("timeout"))
        headless.timeout = std::chrono::seconds(qint64(*timeout));
    headless.screenshotFile = command.value("screenshot");
    headless.dumpText = command.has("dump-text");
    headless.height = command.has("full-page") ? HeadlessRun::PageHeight::WholePage : HeadlessRun::PageHeight::Window;
    return {};
}

Result<void> readPlugins(const ParsedCommand &command, CommandLine &line)
{
    line.pluginModel = pluginProcessModelFromName(command.value("plugin-process-model")).value_or(line.pluginModel);
    line.watchPlugins = command.has("plugin-watch");
    line.waitForDebugger = command.has("plugin-wait-debugger");
    if (line.waitForDebugger && !command.has("no-sandbox"))
        return refuse(
            tr("--plugin-wait-debugger needs --no-sandbox: a debugger cannot look into a locked-down process."));
    line.pluginFolders = command.values("plugin-path");
    for (QString &folder : line.pluginFolders) {
        if (!QFileInfo(folder).isDir())
            return refuse(tr("--plugin-path: there is no folder \"%1\".").arg(folder));
        folder = QFileInfo(folder).absoluteFilePath();
    }
    return {};
}

Result<void> readFiles(const ParsedCommand &command, CommandLine &line)
{
    for (const auto &[option, file] :
         {std::pair("control-socket", &line.controlSocket), std::pair("trace", &line.traceFile)}) {
        if (!command.has(option))
            continue;
        *file = command.value(option);
        if (!QFileInfo(QFileInfo(*file).absolutePath()).isDir())
            return refuse(tr("--%1: there is no folder for \"%2\".").arg(QLatin1String(option), *file));
        *file = QFileInfo(*file).absoluteFilePath();
    }
    line.log.level = log::levelFromName(command.value("log-level")).value_or(spdlog::level::warn);
    line.log.file = command.value("log-file");
    line.profile = command.value("profile");
    return {};
}

void readSandboxCheck(const ParsedCommand &command, CommandLine &line)
{
    line.mode = CommandLine::Mode::SandboxCheck;
    if (!command.has("log-level"))
        line.log.level = spdlog::level::off; // processes end here on purpose
    if (command.has("json"))
        line.checkOutput = CommandLine::CheckOutput::Json;
    if (command.has("apparmor-profile"))
        line.checkOutput = CommandLine::CheckOutput::AppArmorProfile;
}

Result<void> readTask(const ParsedCommand &command, CommandLine &line)
{
    const bool picture = command.has("screenshot"), text = command.has("dump-text"), serve = command.has("serve");
    if (!command.has("headless") && !serve && !picture && !text)
        return {};
    line.mode = CommandLine::Mode::Headless;
    if (serve) {
        if (picture || text)
            return refuse(
                tr("--serve goes on until it is told to end; --screenshot and --dump-text do not fit with it."));
        line.headlessRole = CommandLine::HeadlessRole::Serve;
        return {};
    }
    line.renderers.keepSpare = false;
    if (!picture && !text)
        return refuse(tr("--headless needs something to do: --screenshot FILE, --dump-text or --serve."));
    if (line.addresses.size() != 1)
        return refuse(tr("--headless needs exactly one address, not %1.").arg(line.addresses.size()));
    const QFileInfo folder(QFileInfo(line.headless.screenshotFile).absolutePath());
    if (picture && !folder.isDir())
        return refuse(tr("The folder %1 for the picture does not exist.").arg(folder.filePath()));
    return {};
}

} // namespace

Result<CommandLine> CommandLine::of(const ParsedCommand &given)
{
    const ParsedCommand command =
        given.path == QStringList({QStringLiteral("plugin"), QStringLiteral("run")}) ? pluginRunAsApp(given) : given;
    CommandLine line;
    readRenderers(command, line.renderers);
    if (const auto read = readPictures(command, line.headless); !read)
        return tl::unexpected(read.error());
    if (const auto read = readPlugins(command, line); !read)
        return tl::unexpected(read.error());
    if (const auto read = readFiles(command, line); !read)
        return tl::unexpected(read.error());
    line.start = command.has("no-zygote") ? Start::Exec : Start::Zygote;
    line.sandbox = command.has("no-sandbox") ? SandboxUse::Off : SandboxUse::On;
    const QString scheme = command.value("color-scheme");
    line.colors = scheme == u"light" ? Colors::Light : scheme == u"dark" ? Colors::Dark : Colors::System;
    line.headless.dark = line.colors == Colors::Dark;
    if (command.path == QStringList(QStringLiteral("sandbox-check"))) {
        readSandboxCheck(command, line);
        return line;
    }
    if (command.has("json") || command.has("apparmor-profile"))
        return refuse(tr("--json and --apparmor-profile belong to sandbox-check."));
    line.addresses = command.words;
    if (const auto read = readTask(command, line); !read)
        return tl::unexpected(read.error());
    return line;
}

} // namespace bulkhead
