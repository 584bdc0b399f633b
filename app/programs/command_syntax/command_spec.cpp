// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/command_spec.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {

OptionSpec OptionSpec::withLetter(char l) const
{
    OptionSpec spec = *this;
    spec.letter = l;
    return spec;
}

OptionSpec OptionSpec::repeatable() const
{
    OptionSpec spec = *this;
    spec.isRepeatable = true;
    return spec;
}

OptionSpec OptionSpec::hidden() const
{
    OptionSpec spec = *this;
    spec.shown = Shown::No;
    return spec;
}

OptionSpec OptionSpec::withoutDisplay() const
{
    OptionSpec spec = *this;
    spec.display = Display::None;
    return spec;
}

const CommandSpec *CommandSpec::command(const QString &wanted) const
{
    const auto found =
        std::find_if(commands.begin(), commands.end(), [&](const CommandSpec &c) { return c.name == wanted; });
    return found == commands.end() ? nullptr : &*found;
}

const OptionSpec *CommandSpec::option(const QString &wanted) const
{
    for (const std::vector<OptionSpec> *list : {&options, &inherited}) {
        for (const OptionSpec &option : *list) {
            if (option.name == wanted)
                return &option;
        }
    }
    return nullptr;
}

const CommandSpec &commandAt(const CommandSpec &root, const QStringList &path)
{
    const CommandSpec *command = &root;
    for (const QString &name : path) {
        const CommandSpec *next = command->command(name);
        if (!next)
            break;
        command = next;
    }
    return *command;
}

OptionSpec helpOption()
{
    return OptionSpec::flag("help", QCoreApplication::translate("CommandSpec", "Show this text."))
        .withLetter('h')
        .withoutDisplay();
}

} // namespace bulkhead
