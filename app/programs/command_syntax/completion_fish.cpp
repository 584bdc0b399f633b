// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/completion.h"

namespace bulkhead {

using namespace completion;

namespace {

/// True when the command that the line has named so far is just that one.
constexpr char Body[] = R"(function __bulkhead_at
    set -l words (commandline -opc)
    set -e words[1]
    set -l path
    set -l skip no
    for word in $words
        if test $skip = yes
            set skip no
        else if string match -q -- '-*' $word
            contains -- $word $__bulkhead_valued; and set skip yes
        else if contains -- (string trim -- "$path $word") $__bulkhead_paths
            set -a path $word
        else
            break
        end
    end
    test "$path" = "$argv[1]"
end
complete -c bulkhead -f
)";

/// Between single quotes, as fish reads it.
QString fishQuoted(QString text)
{
    return u'\'' + text.replace(u'\\', QStringLiteral("\\\\")).replace(u'\'', QStringLiteral("\\'")) + u'\'';
}

QString valueText(const ValueKind &kind)
{
    const QStringList suggestions = kind.suggestions();
    QString text = QStringLiteral(" -r");
    text += takesFiles(kind) ? QStringLiteral(" -F") : QStringLiteral(" -f");
    if (suggestions.isEmpty())
        return text;
    return text + QStringLiteral(" -a ") +
           fishQuoted(kind.isList() ? QStringLiteral("(__fish_append , %1)").arg(suggestions.join(u' '))
                                    : suggestions.join(u' '));
}

} // namespace

QString fishCompletion(const CommandSpec &root)
{
    QStringList paths, valued;
    QString lines;
    forEachCommand(root, [&](const QStringList &path, const CommandSpec &command) {
        const QString where = path.join(u' ');
        if (!path.isEmpty())
            paths << fishQuoted(where);
        const QString begin =
            QStringLiteral("complete -c bulkhead -n ") + fishQuoted(QStringLiteral("__bulkhead_at \"%1\"").arg(where));
        for (const CommandSpec &one : command.commands)
            lines += begin + QStringLiteral(" -a %1 -d %2\n").arg(one.name, fishQuoted(one.does));
        for (const OptionSpec &option : shownOptions(command)) {
            lines += begin + QStringLiteral(" -l ") + option.name;
            if (option.letter)
                lines += QStringLiteral(" -s ") + QLatin1Char(option.letter);
            if (option.value)
                lines += valueText(*option.value);
            lines += QStringLiteral(" -d ") + fishQuoted(option.does) + u'\n';
        }
        for (const WordSpec &word : command.words) {
            if (takesFiles(word.kind))
                lines += begin + QStringLiteral(" -F\n");
            if (!word.kind.suggestions().isEmpty())
                lines += begin + QStringLiteral(" -a ") + fishQuoted(word.kind.suggestions().join(u' ')) + u'\n';
        }
    });
    for (const QString &option : valuedOptions(root))
        valued << option;
    return QStringLiteral("# fish completion for bulkhead; \"bulkhead --completion fish\" prints it.\n"
                          "set -g __bulkhead_valued %1\nset -g __bulkhead_paths %2\n")
               .arg(valued.join(u' '), paths.join(u' ')) +
           QString::fromLatin1(Body) + lines;
}

} // namespace bulkhead
