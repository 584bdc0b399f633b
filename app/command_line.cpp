// SPDX-License-Identifier: BSD-3-Clause
#include "app/command_line.h"

#include "ipc/channel/limits.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFileInfo>
#include <QRegularExpression>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("CommandLine", source);
}

/// "800x600" within what a framebuffer holds.
std::optional<QSize> parseSize(const QString &text)
{
    static const QRegularExpression Pattern(QStringLiteral("^([0-9]{1,5})x([0-9]{1,5})$"));
    const QRegularExpressionMatch match = Pattern.match(text);
    if (!match.hasMatch())
        return {};
    const QSize size(match.captured(1).toInt(), match.captured(2).toInt());
    const int most = int(limits::FrameEdge);
    if (size.isEmpty() || size.width() > most || size.height() > most)
        return {};
    return size;
}

/// "512M", "1G", "1073741824"
std::optional<quint64> parseBytes(const QString &text)
{
    static const QRegularExpression Pattern(QStringLiteral("^([0-9]{1,12})([KMG]?)$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = Pattern.match(text);
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2).toUpper();
    const int shift = unit == u"K" ? 10 : unit == u"M" ? 20 : unit == u"G" ? 30 : 0;
    const quint64 number = match.captured(1).toULongLong();
    if (number > (quint64(1) << 40) >> shift)
        return {};
    return number << shift;
}

struct Options
{
    QCommandLineOption headless{QStringLiteral("headless"), tr("Run without a window (needs no display).")};
    QCommandLineOption screenshot{QStringLiteral("screenshot"), tr("Write a picture of the page to FILE (PNG); implies --headless."), QStringLiteral("FILE")};
    QCommandLineOption dumpText{QStringLiteral("dump-text"), tr("Print the page's text; implies --headless.")};
    QCommandLineOption windowSize{QStringLiteral("window-size"), tr("Size of the page in logical pixels, for --headless (1280x800)."), QStringLiteral("WxH")};
    QCommandLineOption scale{QStringLiteral("scale"), tr("Device pixels per logical pixel, for --headless (1)."), QStringLiteral("S")};
    QCommandLineOption fullPage{QStringLiteral("full-page"), tr("The picture shows the whole page, not only its beginning.")};
    QCommandLineOption timeout{QStringLiteral("timeout"), tr("Give up after S seconds, for --headless (30)."), QStringLiteral("S")};
    QCommandLineOption processModel{QStringLiteral("process-model"), tr("Which pages share a process: per-site (default), per-tab, single."), QStringLiteral("MODEL")};
    QCommandLineOption rendererLimit{QStringLiteral("renderer-limit"), tr("Number of renderers above which sites share one (24)."), QStringLiteral("N")};
    QCommandLineOption rendererMemory{QStringLiteral("renderer-memory"), tr("Private memory of one renderer, e.g. 512M or 1G; 0 for no limit (1G)."), QStringLiteral("BYTES")};
    QCommandLineOption noZygote{QStringLiteral("no-zygote"), tr("Start every child as a new program instead of forking a prepared one.")};
    QCommandLineOption noSandbox{QStringLiteral("no-sandbox"), tr("Do not lock processes down: for debugging, never for use.")};
    QCommandLineOption rendererTime{QStringLiteral("renderer-task-time"), tr("Processor time of one piece of a renderer's work, in seconds; 0 for no limit (10)."), QStringLiteral("S")};
    QCommandLineOption rendererThreads{QStringLiteral("renderer-threads"), tr("Threads of one renderer (64)."), QStringLiteral("N")};
    QCommandLineOption logLevel{QStringLiteral("log-level"), tr("trace, debug, info, warn (default), error or off."), QStringLiteral("LEVEL")};
    QCommandLineOption logFile{QStringLiteral("log-file"), tr("Write the log to FILE instead of standard error."), QStringLiteral("FILE")};
    QCommandLineOption colorScheme{QStringLiteral("color-scheme"), tr("system (default), light or dark."), QStringLiteral("SCHEME")};
    QCommandLineOption profile{QStringLiteral("profile"), tr("Keep cache, cookies, history and settings in FOLDER."), QStringLiteral("FOLDER")};
    QCommandLineOption json{QStringLiteral("json"), tr("For sandbox-check: print JSON.")};
    QCommandLineOption appArmorProfile{QStringLiteral("apparmor-profile"), tr("For sandbox-check: print an AppArmor profile that allows user namespaces.")};
    QCommandLineOption serve{QStringLiteral("serve"), tr("Without a window, stay and do what `bulkhead ctl` says; implies --headless.")};
    QCommandLineOption controlSocket{QStringLiteral("control-socket"), tr("Listen for `bulkhead ctl --socket PATH` there instead of in the runtime folder."), QStringLiteral("PATH")};
    QCommandLineOption hangLimit{QStringLiteral("hang-limit"), tr("Seconds after which a page that does not answer is called so; 0 for never (5)."), QStringLiteral("S")};
    QCommandLineOption trace{QStringLiteral("trace"), tr("Record what all processes do to FILE, for ui.perfetto.dev."), QStringLiteral("FILE")};
    QCommandLineOption pluginPath{QStringLiteral("plugin-path"), tr("Look for plugins in FOLDER, too, before the usual ones; may be repeated."), QStringLiteral("FOLDER")};
    QCommandLineOption pluginWatch{QStringLiteral("plugin-watch"), tr("Load pages again when a plugin in a --plugin-path is built anew.")};
    QCommandLineOption pluginWaitDebugger{QStringLiteral("plugin-wait-debugger"), tr("Stop plugins' processes before they load the plugin, for a debugger; needs --no-sandbox.")};
    QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")}, tr("Show this text.")};
    QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")}, tr("Show the version.")};
};

}  // namespace

