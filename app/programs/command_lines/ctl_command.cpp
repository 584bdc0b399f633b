// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/ctl_command.h"

#include "browser/pages/fetch/typed_url.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

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

/// What was read for one command, and the folder that its files are relative to.
struct Words
{
    const ParsedCommand &given;
    QString folder;

    QString command() const { return given.path.value(1); }
    QString below() const { return given.path.value(2); }
    const QStringList &positional() const { return given.words; }
    QString file(int index) const { return QDir(folder).absoluteFilePath(given.words.value(index)); }
    bool has(const char *option) const { return given.has(option); }
    QString value(const char *option) const { return given.value(option); }
};

/// A tab's number where one is given; the app takes the active one otherwise.
void addTab(const Words &words, QJsonObject &params)
{
    if (!words.positional().isEmpty())
        params.insert(QStringLiteral("tab"), double(words.positional().first().toUInt()));
}

void addTimeout(const Words &words, QJsonObject &params)
{
    if (const auto seconds = words.given.seconds("timeout"))
        params.insert(QStringLiteral("timeout"), *seconds);
}

Result<QString> url(const Words &words, const QString &typed)
{
    const Result<QUrl> url = typedUrl(typed, words.folder);
    if (!url)
        return tl::unexpected(url.error());
    return QString::fromLatin1(url->toEncoded());
}

CtlCommand answering(const QString &method, CtlCommand::Output output, const QJsonObject &params = {})
{
    return CtlCommand{method, params, output, {}, false};
}

template <CtlCommand::Output output>
Result<CtlCommand> plain(const Words &words)
{
    return answering(words.command(), output);
}

Result<CtlCommand> onTab(const Words &words)
{
    CtlCommand command = answering(words.command(), CtlCommand::Output::Nothing);
    addTab(words, command.params);
    if (words.has("bypass-cache"))
        command.params.insert(QStringLiteral("bypass_cache"), true);
    if (words.command() == u"text")
        command.output = CtlCommand::Output::Text;
    return command;
}

Result<CtlCommand> parseOpen(const Words &words)
{
    QJsonArray urls;
    for (const QString &typed : words.positional()) {
        const auto address = url(words, typed);
        if (!address)
            return tl::unexpected(address.error());
        urls.append(*address);
    }
    QJsonObject params{{QStringLiteral("background"), words.has("background")}};
    if (!urls.isEmpty())
        params.insert(QStringLiteral("urls"), urls);
    return answering(words.command(), CtlCommand::Output::Members, params);
}

Result<CtlCommand> parseNavigate(const Words &words)
{
    CtlCommand command = answering(words.command(), CtlCommand::Output::Nothing);
    addTab(words, command.params);
    const auto address = url(words, words.positional()[1]);
    if (!address)
        return tl::unexpected(address.error());
    command.params.insert(QStringLiteral("url"), *address);
    return command;
}

Result<CtlCommand> parseKill(const Words &words)
{
    // Numbers of processes of ours are small, the kernel's are not; the app finds either.
    const double number = words.positional().first().toUInt();
    QJsonObject params{{QStringLiteral("id"), number}, {QStringLiteral("pid"), number}};
    if (words.has("signal"))
        params.insert(QStringLiteral("signal"), words.value("signal"));
    return answering(words.command(), CtlCommand::Output::Nothing, params);
}

Result<CtlCommand> parseScreenshot(const Words &words)
{
    CtlCommand command = answering(words.command(), CtlCommand::Output::Picture);
    const bool window = words.has("window");
    if (words.positional().size() != (window ? 1 : 2))
        return refuse(window ? tr("screenshot --window takes a FILE and no TAB.")
                             : tr("screenshot needs TAB and FILE."));
    if (window)
        command.params.insert(QStringLiteral("window"), true);
    else
        addTab(words, command.params);
    command.file = words.file(window ? 0 : 1);
    if (!QFileInfo(QFileInfo(command.file).absolutePath()).isDir())
        return refuse(tr("screenshot: the folder %1 does not exist.").arg(QFileInfo(command.file).absolutePath()));
    return command;
}

/// The numbers behind the action by these names.
Result<void> addNumbers(const Words &words, std::initializer_list<const char *> names, QJsonObject &params)
{
    int index = 2;
    for (const char *name : names) {
        bool ok = false;
        const QString typed = words.positional().value(index++);
        const double number = typed.toDouble(&ok);
        if (!ok)
            return refuse(
                tr("input: %1 must be a number, not \"%2\".").arg(QString::fromLatin1(name).toUpper(), typed));
        params.insert(QLatin1String(name), number);
    }
    return {};
}

Result<CtlCommand> parseInput(const Words &words)
{
    CtlCommand command = answering(words.command(), CtlCommand::Output::Nothing);
    addTab(words, command.params);
    const QString type = words.positional()[1];
    QJsonObject &params = command.params;
    Result<void> done;
    if (type == u"click" || type == u"move") {
        done = addNumbers(words, {"x", "y"}, params);
    } else if (type == u"wheel") {
        done = words.positional().size() > 3 ? addNumbers(words, {"dy", "x", "y"}, params)
                                             : addNumbers(words, {"dy"}, params);
    } else {
        params.insert(type == u"key" ? QStringLiteral("keys") : QStringLiteral("text"),
                      words.positional().mid(2).join(u' '));
    }
    if (!done)
        return tl::unexpected(done.error());
    params.insert(QStringLiteral("type"), type == u"type" ? QStringLiteral("text") : type);
    for (const char *name : {"button", "modifiers"}) {
        if (words.has(name))
            params.insert(QLatin1String(name), words.value(name));
    }
    return command;
}

