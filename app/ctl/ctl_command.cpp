// SPDX-License-Identifier: BSD-3-Clause
#include "app/ctl/ctl_command.h"

#include "browser/loading/typed_url.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("Ctl", source);
}

tl::unexpected<Error> refuse(const QString &sentence)
{
    return fail(Error{sentence.toStdString(), 0});
}

/// The words of a command: options with their values, and the others in order.
struct Words
{
    QString command;
    QStringList positional;
    QMap<QString, QString> options;
    QString folder;

    bool has(const char *option) const { return options.contains(QLatin1String(option)); }
    QString value(const char *option) const { return options.value(QLatin1String(option)); }
};

using Parse = Result<CtlCommand> (*)(const Words &words);

struct Description
{
    const char *name;
    const char *use; ///< positional words; those in brackets may be missing, "..." takes any number
    const char *flags;
    const char *valued; ///< options with a value
    const char *does;
    Parse parse;
};

/// A tab's number where one is given; the app takes the active one otherwise.
Result<void> addTab(const Words &words, int index, QJsonObject &params)
{
    if (index >= words.positional.size())
        return {};
    bool ok = false;
    const uint id = words.positional[index].toUInt(&ok);
    if (!ok)
        return refuse(
            tr("%1: \"%2\" is not a tab's number; `tabs` lists them.").arg(words.command, words.positional[index]));
    params.insert(QStringLiteral("tab"), double(id));
    return {};
}

Result<QString> url(const Words &words, const QString &typed)
{
    const Result<QUrl> url = typedUrl(typed, words.folder);
    if (!url)
        return tl::unexpected(url.error());
    return QString::fromLatin1(url->toEncoded());
}

Result<double> numberAt(const Words &words, int index)
{
    bool ok = false;
    const double number = words.positional.value(index).toDouble(&ok);
    if (!ok)
        return refuse(tr("%1: \"%2\" is not a number.").arg(words.command, words.positional.value(index)));
    return number;
}

template <CtlCommand::Output output>
Result<CtlCommand> plain(const Words &words)
{
    return CtlCommand{words.command, {}, output, {}, false};
}

Result<CtlCommand> onTab(const Words &words)
{
    CtlCommand command{words.command, {}, CtlCommand::Output::Nothing, {}, false};
    if (auto tab = addTab(words, 0, command.params); !tab)
        return tl::unexpected(tab.error());
    if (words.has("bypass-cache"))
        command.params.insert(QStringLiteral("bypass_cache"), true);
    if (words.command == u"text")
        command.output = CtlCommand::Output::Text;
    return command;
}

Result<CtlCommand> parseOpen(const Words &words)
{
    QJsonArray urls;
    for (const QString &typed : words.positional) {
        const auto address = url(words, typed);
        if (!address)
            return tl::unexpected(address.error());
        urls.append(*address);
    }
    QJsonObject params{{QStringLiteral("background"), words.has("background")}};
    if (!urls.isEmpty())
        params.insert(QStringLiteral("urls"), urls);
    return CtlCommand{words.command, params, CtlCommand::Output::Members, {}, false};
}

Result<CtlCommand> parseNavigate(const Words &words)
{
    CtlCommand command{words.command, {}, CtlCommand::Output::Nothing, {}, false};
    if (auto tab = addTab(words, 0, command.params); !tab)
        return tl::unexpected(tab.error());
    const auto address = url(words, words.positional[1]);
    if (!address)
        return tl::unexpected(address.error());
    command.params.insert(QStringLiteral("url"), *address);
    return command;
}

Result<CtlCommand> parseKill(const Words &words)
{
    const auto number = numberAt(words, 0);
    if (!number)
        return tl::unexpected(number.error());
    // Numbers of processes of ours are small, the kernel's are not; the app finds either.
    QJsonObject params{{QStringLiteral("id"), *number}, {QStringLiteral("pid"), *number}};
    if (words.has("signal"))
        params.insert(QStringLiteral("signal"), words.value("signal"));
    return CtlCommand{words.command, params, CtlCommand::Output::Nothing, {}, false};
}

Result<CtlCommand> parseScreenshot(const Words &words)
{
    CtlCommand command{words.command, {}, CtlCommand::Output::Picture, {}, false};
    const bool window = words.has("window");
    if (words.positional.size() != (window ? 1 : 2))
        return refuse(window ? tr("screenshot --window needs a FILE.") : tr("screenshot needs TAB and FILE."));
    if (window)
        command.params.insert(QStringLiteral("window"), true);
    else if (auto tab = addTab(words, 0, command.params); !tab)
        return tl::unexpected(tab.error());
    command.file = QDir(words.folder).absoluteFilePath(words.positional.last());
    if (!QFileInfo(QFileInfo(command.file).absolutePath()).isDir())
        return refuse(tr("screenshot: the folder %1 does not exist.").arg(QFileInfo(command.file).absolutePath()));
    return command;
}

