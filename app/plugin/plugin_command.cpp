// SPDX-License-Identifier: BSD-3-Clause
#include "app/plugin/plugin_command.h"

#include "app/plugin/plugin_output.h"
#include "app/plugin/plugin_package.h"
#include "app/plugin/plugin_template.h"
#include "app/plugin/plugin_validation.h"
#include "browser/loading/display_types.h"
#include "browser/plugins/plugin_fault_text.h"
#include "browser/plugins/plugin_registry.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeDatabase>
#include <QRegularExpression>

#include <cstdio>
#include <unistd.h>
#include <vector>

namespace bulkhead {

namespace plugin_command {

void say(const QString &text)
{
    std::printf("%s\n", qPrintable(text));
}

int complain(const QString &sentence, ExitCode code)
{
    std::fprintf(stderr, "bulkhead plugin: %s\n", qPrintable(sentence));
    return code;
}

} // namespace plugin_command

namespace {

using namespace plugin_command;

const char *Help = QT_TRANSLATE_NOOP("PluginCommand",
                                     "usage: bulkhead plugin new NAME [--kind viewer|stream|c] [--vendor NAME]\n"
                                     "       bulkhead plugin run FILE [--plugin FOLDER] [--screenshot PNG] [--in-process|--wait-debugger|--watch]\n"
                                     "       bulkhead plugin validate FOLDER [--document FILE] [--seed N] [--json]\n"
                                     "       bulkhead plugin pack FOLDER [--output FOLDER]\n"
                                     "       bulkhead plugin install FOLDER|PACKAGE\n"
                                     "       bulkhead plugin remove ID\n"
                                     "       bulkhead plugin list [--json]\n"
                                     "       bulkhead plugin why FILE|TYPE [--embed]\n");

/// Takes "--NAME VALUE" out of the arguments; the value, or @p standard.
QString takeOption(QStringList &arguments, const QString &name, const QString &standard = {})
{
    const qsizetype at = arguments.indexOf(QStringLiteral("--") + name);
    if (at < 0 || at + 1 >= arguments.size())
        return standard;
    const QString value = arguments[at + 1];
    arguments.remove(at, 2);
    return value;
}

bool takeFlag(QStringList &arguments, const QString &name)
{
    return arguments.removeAll(QStringLiteral("--") + name) > 0;
}

PluginRegistry registryWith(QStringList &arguments)
{
    QStringList more;
    for (QString folder = takeOption(arguments, QStringLiteral("plugin-path")); !folder.isEmpty(); folder = takeOption(arguments, QStringLiteral("plugin-path")))
        more << folder;
    return PluginRegistry(PluginRegistry::standardFolders(more));
}

int makeNew(QStringList arguments)
{
    PluginTemplate made;
    made.kind = takeOption(arguments, QStringLiteral("kind"), QStringLiteral("viewer"));
    made.vendor = takeOption(arguments, QStringLiteral("vendor"), QStringLiteral("example"));
    if (arguments.size() != 1)
        return complain(tr("new needs one name."), Usage);
    made.name = arguments.first();
    static const QRegularExpression Name(QStringLiteral("^[a-z][a-z0-9-]{0,40}$"));
    if (!Name.match(made.name).hasMatch() || !Name.match(made.vendor).hasMatch())
        return complain(tr("\"%1\" is not a name of lower-case letters, digits and hyphens.").arg(made.name), Usage);
    if (!PluginTemplate::kinds().contains(made.kind))
        return complain(tr("--kind must be one of %1.").arg(PluginTemplate::kinds().join(QStringLiteral(", "))), Usage);
    const Result<QStringList> files = made.write(made.name);
    if (!files)
        return complain(QString::fromStdString(files.error().what));
    say(tr("Made %1/ with %2. Next:").arg(made.name, files->join(QStringLiteral(", "))));
    // The SDK of this very installation, wherever it is.
    const QString prefix = QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/.."));
    const bool isStandard = prefix == u"/usr" || prefix == u"/usr/local";
    say(QStringLiteral("  cd %1").arg(made.name));
    say(QStringLiteral("  cmake -B build") + (isStandard ? QString() : QStringLiteral(" -DCMAKE_PREFIX_PATH=") + prefix));
    say(QStringLiteral("  cmake --build build"));
    say(QStringLiteral("  bulkhead plugin run sample.%1").arg(made.name));
    return Done;
}

QString stateOf(const PluginFile &plugin)
{
    const std::string_view name = plugin.fault() ? pluginCodeName(plugin.fault()->code) : std::string_view("ok");
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

int list(QStringList arguments)
{
    const bool json = takeFlag(arguments, QStringLiteral("json"));
    const PluginRegistry registry = registryWith(arguments);
    QJsonArray all;
    for (const auto &plugin : registry.plugins()) {
        QStringList types;
        if (plugin->manifest()) {
            for (const HandledType &type : plugin->manifest()->handles)
                types << type.mimeType;
        }
        const QString version = plugin->manifest() ? plugin->manifest()->version : QString();
        all.append(QJsonObject{{QStringLiteral("id"), plugin->id()}, {QStringLiteral("version"), version}, {QStringLiteral("state"), stateOf(*plugin)},
                               {QStringLiteral("folder"), plugin->folder()}, {QStringLiteral("types"), QJsonArray::fromStringList(types)}});
        if (json)
            continue;
        say(QStringLiteral("%1 %2 %3  %4").arg(plugin->id(), -28).arg(version, -8).arg(stateOf(*plugin), -10).arg(types.join(u' ')));
        if (plugin->fault())
            say(QStringLiteral("    ") + pluginFaultText(*plugin->fault()));
    }
    if (json)
        say(QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Indented)).trimmed());
    else if (registry.plugins().empty())
        say(tr("There are no plugins."));
    return Done;
}

int why(QStringList arguments)
{
    PluginRequest request;
    request.use = takeFlag(arguments, QStringLiteral("embed")) ? PluginRequest::Use::Embed : PluginRequest::Use::Full;
    const PluginRegistry registry = registryWith(arguments);
    if (arguments.size() != 1)
        return complain(tr("why needs one file or type."), Usage);
    QFile file(arguments.first());
    if (file.exists()) {
        request.fileName = QFileInfo(file).fileName();
        request.mimeType = QMimeDatabase().mimeTypeForFile(file.fileName()).name();
        if (file.open(QIODevice::ReadOnly))
            request.start = file.read(1024);
    } else if (arguments.first().contains(u'/') && !arguments.first().startsWith(u'/') && !arguments.first().startsWith(u'.')) {
        request.mimeType = arguments.first().toLower();
    } else {
        return complain(tr("There is no file %1, and it is no type such as image/png.").arg(arguments.first()));
    }
    request.isBuiltIn = canDisplay(request.mimeType);
    say(tr("Type %1%2").arg(request.mimeType, request.isBuiltIn ? tr(", which Bulkhead shows by itself") : QString()));
    bool anyone = false;
    for (const PluginCandidate &candidate : registry.explain(request)) {
        anyone = anyone || candidate.chosen;
        say(QStringLiteral("%1 %2  %3").arg(candidate.chosen ? QStringLiteral("->") : QStringLiteral("  ")).arg(candidate.plugin->id(), -28).arg(candidate.reason));
    }
    if (!anyone)
        say(request.isBuiltIn && request.use == PluginRequest::Use::Full ? tr("No plugin: Bulkhead shows it.") : tr("No plugin shows it."));
    return anyone ? Done : Failed;
}

/// The plugin that is being worked on: below the current folder.
QString nearbyPlugin()
{
    for (const QString &folder : {QStringLiteral("build"), QStringLiteral(".")}) {
        const QStringList found = QDir(folder).entryList({QStringLiteral("*.bulkplug")}, QDir::Dirs);
        if (!found.isEmpty())
            return QDir(folder).absolutePath();
    }
    return {};
}

/// Becomes a process that is the plugin and nothing else.
int runInProcess(QStringList arguments)
{
    QString folder = takeOption(arguments, QStringLiteral("plugin"));
    QString output = takeOption(arguments, QStringLiteral("screenshot"));
    const QString size = takeOption(arguments, QStringLiteral("window-size"), QStringLiteral("800x600"));
    if (arguments.size() != 1)
        return complain(tr("run --in-process needs one file."), Usage);
    if (folder.isEmpty())
        folder = nearbyPlugin();
    const QFileInfo document(arguments.first());
    PluginRequest request;
    request.fileName = document.fileName();
    request.mimeType = QMimeDatabase().mimeTypeForFile(document).name();
    const PluginRegistry registry(PluginRegistry::standardFolders({folder}));
    const auto plugin = registry.choose(request);
    if (!plugin)
        return complain(tr("No plugin shows %1.").arg(arguments.first()));
    const PluginManifest &manifest = *plugin->manifest();
    static constexpr const char *Contents[] = {"stream", "whole", "ranges"};
    const QString bin = QCoreApplication::applicationDirPath();
    const bool png = output.endsWith(u".png");
    QStringList words{bin + QStringLiteral("/bulkhead-plugin-host"), QStringLiteral("--in-process=%1/%2").arg(plugin->folder(), manifest.libraries.value(PluginManifest::architecture())),
                      QStringLiteral("--id=") + manifest.id, QStringLiteral("--abi=%1.%2").arg(manifest.abiMajor).arg(manifest.abiMinor),
                      QStringLiteral("--qt-minor=%1").arg(manifest.qtMinor), QStringLiteral("--content=") + QLatin1String(Contents[int(manifest.content)]),
                      QStringLiteral("--document=") + document.absoluteFilePath(), QStringLiteral("--mime=") + manifest.handles.first().mimeType,
                      QStringLiteral("--size=") + size, QStringLiteral("--output=") + output};
    if (manifest.usesQt)
        words << QStringLiteral("--qt=") + bin + QStringLiteral("/bulkhead-plugin-qt.so");
    if (png)
        return complain(tr("--in-process writes PPM, not PNG: name the picture so."), Usage);
    QList<QByteArray> bytes;
    for (const QString &word : std::as_const(words))
        bytes << word.toLocal8Bit();
    std::vector<char *> argv;
    for (QByteArray &word : bytes)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    ::execv(argv[0], argv.data());
    return complain(tr("%1 cannot be started.").arg(words.first()));
}

} // namespace

