// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/app_options.h"
#include "app/programs/command_lines/plugin_command.h"
#include "app/programs/command_lines/plugin_template.h"

#include <QCoreApplication>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("PluginSpec", source);
}

CommandSpec command(const char *name, const QString &does, const WordSpec &word, std::vector<OptionSpec> options = {})
{
    CommandSpec spec;
    spec.name = QLatin1String(name);
    spec.does = does;
    spec.words = {word};
    spec.options = std::move(options);
    return spec;
}

CommandSpec runSpec()
{
    CommandSpec spec = command(
        "run", tr("Shows a file with the plugin that is being worked on."),
        {QStringLiteral("FILE"), tr("What is shown."), ValueKind::file(), 1, WordSpec::Any},
        {OptionSpec::valued("plugin", "FOLDER", ValueKind::folder(),
                            tr("Where the plugin lies; otherwise build or the current folder.")),
         OptionSpec::flag("watch", tr("Load the page again when the plugin is built anew.")),
         OptionSpec::flag("wait-debugger", tr("Stop before the plugin is loaded, for a debugger; without a sandbox.")),
         OptionSpec::flag("in-process", tr("Without a browser and without a sandbox; --screenshot then writes PPM."))});
    spec.inherited = appOptions();
    return spec;
}

CommandSpec listSpec(const OptionSpec &pluginPath)
{
    CommandSpec spec = command("list", tr("Lists the plugins."), {});
    spec.words.clear();
    spec.options = {OptionSpec::flag("json", tr("Print JSON.")), pluginPath};
    return spec;
}

} // namespace

CommandSpec pluginSpec()
{
    const WordSpec folder{QStringLiteral("FOLDER"), tr("Of the plugin."), ValueKind::folder()};
    const OptionSpec pluginPath = OptionSpec::valued("plugin-path", "FOLDER", ValueKind::folder(),
                                                     tr("Look for plugins in FOLDER, too, before the usual ones."))
                                      .repeatable();
    CommandSpec spec;
    spec.name = QStringLiteral("plugin");
    spec.does = tr("Makes, tries, checks, packs and installs plugins.");
    spec.details = tr("Ends with 0 when it was done, 1 when it was refused or failed, 2 for bad input.");
    spec.commands = {
        command("new", tr("Makes a folder with a plugin that builds at once."),
                {QStringLiteral("NAME"), tr("Lower-case letters, digits and hyphens; of the folder, too.")},
                {OptionSpec::valued("kind", "KIND", ValueKind::choice(PluginTemplate::kinds()), tr("What is made:"),
                                    QStringLiteral("viewer")),
                 OptionSpec::valued("vendor", "NAME", ValueKind::text(), tr("For the plugin's id."),
                                    QStringLiteral("example"))}),
        runSpec(),
        command("validate", tr("Puts a plugin through what it will meet, in real processes."), folder,
                {OptionSpec::valued("document", "FILE", ValueKind::file(),
                                    tr("A good one of the plugin's type; otherwise one is made up.")),
                 OptionSpec::valued("seed", "N", ValueKind::whole(0, 4294967295), tr("Of everything random."),
                                    QStringLiteral("1")),
                 OptionSpec::flag("json", tr("Print JSON."))}),
        command("pack", tr("Packs a plugin, after having checked it."), folder,
                {OptionSpec::valued("output", "FOLDER", ValueKind::folder(), tr("Where the package is written."),
                                    QStringLiteral("."))}),
        command("install", tr("Installs a plugin for you."),
                {QStringLiteral("FOLDER|PACKAGE"), tr("Of the plugin."), ValueKind::file()}),
        command("remove", tr("Removes one of your plugins."),
                {QStringLiteral("ID"), tr("As \"bulkhead plugin list\" shows it.")}),
        listSpec(pluginPath),
        command("why", tr("Tells which plugin shows a file or a type, and why."),
                {QStringLiteral("FILE|TYPE"), tr("A file, or a type such as image/png."), ValueKind::file()},
                {OptionSpec::flag("embed", tr("As a part of a page, not as a page.")), pluginPath}),
    };
    return spec;
}

} // namespace bulkhead