Result<CtlCommand> parseInput(const Words &words)
{
    CtlCommand command{words.command, {}, CtlCommand::Output::Nothing, {}, false};
    if (auto tab = addTab(words, 0, command.params); !tab)
        return tl::unexpected(tab.error());
    const QString type = words.positional[1];
    QJsonObject &params = command.params;
    params.insert(QStringLiteral("type"), type);
    const auto numbers = [&](std::initializer_list<const char *> names) -> Result<void> {
        int index = 2;
        for (const char *name : names) {
            const auto number = numberAt(words, index++);
            if (!number)
                return tl::unexpected(number.error());
            params.insert(QLatin1String(name), *number);
        }
        return {};
    };
    Result<void> done;
    if (type == u"click" || type == u"move") {
        done = numbers({"x", "y"});
    } else if (type == u"wheel") {
        done = words.positional.size() > 3 ? numbers({"dy", "x", "y"}) : numbers({"dy"});
    } else if (type == u"key" || type == u"text" || type == u"type") {
        params.insert(QStringLiteral("type"), type == u"key" ? QStringLiteral("key") : QStringLiteral("text"));
        params.insert(type == u"key" ? QStringLiteral("keys") : QStringLiteral("text"),
                      words.positional.mid(2).join(u' '));
    } else {
        return refuse(tr("input: \"%1\" is none of click, move, wheel, key, type.").arg(type));
    }
    if (!done)
        return tl::unexpected(done.error());
    for (const char *name : {"button", "modifiers"}) {
        if (words.has(name))
            params.insert(QLatin1String(name), words.value(name));
    }
    return command;
}

Result<CtlCommand> parseWait(const Words &words)
{
    CtlCommand command{words.command, {}, CtlCommand::Output::Members, {}, false};
    if (auto tab = addTab(words, 0, command.params); !tab)
        return tl::unexpected(tab.error());
    command.params.insert(QStringLiteral("for"), words.has("for") ? words.value("for") : QStringLiteral("loaded"));
    if (words.has("timeout"))
        command.params.insert(QStringLiteral("timeout"), words.value("timeout").toDouble());
    return command;
}

Result<CtlCommand> parseMessages(const Words &words)
{
    CtlCommand command{QStringLiteral("messages"), {}, CtlCommand::Output::Messages, {}, words.has("follow")};
    if (command.follow)
        command.method = QStringLiteral("messages.follow");
    return command;
}

Result<CtlCommand> parseMetrics(const Words &words)
{
    if (!words.has("prometheus"))
        return CtlCommand{words.command, {}, CtlCommand::Output::Metrics, {}, false};
    return CtlCommand{
        words.command, {{QStringLiteral("format"), QStringLiteral("prometheus")}}, CtlCommand::Output::Text, {}, false};
}

Result<CtlCommand> parseTrace(const Words &words)
{
    const QString what = words.positional[0];
    if (what == u"stop" && words.positional.size() == 1)
        return CtlCommand{QStringLiteral("trace.stop"), {}, CtlCommand::Output::Members, {}, false};
    if (what != u"start" || words.positional.size() != 2)
        return refuse(tr("trace: start FILE, or stop."));
    return CtlCommand{QStringLiteral("trace.start"),
                      {{QStringLiteral("file"), QDir(words.folder).absoluteFilePath(words.positional[1])}},
                      CtlCommand::Output::Nothing,
                      {},
                      false};
}

Result<CtlCommand> parseCrashes(const Words &words)
{
    if (words.positional.isEmpty())
        return CtlCommand{QStringLiteral("crashes"), {}, CtlCommand::Output::Crashes, {}, false};
    return CtlCommand{
        QStringLiteral("crash"), {{QStringLiteral("id"), words.positional[0]}}, CtlCommand::Output::Text, {}, false};
}

Result<CtlCommand> parseSession(const Words &words)
{
    const QString what = words.positional.value(0);
    if (what.isEmpty())
        return CtlCommand{QStringLiteral("session"), {}, CtlCommand::Output::Members, {}, false};
    if (what != u"restore" && what != u"dismiss")
        return refuse(tr("session: restore, or dismiss, or nothing."));
    return CtlCommand{QStringLiteral("session.") + what, {}, CtlCommand::Output::Members, {}, false};
}