std::optional<QStringList> pluginRunArguments(const QStringList &arguments, QString *error)
{
    QStringList rest = arguments;
    const QString plugin = takeOption(rest, QStringLiteral("plugin"), nearbyPlugin());
    const QString screenshot = takeOption(rest, QStringLiteral("screenshot"));
    QStringList result;
    if (!plugin.isEmpty())
        result << QStringLiteral("--plugin-path") << plugin;
    if (!screenshot.isEmpty())
        result << QStringLiteral("--screenshot") << screenshot;
    if (takeFlag(rest, QStringLiteral("watch")))
        result << QStringLiteral("--plugin-watch");
    if (takeFlag(rest, QStringLiteral("wait-debugger")))
        result << QStringLiteral("--plugin-wait-debugger") << QStringLiteral("--no-sandbox");
    const QStringList files = rest.filter(QRegularExpression(QStringLiteral("^[^-]")));
    if (files.isEmpty()) {
        *error = tr("plugin run needs a file to show.");
        return {};
    }
    return result + rest;
}

int runPluginCommand(const QStringList &arguments)
{
    const QString command = arguments.value(0);
    QStringList rest = arguments.mid(1);
    if (command == u"--help" || command == u"-h" || command == u"help") {
        std::printf("%s", qPrintable(tr(Help)));
        return Done;
    }
    if (command == u"new")
        return makeNew(rest);
    if (command == u"list")
        return list(rest);
    if (command == u"why")
        return why(rest);
    if (command == u"run" && takeFlag(rest, QStringLiteral("in-process")))
        return runInProcess(rest);
    if (command == u"validate") {
        PluginValidation::Options options;
        options.document = takeOption(rest, QStringLiteral("document"));
        options.seed = takeOption(rest, QStringLiteral("seed"), QStringLiteral("1")).toUInt();
        options.json = takeFlag(rest, QStringLiteral("json"));
        if (rest.size() != 1)
            return complain(tr("validate needs one plugin's folder."), Usage);
        return PluginValidation(rest.first(), options).run();
    }
    if (command == u"pack") {
        const QString output = takeOption(rest, QStringLiteral("output"), QStringLiteral("."));
        if (rest.size() != 1)
            return complain(tr("pack needs one plugin's folder."), Usage);
        const Result<QString> package = plugin_package::pack(rest.first(), output);
        if (!package)
            return complain(QString::fromStdString(package.error().what));
        say(*package);
        return Done;
    }
    if (command == u"install" || command == u"remove") {
        if (rest.size() != 1)
            return complain(tr("%1 needs one argument.").arg(command), Usage);
        if (command == u"remove") {
            const Result<void> removed = plugin_package::remove(rest.first());
            return removed ? int(Done) : complain(QString::fromStdString(removed.error().what));
        }
        const Result<QString> installed = plugin_package::install(rest.first());
        if (!installed)
            return complain(QString::fromStdString(installed.error().what));
        say(*installed);
        return Done;
    }
    return complain(command.isEmpty() ? tr("What to do is missing; see bulkhead plugin --help.") : tr("\"%1\" is no command; see bulkhead plugin --help.").arg(command), Usage);
}

} // namespace bulkhead
