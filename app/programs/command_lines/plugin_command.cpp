// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/plugin_command.h"

#include "app/programs/command_lines/plugin_output.h"
#include "app/programs/command_lines/plugin_package.h"
#include "app/programs/command_lines/plugin_template.h"
#include "app/programs/command_lines/plugin_validation.h"
#include "app/programs/command_lines/usage_error.h"
#include "browser/pages/fetch/display_types.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/plugins/plugin_fault_text.h"
#include "browser/pages/plugins/plugin_registry.h"
#include "ipc/text/text_table.h"

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

int complain(const QString &sentence)
{
    std::fprintf(stderr, "bulkhead plugin: %s\n", qPrintable(sentence));
    return Failed;
}

} // namespace plugin_command

namespace {

using namespace plugin_command;

int usage(const ParsedCommand &given, const QString &sentence)
{
    return usageError({given.path, sentence});
}

PluginRegistry registryWith(const ParsedCommand &given)
{
    return PluginRegistry(PluginRegistry::standardFolders(given.values("plugin-path")));
}

int makeNew(const ParsedCommand &given)
{
    PluginTemplate made;
    made.name = given.words.first();
    made.kind = given.has("kind") ? given.value("kind") : QStringLiteral("viewer");
    made.vendor = given.has("vendor") ? given.value("vendor") : QStringLiteral("example");
    static const QRegularExpression Name(QStringLiteral("^[a-z][a-z0-9-]{0,40}$"));
    for (const QString &name : {made.name, made.vendor}) {
        if (!Name.match(name).hasMatch())
            return usage(given, tr("\"%1\" is not a name of lower-case letters, digits and hyphens.").arg(name));
    }
    const Result<QStringList> files = made.write(made.name);
    if (!files)
        return complain(QString::fromStdString(files.error().what));
    say(tr("Made %1/ with %2. Next:").arg(made.name, files->join(QStringLiteral(", "))));
    // The SDK of this very installation, wherever it is.
    const QString prefix = QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/.."));
    const bool isStandard = prefix == u"/usr" || prefix == u"/usr/local";
    say(QStringLiteral("  cd %1").arg(made.name));
    say(QStringLiteral("  cmake -B build") +
        (isStandard ? QString() : QStringLiteral(" -DCMAKE_PREFIX_PATH=") + prefix));
    say(QStringLiteral("  cmake --build build"));
    say(QStringLiteral("  bulkhead plugin run sample.%1").arg(made.name));
    return Done;
}

QString stateOf(const PluginFile &plugin)
{
    const std::string_view name = plugin.fault() ? pluginCodeName(plugin.fault()->code) : std::string_view("ok");
    return QString::fromLatin1(name.data(), qsizetype(name.size()));
}

int list(const ParsedCommand &given)
{
    const bool json = given.has("json");
    const PluginRegistry registry = registryWith(given);
    TextTable table;
    QJsonArray all;
    for (const auto &plugin : registry.plugins()) {
        QStringList types;
        if (plugin->manifest()) {
            for (const HandledType &type : plugin->manifest()->handles)
                types << type.mimeType;
        }
        const QString version = plugin->manifest() ? plugin->manifest()->version : QString();
        all.append(QJsonObject{{QStringLiteral("id"), plugin->id()},
                               {QStringLiteral("version"), version},
                               {QStringLiteral("state"), stateOf(*plugin)},
                               {QStringLiteral("folder"), plugin->folder()},
                               {QStringLiteral("types"), QJsonArray::fromStringList(types)}});
        table.row({plugin->id(), version, stateOf(*plugin), types.join(u' ')});
        if (plugin->fault())
            table.note(QStringLiteral("    ") + pluginFaultText(*plugin->fault()));
    }
    if (json)
        say(QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Indented)).trimmed());
    else
        say(registry.plugins().empty() ? tr("There are no plugins.") : table.toText().trimmed());
    return Done;
}

