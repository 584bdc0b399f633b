// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/completion.h"

namespace bulkhead::completion {

namespace {

void visitBelow(const QStringList &path, const CommandSpec &command,
                const std::function<void(const QStringList &, const CommandSpec &)> &visit)
{
    visit(path, command);
    for (const CommandSpec &one : command.commands)
        visitBelow(path + QStringList(one.name), one, visit);
}

} // namespace

void forEachCommand(const CommandSpec &command,
                    const std::function<void(const QStringList &, const CommandSpec &)> &visit)
{
    visitBelow({}, command, visit);
}

std::vector<OptionSpec> shownOptions(const CommandSpec &command)
{
    std::vector<OptionSpec> shown;
    for (const std::vector<OptionSpec> *list : {&command.options, &command.inherited}) {
        for (const OptionSpec &option : *list) {
            if (option.shown == OptionSpec::Shown::Yes)
                shown.push_back(option);
        }
    }
    if (!command.option(QStringLiteral("help")))
        shown.push_back(helpOption());
    return shown;
}

QString quoted(const QString &text)
{
    return u'\'' + QString(text).replace(u'\'', QStringLiteral("'\\''")) + u'\'';
}

QStringList valuedOptions(const CommandSpec &root)
{
    QStringList names;
    forEachCommand(root, [&](const QStringList &, const CommandSpec &command) {
        for (const OptionSpec &option : command.options) {
            if (option.value)
                names << QStringLiteral("--") + option.name;
        }
    });
    names.sort();
    names.removeDuplicates();
    return names;
}

bool takesFiles(const ValueKind &kind)
{
    return kind.type() == ValueKind::Type::File || kind.type() == ValueKind::Type::Folder;
}

} // namespace bulkhead::completion