/// The lab's pages: what a person does with them.
Result<CtlCommand> parseLab(const Words &words)
{
    const QString what = words.positional[0];
    const QString page = words.positional.value(1);
    CtlCommand command{QStringLiteral("lab.") + what, {}, CtlCommand::Output::Members, {}, false};
    if (what == u"pages" && words.positional.size() == 1) {
        command.output = CtlCommand::Output::LabPages;
        return command;
    }
    const bool exports = what == u"export";
    const QStringList known{QStringLiteral("open"), QStringLiteral("start"), QStringLiteral("cancel"),
                            QStringLiteral("wait"), QStringLiteral("export")};
    if (!known.contains(what) || words.positional.size() != (exports ? 3 : 2))
        return refuse(tr("lab: pages; or open, start, cancel or wait with a PAGE; or export with a PAGE and a FILE."));
    command.params.insert(QStringLiteral("page"), page);
    if (words.has("options")) {
        const QJsonDocument options = QJsonDocument::fromJson(words.value("options").toUtf8());
        if (what != u"start" || !options.isObject())
            return refuse(tr("lab: --options belongs to start, and is a JSON object."));
        command.params.insert(QStringLiteral("options"), options.object());
    }
    if (words.has("timeout"))
        command.params.insert(QStringLiteral("timeout"), words.value("timeout").toDouble());
    if (exports) {
        command.file = QDir(words.folder).absoluteFilePath(words.positional[2]);
        const QString format = QFileInfo(command.file).suffix().toLower();
        if (!QStringList{QStringLiteral("json"), QStringLiteral("csv"), QStringLiteral("svg"), QStringLiteral("png"),
                         QStringLiteral("html")}
                 .contains(format))
            return refuse(tr("lab: the FILE's name says the format: it ends with .json, .csv, .svg, .png or .html."));
        command.params.insert(QStringLiteral("format"), format);
        command.output = format == u"png" ? CtlCommand::Output::Picture : CtlCommand::Output::TextFile;
    }
    return command;
}

using O = CtlCommand::Output;
constexpr Description Descriptions[] = {
    {"tabs", "", "", "", QT_TRANSLATE_NOOP("Ctl", "Lists the tabs."), &plain<O::Tabs>},
    {"open", "[ADDRESS...]", "background", "", QT_TRANSLATE_NOOP("Ctl", "Opens tabs."), &parseOpen},
    {"close", "[TAB]", "", "", QT_TRANSLATE_NOOP("Ctl", "Closes a tab."), &onTab},
    {"activate", "TAB", "", "", QT_TRANSLATE_NOOP("Ctl", "Shows a tab."), &onTab},
    {"navigate", "TAB ADDRESS", "", "", QT_TRANSLATE_NOOP("Ctl", "Opens an address in a tab."), &parseNavigate},
    {"reload", "[TAB]", "bypass-cache", "", QT_TRANSLATE_NOOP("Ctl", "Loads a page again."), &onTab},
    {"back", "[TAB]", "", "", QT_TRANSLATE_NOOP("Ctl", "Goes back in a tab's history."), &onTab},
    {"forward", "[TAB]", "", "", QT_TRANSLATE_NOOP("Ctl", "Goes forward in it."), &onTab},
    {"stop", "[TAB]", "", "", QT_TRANSLATE_NOOP("Ctl", "Stops loading."), &onTab},
    {"wait", "[TAB]", "", "for timeout",
     QT_TRANSLATE_NOOP("Ctl", "Waits --for loaded (default), frame, crash, unresponsive, responsive or text:WORDS, "
                              "at most --timeout SECONDS (30)."),
     &parseWait},
    {"text", "[TAB]", "", "", QT_TRANSLATE_NOOP("Ctl", "Prints a page's text."), &onTab},
    {"screenshot", "[TAB] FILE", "window", "",
     QT_TRANSLATE_NOOP("Ctl", "Writes a picture (PNG) of a page, or of the --window."), &parseScreenshot},
    {"input", "TAB click|move|wheel|key|type ...", "", "button modifiers",
     QT_TRANSLATE_NOOP("Ctl",
                       "Clicks at X Y, moves to X Y, turns the wheel by DY pixels, presses keys such as PageDown "
                       "or Ctrl+A, types text."),
     &parseInput},
    {"processes", "", "", "", QT_TRANSLATE_NOOP("Ctl", "Lists the processes."), &plain<O::Processes>},
    {"kill", "ID|PID", "", "signal",
     QT_TRANSLATE_NOOP("Ctl", "Ends a page's process as the menu does, or sends it a --signal."), &parseKill},
    {"capture", "ID|PID", "", "", QT_TRANSLATE_NOOP("Ctl", "Asks a page's process for its stack; see crashes."),
     &parseKill},
    {"messages", "", "follow", "", QT_TRANSLATE_NOOP("Ctl", "Lists the last messages between processes."),
     &parseMessages},
    {"metrics", "", "prometheus", "", QT_TRANSLATE_NOOP("Ctl", "Prints counters."), &parseMetrics},
    {"trace", "start FILE|stop", "", "",
     QT_TRANSLATE_NOOP("Ctl", "Records what all processes do, for ui.perfetto.dev."), &parseTrace},
    {"crashes", "[ID]", "", "", QT_TRANSLATE_NOOP("Ctl", "Lists the crash reports, or prints one."), &parseCrashes},
    {"session", "[restore|dismiss]", "", "",
     QT_TRANSLATE_NOOP("Ctl", "Says whether tabs of an earlier run can be had back, or takes or drops them."),
     &parseSession},
    {"lab", "pages|open|start|cancel|wait|export [PAGE] [FILE]", "", "options timeout",
     QT_TRANSLATE_NOOP("Ctl",
                       "Shows and runs the pages of the IPC Lab, and writes their results as JSON, CSV, SVG, PNG "
                       "or an HTML report."),
     &parseLab},
    {"protocol", "", "", "", QT_TRANSLATE_NOOP("Ctl", "Says which app answers."), &plain<O::Members>},
    {"quit", "", "", "", QT_TRANSLATE_NOOP("Ctl", "Ends the app."), &plain<O::Nothing>},
};

