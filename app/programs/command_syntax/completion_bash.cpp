// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/completion.h"

namespace bulkhead {

using namespace completion;

namespace {

/// The part that is the same for every definition. bash breaks words at "=", so "--name=value" is three of them.
constexpr char Body[] = R"(_bulkhead() {
    local current=${COMP_WORDS[COMP_CWORD]} option= path= commands= options= words= kind= values= i word
    COMPREPLY=()
    for ((i = 1; i < COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        case $word in
            =) continue ;;
            -*)
                if [[ " $_bulkhead_valued " == *" $word "* ]]; then
                    [[ ${COMP_WORDS[i + 1]} == = ]] && ((i++))
                    ((i++))
                fi
                ;;
            *)
                [[ " $_bulkhead_paths" == *"|$path${path:+ }$word|"* ]] || break
                path=$path${path:+ }$word
                ;;
        esac
    done
    _bulkhead_describe "$path"
    if [[ $current == = ]]; then
        option=${COMP_WORDS[COMP_CWORD - 1]}
        current=
    elif ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[COMP_CWORD - 1]} == = ]]; then
        option=${COMP_WORDS[COMP_CWORD - 2]}
    elif ((COMP_CWORD > 0)) && [[ " $_bulkhead_valued " == *" ${COMP_WORDS[COMP_CWORD - 1]} "* ]]; then
        option=${COMP_WORDS[COMP_CWORD - 1]}
    fi
    if [[ -n $option ]]; then
        _bulkhead_value "$path" "$option"
    elif [[ $current == -* ]]; then
        values=$options
    else
        values=$commands
        [[ -z $words ]] || values="$values ${words#*|}"
        kind=${words%%|*}
    fi
    case $kind in
        list)
            local before=
            [[ $current != *,* ]] || before=${current%,*},
            COMPREPLY=($(compgen -P "$before" -W "$values" -- "${current##*,}"))
            ;;
        *)
            COMPREPLY=($(compgen -W "$values" -- "$current"))
            ;;
    esac
    local IFS=$'\n'
    case $kind in
        file) COMPREPLY+=($(compgen -f -- "$current")) ;;
        folder) COMPREPLY+=($(compgen -d -- "$current")) ;;
        *) return ;;
    esac
    type compopt >/dev/null 2>&1 && compopt -o filenames 2>/dev/null
    return 0
}
complete -F _bulkhead bulkhead
)";

QString kindName(const ValueKind &kind)
{
    if (kind.type() == ValueKind::Type::Folder)
        return QStringLiteral("folder");
    if (kind.type() == ValueKind::Type::File)
        return QStringLiteral("file");
    return kind.isList() ? QStringLiteral("list") : QStringLiteral("one");
}

} // namespace

QString bashCompletion(const CommandSpec &root)
{
    QString paths, describe, value;
    forEachCommand(root, [&](const QStringList &path, const CommandSpec &command) {
        const QString where = path.join(u' ');
        if (!path.isEmpty())
            paths += where + u'|';
        QStringList commands, options, suggestions;
        bool files = false;
        for (const CommandSpec &one : command.commands)
            commands << one.name;
        for (const OptionSpec &option : shownOptions(command)) {
            const QString name = QStringLiteral("--") + option.name;
            options << name;
            if (option.value)
                value += QStringLiteral("        %1) kind=%2 values=%3 ;;\n")
                             .arg(quoted(where + u':' + name), kindName(*option.value),
                                  quoted(option.value->suggestions().join(u' ')));
        }
        for (const WordSpec &word : command.words) {
            suggestions << word.kind.suggestions();
            files = files || takesFiles(word.kind);
        }
        describe +=
            QStringLiteral("        %1) commands=%2 options=%3 words=%4 ;;\n")
                .arg(quoted(where), quoted(commands.join(u' ')), quoted(options.join(u' ')),
                     quoted((files ? QStringLiteral("file|") : QStringLiteral("one|")) + suggestions.join(u' ')));
    });
    return QStringLiteral("# bash completion for bulkhead; \"bulkhead --completion bash\" prints it.\n"
                          "_bulkhead_valued=%1\n_bulkhead_paths=%2\n"
                          "_bulkhead_describe() {\n    case $1 in\n%3    esac\n}\n"
                          "_bulkhead_value() {\n    case $1:$2 in\n%4    esac\n}\n")
               .arg(quoted(valuedOptions(root).join(u' ')), quoted(u'|' + paths), describe, value) +
           QString::fromLatin1(Body);
}

} // namespace bulkhead