Result<CtlCommand> parseWait(const Words &words)
{
    CtlCommand command = answering(words.command(), CtlCommand::Output::Members);
    addTab(words, command.params);
    command.params.insert(QStringLiteral("for"), words.has("for") ? words.value("for") : QStringLiteral("loaded"));
    addTimeout(words, command.params);
    return command;
}

Result<CtlCommand> parseMessages(const Words &words)
{
    CtlCommand command = answering(QStringLiteral("messages"), CtlCommand::Output::Messages);
    command.follow = words.has("follow");
    if (command.follow)
        command.method = QStringLiteral("messages.follow");
    return command;
}

Result<CtlCommand> parseMetrics(const Words &words)
{
    if (!words.has("prometheus"))
        return answering(words.command(), CtlCommand::Output::Metrics);
    return answering(words.command(), CtlCommand::Output::Text,
                     {{QStringLiteral("format"), QStringLiteral("prometheus")}});
}

Result<CtlCommand> parseTrace(const Words &words)
{
    if (words.below() == u"stop")
        return answering(QStringLiteral("trace.stop"), CtlCommand::Output::Members);
    return answering(QStringLiteral("trace.start"), CtlCommand::Output::Nothing,
                     {{QStringLiteral("file"), words.file(0)}});
}

Result<CtlCommand> parseCrashes(const Words &words)
{
    if (words.positional().isEmpty())
        return answering(QStringLiteral("crashes"), CtlCommand::Output::Crashes);
    return answering(QStringLiteral("crash"), CtlCommand::Output::Text,
                     {{QStringLiteral("id"), words.positional().first()}});
}

Result<CtlCommand> parseSession(const Words &words)
{
    const QString what = words.positional().value(0);
    return answering(what.isEmpty() ? QStringLiteral("session") : QStringLiteral("session.") + what,
                     CtlCommand::Output::Members);
}

/// The lab's pages: what a person does with them.
Result<CtlCommand> parseLab(const Words &words)
{
    CtlCommand command = answering(QStringLiteral("lab.") + words.below(), CtlCommand::Output::Members);
    if (words.below() == u"pages") {
        command.output = CtlCommand::Output::LabPages;
        return command;
    }
    command.params.insert(QStringLiteral("page"), words.positional().first());
    if (words.has("options")) {
        const QJsonDocument options = QJsonDocument::fromJson(words.value("options").toUtf8());
        if (!options.isObject())
            return refuse(tr("--options must be a JSON object, such as {\"rounds\": 3}, not \"%1\".")
                              .arg(words.value("options")));
        command.params.insert(QStringLiteral("options"), options.object());
    }
    addTimeout(words, command.params);
    if (words.below() == u"export") {
        command.file = words.file(1);
        const QString format = QFileInfo(command.file).suffix().toLower();
        if (!QStringList{QStringLiteral("json"), QStringLiteral("csv"), QStringLiteral("svg"), QStringLiteral("png"),
                         QStringLiteral("html")}
                 .contains(format))
            return refuse(tr("The name of FILE says the format: it ends with .json, .csv, .svg, .png or .html, not "
                             "\"%1\".")
                              .arg(words.positional()[1]));
        command.params.insert(QStringLiteral("format"), format);
        command.output = format == u"png" ? CtlCommand::Output::Picture : CtlCommand::Output::TextFile;
    }
    return command;
}

using O = CtlCommand::Output;
struct Parser
{
    const char *name;
    Result<CtlCommand> (*parse)(const Words &words);
};
constexpr Parser Parsers[] = {
    {"tabs", &plain<O::Tabs>},
    {"open", &parseOpen},
    {"close", &onTab},
    {"activate", &onTab},
    {"navigate", &parseNavigate},
    {"reload", &onTab},
    {"back", &onTab},
    {"forward", &onTab},
    {"stop", &onTab},
    {"wait", &parseWait},
    {"text", &onTab},
    {"screenshot", &parseScreenshot},
    {"input", &parseInput},
    {"processes", &plain<O::Processes>},
    {"kill", &parseKill},
    {"capture", &parseKill},
    {"messages", &parseMessages},
    {"metrics", &parseMetrics},
    {"trace", &parseTrace},
    {"crashes", &parseCrashes},
    {"session", &parseSession},
    {"lab", &parseLab},
    {"protocol", &plain<O::Members>},
    {"quit", &plain<O::Nothing>},
};

} // namespace

Result<CtlCommand> CtlCommand::of(const ParsedCommand &command, const QString &workingDirectory)
{
    const Words words{command, workingDirectory};
    for (const Parser &parser : Parsers) {
        if (words.command() == QLatin1String(parser.name))
            return parser.parse(words);
    }
    return refuse(tr("\"%1\" is not among the commands of ctl.").arg(words.command()));
}

} // namespace bulkhead