/// How many positional words a use asks for: those without brackets, and all.
std::pair<int, int> wordCounts(const QString &use)
{
    const QStringList words = use.split(u' ', Qt::SkipEmptyParts);
    const bool any = use.contains(QStringLiteral("..."));
    const auto needed = std::count_if(words.begin(), words.end(), [](const QString &word) {
        return !word.startsWith(u'[') && word != u"..." && !word.startsWith(u"FILE|");
    });
    return {int(needed), any ? 10'000 : int(words.size())};
}

} // namespace

Result<CtlCommand> CtlCommand::parse(const QStringList &words, const QString &workingDirectory)
{
    if (words.isEmpty())
        return refuse(tr("ctl needs a command."));
    const auto found = std::find_if(std::begin(Descriptions), std::end(Descriptions),
                                    [&](const Description &d) { return words[0] == QLatin1String(d.name); });
    if (found == std::end(Descriptions))
        return refuse(tr("ctl knows no command \"%1\".").arg(words[0]));
    Words read;
    read.command = words[0];
    read.folder = workingDirectory;
    const QStringList flags = QString::fromLatin1(found->flags).split(u' ', Qt::SkipEmptyParts);
    const QStringList valued = QString::fromLatin1(found->valued).split(u' ', Qt::SkipEmptyParts);
    bool onlyWords = false;
    for (qsizetype i = 1; i < words.size(); ++i) {
        const QString &word = words[i];
        if (onlyWords || !word.startsWith(u"--")) {
            read.positional << word;
            continue;
        }
        if (word == u"--") {
            onlyWords = true;
            continue;
        }
        const QString name = word.mid(2).section(u'=', 0, 0);
        if (flags.contains(name) && !word.contains(u'=')) {
            read.options.insert(name, {});
        } else if (valued.contains(name)) {
            if (!word.contains(u'=') && i + 1 >= words.size())
                return refuse(tr("%1: --%2 needs a value.").arg(read.command, name));
            read.options.insert(name, word.contains(u'=') ? word.section(u'=', 1) : words[++i]);
        } else {
            return refuse(tr("%1 has no option %2.").arg(read.command, word));
        }
    }
    const auto [needed, most] = wordCounts(QString::fromLatin1(found->use));
    if (read.positional.size() < needed || read.positional.size() > most)
        return refuse(tr("use: ctl %1 %2").arg(read.command, QLatin1String(found->use)).trimmed());
    return found->parse(read);
}

QString CtlCommand::help()
{
    QString text;
    for (const Description &description : Descriptions) {
        QString use = QLatin1String(description.name) + u' ' + QLatin1String(description.use);
        for (const QString &flag : QString::fromLatin1(description.flags).split(u' ', Qt::SkipEmptyParts))
            use += QStringLiteral(" [--%1]").arg(flag);
        for (const QString &option : QString::fromLatin1(description.valued).split(u' ', Qt::SkipEmptyParts))
            use += QStringLiteral(" [--%1 %2]").arg(option, option.toUpper());
        text += QStringLiteral("  %1\n      %2\n").arg(use.simplified(), tr(description.does));
    }
    return text;
}

} // namespace bulkhead
