// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/completion.h"

namespace bulkhead {

using namespace completion;

namespace {

/// Inside the brackets and between the colons of _arguments.
QString escaped(QString text)
{
    for (const char special : {'\\', '[', ']', ':'})
        text.replace(QLatin1Char(special), QStringLiteral("\\") + QLatin1Char(special));
    return text;
}

/// What completes a value: zsh's own completers of files, or the words.
QString action(const ValueKind &kind)
{
    const QString words = kind.suggestions().join(u' ');
    QString files;
    if (takesFiles(kind))
        files = kind.type() == ValueKind::Type::Folder ? QStringLiteral("_files -/") : QStringLiteral("_files");
    if (words.isEmpty())
        return files.isEmpty() ? QStringLiteral(" ") : files;
    if (!files.isEmpty())
        return QStringLiteral("_alternative \"names\\:name\\:(%1)\" \"files\\:file\\:%2\"").arg(words, files);
    return kind.isList() ? QStringLiteral("_values -s , value %1").arg(words) : QStringLiteral("(%1)").arg(words);
}

QString functionName(const QStringList &path)
{
    return (QStringList(QStringLiteral("_bulkhead")) + path).join(u'_').replace(u'-', u'_');
}

QStringList optionArguments(const CommandSpec &command)
{
    QStringList arguments;
    for (const OptionSpec &option : shownOptions(command)) {
        const QString repeat = option.isRepeatable ? QStringLiteral("*") : QString();
        const QString what = u'[' + escaped(option.does) + u']';
        if (option.value)
            arguments << quoted(repeat +
                                QStringLiteral("--%1=%2:%3:%4")
                                    .arg(option.name, what, escaped(option.placeholder), action(*option.value)));
        else
            arguments << quoted(QStringLiteral("--") + option.name + what);
    }
    return arguments;
}

/// A command without commands.
QString leaf(const QStringList &path, const CommandSpec &command)
{
    QStringList arguments = optionArguments(command);
    for (const WordSpec &word : command.words) {
        const QString name = escaped(word.name);
        if (word.most > 1)
            arguments << quoted(QStringLiteral("*:%1:%2").arg(name, action(word.kind)));
        else
            arguments << quoted(QStringLiteral("%1%2:%3").arg(
                word.least == 0 ? QStringLiteral("::") : QStringLiteral(":"), name, action(word.kind)));
    }
    return QStringLiteral("%1() {\n    _arguments -s -S \\\n        %2\n}\n")
        .arg(functionName(path), arguments.join(QStringLiteral(" \\\n        ")));
}

/// A command with commands; the root's words are addresses as well.
QString group(const QStringList &path, const CommandSpec &command)
{
    QString list, cases;
    for (const CommandSpec &one : command.commands) {
        list += QStringLiteral("        %1\n").arg(quoted(escaped(one.name) + u':' + one.does));
        cases += QStringLiteral("            %1) %2 ;;\n").arg(one.name, functionName(path + QStringList(one.name)));
    }
    const bool files = !command.words.empty();
    return QStringLiteral(
               "%1() {\n    local curcontext=$curcontext state line ret=1\n    local -a commands=(\n%2    )\n"
               "    _arguments -C -S \\\n        %3 \\\n        '1: :->command' '*:: :->rest' && ret=0\n"
               "    case $state in\n        command) _describe -t commands command commands && ret=0\n"
               "            %4;;\n        rest)\n            case $line[1] in\n%5            *) %6 ;;\n"
               "            esac\n            ret=0 ;;\n    esac\n    return ret\n}\n")
        .arg(functionName(path), list, optionArguments(command).join(QStringLiteral(" \\\n        ")),
             files ? QStringLiteral("_files && ret=0\n            ") : QString(), cases,
             files ? QStringLiteral("_files") : QStringLiteral(":"));
}

} // namespace

QString zshCompletion(const CommandSpec &root)
{
    QString functions;
    forEachCommand(root, [&](const QStringList &path, const CommandSpec &command) {
        functions += command.commands.empty() ? leaf(path, command) : group(path, command);
    });
    return QStringLiteral(
               "#compdef bulkhead\n# zsh completion for bulkhead; \"bulkhead --completion zsh\" prints it.\n") +
           functions +
           QStringLiteral("# Called by the completion system, or read by \"source\".\n"
                          "if [ \"$funcstack[1]\" = _bulkhead ]; then\n    _bulkhead \"$@\"\nelse\n    compdef "
                          "_bulkhead bulkhead\nfi\n");
}

} // namespace bulkhead