std::optional<CommandLine> CommandLine::parse(const QStringList &arguments, QString *error)
{
    const Options o;
    QCommandLineParser parser;
    parser.setApplicationDescription(tr("Opens documents in tabs, each site in a process of its own."));
    parser.addOptions({o.headless, o.screenshot, o.dumpText, o.windowSize, o.scale, o.fullPage, o.timeout, o.processModel,
                       o.rendererLimit, o.rendererMemory, o.noZygote, o.logLevel, o.logFile, o.colorScheme, o.profile,
                       o.help, o.version, o.noSandbox, o.rendererTime, o.rendererThreads, o.json, o.appArmorProfile, o.serve,
                       o.controlSocket, o.hangLimit, o.trace, o.pluginPath, o.pluginWatch, o.pluginWaitDebugger});
    parser.addPositionalArgument(QStringLiteral("ADDRESS"), tr("URLs or files to open."), QStringLiteral("[ADDRESS... | sandbox-check]"));

    const auto refuse = [error](const QString &sentence) {
        *error = sentence;
        return std::optional<CommandLine>();
    };
    if (!parser.parse(QStringList(QStringLiteral("bulkhead")) + arguments))
        return refuse(parser.errorText());

    CommandLine line;
    line.addresses = parser.positionalArguments();
    line.log.level = spdlog::level::warn;
    if (parser.isSet(o.help)) {
        line.mode = Mode::ShowHelp;
        line.text = parser.helpText().replace(QLatin1String("<executable_name>"), QLatin1String("bulkhead"));
        return line;
    }
    if (parser.isSet(o.version)) {
        line.mode = Mode::ShowVersion;
        line.text = QStringLiteral("Bulkhead %1 (Qt %2)\n").arg(QStringLiteral(BULKHEAD_VERSION), QString::fromLatin1(qVersion()));
        return line;
    }

    if (parser.isSet(o.windowSize)) {
        const auto size = parseSize(parser.value(o.windowSize));
        if (!size)
            return refuse(tr("--window-size must be WIDTHxHEIGHT with edges from 1 to %1, such as 1280x800, not \"%2\".")
                              .arg(QString::number(limits::FrameEdge), parser.value(o.windowSize)));
        line.headless.windowSize = *size;
    }
    if (parser.isSet(o.scale)) {
        bool ok = false;
        const double scale = parser.value(o.scale).toDouble(&ok);
        if (!ok || !(scale >= 0.25 && scale <= 8))
            return refuse(tr("--scale must be a number from 0.25 to 8, not \"%1\".").arg(parser.value(o.scale)));
        line.headless.scale = scale;
        const QSizeF pixels = QSizeF(line.headless.windowSize) * scale;
        if (pixels.width() > limits::FrameEdge || pixels.height() > limits::FrameEdge)
            return refuse(tr("--window-size times --scale must not exceed %1 pixels on an edge.").arg(limits::FrameEdge));
    }
    if (parser.isSet(o.timeout)) {
        bool ok = false;
        const int seconds = parser.value(o.timeout).toInt(&ok);
        if (!ok || seconds < 1 || seconds > 3600)
            return refuse(tr("--timeout must be a number of seconds from 1 to 3600, not \"%1\".").arg(parser.value(o.timeout)));
        line.headless.timeout = std::chrono::seconds(seconds);
    }
    if (parser.isSet(o.processModel)) {
        const auto model = processModelFromName(parser.value(o.processModel));
        if (!model)
            return refuse(tr("--process-model must be per-site, per-tab or single, not \"%1\".").arg(parser.value(o.processModel)));
        line.renderers.model = *model;
    }
    if (parser.isSet(o.rendererLimit)) {
        bool ok = false;
        line.renderers.softLimit = parser.value(o.rendererLimit).toInt(&ok);
        if (!ok || line.renderers.softLimit < 1 || line.renderers.softLimit > 1000)
            return refuse(tr("--renderer-limit must be a number from 1 to 1000, not \"%1\".").arg(parser.value(o.rendererLimit)));
    }
    if (parser.isSet(o.rendererMemory)) {
        const auto bytes = parseBytes(parser.value(o.rendererMemory));
        constexpr quint64 Least = quint64(64) << 20;
        if (!bytes || (*bytes != 0 && *bytes < Least))
            return refuse(tr("--renderer-memory must be 0 or at least 64M, such as 512M or 1G, not \"%1\".").arg(parser.value(o.rendererMemory)));
        line.renderers.memoryLimit = *bytes;
    }
    if (parser.isSet(o.rendererTime)) {
        bool ok = false;
        const int seconds = parser.value(o.rendererTime).toInt(&ok);
        if (!ok || seconds < 0 || seconds > 86400)
            return refuse(tr("--renderer-task-time must be a number of seconds from 0 to 86400, not \"%1\".").arg(parser.value(o.rendererTime)));
        line.renderers.taskLimit = std::chrono::seconds(seconds);
    }
    if (parser.isSet(o.rendererThreads)) {
        bool ok = false;
        const int threads = parser.value(o.rendererThreads).toInt(&ok);
        if (!ok || threads < 4 || threads > 10000)
            return refuse(tr("--renderer-threads must be a number from 4 to 10000, not \"%1\".").arg(parser.value(o.rendererThreads)));
        line.renderers.threadLimit = quint32(threads);
    }
    if (parser.isSet(o.hangLimit)) {
        bool ok = false;
        const double seconds = parser.value(o.hangLimit).toDouble(&ok);
        if (!ok || !(seconds == 0 || (seconds >= 0.2 && seconds <= 3600)))
            return refuse(tr("--hang-limit must be 0 or a number of seconds from 0.2 to 3600, not \"%1\".").arg(parser.value(o.hangLimit)));
        line.renderers.hangLimit = std::chrono::milliseconds(qint64(seconds * 1000));
    }
    line.watchPlugins = parser.isSet(o.pluginWatch);
    line.waitForDebugger = parser.isSet(o.pluginWaitDebugger);
    if (line.waitForDebugger && !parser.isSet(o.noSandbox))
        return refuse(tr("--plugin-wait-debugger needs --no-sandbox: a debugger cannot look into a locked-down process."));
    line.pluginFolders = parser.values(o.pluginPath);
    for (QString &folder : line.pluginFolders) {
        if (!QFileInfo(folder).isDir())
            return refuse(tr("--plugin-path: there is no folder \"%1\".").arg(folder));
        folder = QFileInfo(folder).absoluteFilePath();
    }
    line.controlSocket = parser.value(o.controlSocket);
    line.traceFile = parser.value(o.trace);
    for (const auto &[option, file] : {std::pair(&o.controlSocket, &line.controlSocket), {&o.trace, &line.traceFile}}) {
        if (!parser.isSet(*option))
            continue;
        if (file->isEmpty() || !QFileInfo(QFileInfo(*file).absolutePath()).isDir())
            return refuse(tr("--%1: there is no folder for \"%2\".").arg(option->names().first(), *file));
        *file = QFileInfo(*file).absoluteFilePath();
    }
    if (parser.isSet(o.logLevel)) {
        const auto level = log::levelFromName(parser.value(o.logLevel));
        if (!level)
            return refuse(tr("--log-level must be trace, debug, info, warn, error or off, not \"%1\".").arg(parser.value(o.logLevel)));
        line.log.level = *level;
    }
    line.log.file = parser.value(o.logFile);
    line.start = parser.isSet(o.noZygote) ? Start::Exec : Start::Zygote;
    line.sandbox = parser.isSet(o.noSandbox) ? SandboxUse::Off : SandboxUse::On;
    if (parser.isSet(o.colorScheme)) {
        const QString scheme = parser.value(o.colorScheme);
        if (scheme == u"light")
            line.colors = Colors::Light;
        else if (scheme == u"dark")
            line.colors = Colors::Dark;
        else if (scheme != u"system")
            return refuse(tr("--color-scheme must be system, light or dark, not \"%1\".").arg(scheme));
    }
    line.headless.dark = line.colors == Colors::Dark;
    line.profile = parser.value(o.profile);

    if (!line.addresses.isEmpty() && line.addresses.first() == u"sandbox-check") {
        line.mode = Mode::SandboxCheck;
        if (line.addresses.size() != 1)
            return refuse(tr("sandbox-check takes no address."));
        line.addresses.clear();
        if (!parser.isSet(o.logLevel))
            line.log.level = spdlog::level::off; // processes end here on purpose
        if (parser.isSet(o.json))
            line.checkOutput = CheckOutput::Json;
        if (parser.isSet(o.appArmorProfile))
            line.checkOutput = CheckOutput::AppArmorProfile;
        return line;
    }
    if (parser.isSet(o.json) || parser.isSet(o.appArmorProfile))
        return refuse(tr("--json and --apparmor-profile belong to sandbox-check."));

    line.headless.screenshotFile = parser.value(o.screenshot);
    line.headless.dumpText = parser.isSet(o.dumpText);
    line.headless.height = parser.isSet(o.fullPage) ? HeadlessRun::PageHeight::WholePage : HeadlessRun::PageHeight::Window;
    if (parser.isSet(o.headless) || parser.isSet(o.serve) || parser.isSet(o.screenshot) || parser.isSet(o.dumpText)) {
        line.mode = Mode::Headless;
        if (parser.isSet(o.serve)) {
            if (parser.isSet(o.screenshot) || parser.isSet(o.dumpText))
                return refuse(tr("--serve goes on until it is told to end; --screenshot and --dump-text do not fit with it."));
            line.headlessRole = HeadlessRole::Serve;
            return line;
        }
        line.renderers.keepSpare = false;
        if (parser.isSet(o.screenshot) && line.headless.screenshotFile.isEmpty())
            return refuse(tr("--screenshot needs the name of a file."));
        if (!parser.isSet(o.screenshot) && !parser.isSet(o.dumpText))
            return refuse(tr("--headless needs something to do: --screenshot FILE, --dump-text or --serve."));
        if (line.addresses.size() != 1)
            return refuse(tr("--headless needs exactly one address, not %1.").arg(line.addresses.size()));
        const QFileInfo folder(QFileInfo(line.headless.screenshotFile).absolutePath());
        if (parser.isSet(o.screenshot) && !folder.isDir())
            return refuse(tr("The folder %1 for the picture does not exist.").arg(folder.filePath()));
    }
    return line;
}

}  // namespace bulkhead