int why(const ParsedCommand &given)
{
    PluginRequest request;
    request.use = given.has("embed") ? PluginRequest::Use::Embed : PluginRequest::Use::Full;
    const PluginRegistry registry = registryWith(given);
    const QString what = given.words.first();
    QFile file(what);
    if (file.exists()) {
        request.fileName = QFileInfo(file).fileName();
        request.mimeType = QMimeDatabase().mimeTypeForFile(file.fileName()).name();
        request.start = safe_file::readStart(file.fileName(), 1024).value_or(QByteArray());
    } else if (what.contains(u'/') && !what.startsWith(u'/') && !what.startsWith(u'.')) {
        request.mimeType = what.toLower();
    } else {
        return complain(tr("There is no file %1, and it is no type such as image/png.").arg(what));
    }
    request.isBuiltIn = canDisplay(request.mimeType);
    say(tr("Type %1%2").arg(request.mimeType, request.isBuiltIn ? tr(", which Bulkhead shows by itself") : QString()));
    bool anyone = false;
    TextTable table;
    for (const PluginCandidate &candidate : registry.explain(request)) {
        anyone = anyone || candidate.chosen;
        table.row({(candidate.chosen ? QStringLiteral("-> ") : QStringLiteral("   ")) + candidate.plugin->id(),
                   candidate.reason});
    }
    std::fputs(qPrintable(table.toText()), stdout);
    if (!anyone)
        say(request.isBuiltIn && request.use == PluginRequest::Use::Full ? tr("No plugin: Bulkhead shows it.")
                                                                         : tr("No plugin shows it."));
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
int runInProcess(const ParsedCommand &given)
{
    const QString folder = given.has("plugin") ? given.value("plugin") : nearbyPlugin();
    const QString output = given.value("screenshot");
    const QString size = given.has("window-size") ? given.value("window-size") : QStringLiteral("800x600");
    if (given.words.size() != 1)
        return usage(given, tr("--in-process takes one file."));
    if (output.endsWith(u".png"))
        return usage(given, tr("--in-process writes PPM, not PNG: name the picture so."));
    const QFileInfo document(given.words.first());
    PluginRequest request;
    request.fileName = document.fileName();
    request.mimeType = QMimeDatabase().mimeTypeForFile(document).name();
    const PluginRegistry registry(PluginRegistry::standardFolders({folder}));
    const auto plugin = registry.choose(request);
    if (!plugin)
        return complain(tr("No plugin shows %1.").arg(given.words.first()));
    const PluginManifest &manifest = *plugin->manifest();
    static constexpr const char *Contents[] = {"stream", "whole", "ranges"};
    const QString bin = QCoreApplication::applicationDirPath();
    QStringList words{bin + QStringLiteral("/bulkhead-plugin-host"),
                      QStringLiteral("--in-process=%1/%2")
                          .arg(plugin->folder(), manifest.libraries.value(PluginManifest::architecture())),
                      QStringLiteral("--id=") + manifest.id,
                      QStringLiteral("--abi=%1.%2").arg(manifest.abiMajor).arg(manifest.abiMinor),
                      QStringLiteral("--qt-minor=%1").arg(manifest.qtMinor),
                      QStringLiteral("--content=") + QLatin1String(Contents[int(manifest.content)]),
                      QStringLiteral("--document=") + document.absoluteFilePath(),
                      QStringLiteral("--mime=") + manifest.handles.first().mimeType,
                      QStringLiteral("--size=") + size,
                      QStringLiteral("--output=") + output};
    if (manifest.usesQt)
        words << QStringLiteral("--qt=") + bin + QStringLiteral("/bulkhead-plugin-qt.so");
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

int validate(const ParsedCommand &given)
{
    PluginValidation::Options options;
    options.document = given.value("document");
    options.seed = quint32(given.number("seed").value_or(options.seed));
    options.json = given.has("json");
    return PluginValidation(given.words.first(), options).run();
}

/// What @p done has made, on standard output.
int tell(const Result<QString> &done)
{
    if (!done)
        return complain(QString::fromStdString(done.error().what));
    say(*done);
    return Done;
}

int pack(const ParsedCommand &given)
{
    return tell(
        plugin_package::pack(given.words.first(), given.has("output") ? given.value("output") : QStringLiteral(".")));
}

int install(const ParsedCommand &given)
{
    return tell(plugin_package::install(given.words.first()));
}

int removePlugin(const ParsedCommand &given)
{
    const Result<void> removed = plugin_package::remove(given.words.first());
    return removed ? int(Done) : complain(QString::fromStdString(removed.error().what));
}

constexpr struct
{
    const char *name;
    int (*run)(const ParsedCommand &given);
} Commands[] = {
    {"new", &makeNew}, {"run", &runInProcess}, {"validate", &validate},   {"pack", &pack},
    {"list", &list},   {"install", &install},  {"remove", &removePlugin}, {"why", &why},
};

} // namespace

ParsedCommand pluginRunAsApp(const ParsedCommand &given)
{
    ParsedCommand app = given;
    app.path.clear();
    const QString plugin = given.has("plugin") ? given.value("plugin") : nearbyPlugin();
    if (!plugin.isEmpty())
        app.options[QStringLiteral("plugin-path")].prepend(plugin);
    if (given.has("watch"))
        app.options.insert(QStringLiteral("plugin-watch"), {QString()});
    if (given.has("wait-debugger")) {
        app.options.insert(QStringLiteral("plugin-wait-debugger"), {QString()});
        app.options.insert(QStringLiteral("no-sandbox"), {QString()});
    }
    // A file here, whatever host might have such a name.
    for (QString &word : app.words) {
        if (QFileInfo::exists(word))
            word = QFileInfo(word).absoluteFilePath();
    }
    return app;
}

int runPluginCommand(const ParsedCommand &given)
{
    for (const auto &command : Commands) {
        if (given.path.value(1) == QLatin1String(command.name))
            return command.run(given);
    }
    Q_UNREACHABLE(); // the reader lets no other through
}

} // namespace bulkhead
