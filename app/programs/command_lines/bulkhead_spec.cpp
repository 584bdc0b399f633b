// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/bulkhead_spec.h"

#include "app/programs/command_lines/app_options.h"
#include "app/programs/command_lines/ctl_spec.h"
#include "app/programs/command_lines/experiment_command.h"
#include "app/programs/command_lines/lab_spec.h"
#include "app/programs/command_lines/plugin_command.h"
#include "app/programs/command_syntax/completion.h"

#include <QCoreApplication>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("BulkheadSpec", source);
}

} // namespace

CommandSpec bulkheadSpec()
{
    CommandSpec spec;
    spec.name = QStringLiteral("bulkhead");
    spec.does = tr("Opens documents in tabs, each site in a process of its own.");
    spec.words = {{QStringLiteral("ADDRESS"), tr("A URL or a file to open; behind -- whatever it looks like."),
                   ValueKind::file(), 0, WordSpec::Any}};
    spec.commands = {ctlSpec(), labSpec(), experimentSpec(), pluginSpec(), sandboxCheckSpec()};
    spec.options = appOptions();
    // These belong to sandbox-check, and may stand before it.
    for (const OptionSpec &option : sandboxCheckSpec().options)
        spec.options.push_back(option.hidden());
    spec.options.push_back(
        OptionSpec::valued("completion", "SHELL",
                           ValueKind::choice({QStringLiteral("bash"), QStringLiteral("zsh"), QStringLiteral("fish")}),
                           tr("Print a script that completes these commands and options in that shell:"))
            .withoutDisplay());
    spec.options.push_back(helpOption());
    spec.options.push_back(OptionSpec::flag("version", tr("Show the version.")).withLetter('v').withoutDisplay());
    return spec;
}

QString completionScript(const CommandSpec &root, const QString &shell)
{
    return shell == u"bash" ? bashCompletion(root) : shell == u"zsh" ? zshCompletion(root) : fishCompletion(root);
}

} // namespace bulkhead
