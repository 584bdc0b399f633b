// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/command_reader.h"

#include "app/programs/command_syntax/cli_tree.h"
#include "app/programs/command_syntax/nearest_name.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("CommandReader", source);
}

QStringList optionNames(const CommandSpec &command)
{
    QStringList names{QStringLiteral("--help")};
    for (const std::vector<OptionSpec> *list : {&command.options, &command.inherited}) {
        for (const OptionSpec &option : *list) {
            if (option.shown == OptionSpec::Shown::Yes)
                names << QStringLiteral("--") + option.name;
        }
    }
    return names;
}

QStringList commandNames(const CommandSpec &command)
{
    QStringList names;
    for (const CommandSpec &one : command.commands)
        names << one.name;
    return names;
}

/// "TAB [FILE] [MORE...]"
QString wordsText(const CommandSpec &command)
{
    QStringList texts;
    for (const WordSpec &word : command.words) {
        const QString name = word.name + (word.most > 1 ? QStringLiteral("...") : QString());
        texts << (word.least == 0 ? QStringLiteral("[%1]").arg(name) : name);
    }
    return texts.join(u' ');
}

QString called(const QStringList &path)
{
    return (QStringList(QStringLiteral("bulkhead")) + path).join(u' ');
}

/// What @p kind expects and @p text is not.
std::optional<QString> complaint(const QString &name, const ValueKind &kind, const QString &text)
{
    const std::optional<QString> mistake = kind.mistake(text);
    if (!mistake)
        return {};
    if (kind.expected().isEmpty())
        return tr("%1 needs a value.").arg(name);
    return tr("%1 must be %2, not \"%3\"%4.")
               .arg(name, kind.expected(), *mistake, kind.isList() ? tr(" (several with commas between)") : QString()) +
           didYouMean(*mistake, kind.suggestions());
}

/// One reading: what CLI11 made of the arguments, judged by the definition.
class Judge
{
public:
    Judge(const CommandSpec &root, const std::vector<CliTree::Level> &levels) : m_levels(levels)
    {
        for (std::size_t i = 1; i < levels.size(); ++i)
            m_parsed.path << levels[i].name;
        m_command = &commandAt(root, m_parsed.path);
        for (const CliTree::Level &level : levels) {
            for (auto option = level.options.begin(); option != level.options.end(); ++option)
                m_parsed.options[option.key()] += option.value();
        }
        m_parsed.words = levels.back().words;
    }

    tl::expected<ParsedCommand, UsageError> judged()
    {
        if (m_command->isGroup() && m_parsed.words == QStringList(QStringLiteral("help")))
            m_parsed.options.insert(QStringLiteral("help"), {QString()});
        if (m_parsed.has("help"))
            return m_parsed;
        for (const auto judge : {&Judge::unknownOptions, &Judge::misplacedOptions, &Judge::commands, &Judge::wordCount,
                                 &Judge::optionValues, &Judge::wordValues}) {
            if (const std::optional<QString> sentence = (this->*judge)())
                return tl::unexpected(UsageError{m_parsed.path, *sentence});
        }
        return m_parsed;
    }

private:
    using Complaint = std::optional<QString>;

    Complaint unknownOptions()
    {
        for (const CliTree::Level &level : m_levels) {
            if (level.unknown.isEmpty())
                continue;
            const QString option = level.unknown.first().section(u'=', 0, 0);
            const QString sentence = m_parsed.path.isEmpty()
                                         ? tr("There is no option %1.").arg(option)
                                         : tr("\"%1\" has no option %2.").arg(called(m_parsed.path), option);
            return sentence + didYouMean(option, optionNames(*m_command));
        }
        return {};
    }

    /// Given before the name of a command that does not know them.
    Complaint misplacedOptions()
    {
        for (auto option = m_parsed.options.begin(); option != m_parsed.options.end(); ++option) {
            if (!m_command->option(option.key()))
                return tr("--%1 has no meaning for \"%2\".").arg(option.key(), called(m_parsed.path));
        }
        return {};
    }

    Complaint commands()
    {
        if (!m_command->isGroup())
            return {};
        const QString names = commandNames(*m_command).join(QStringLiteral(", "));
        if (m_parsed.words.isEmpty())
            return tr("\"%1\" needs a command: %2.").arg(called(m_parsed.path), names);
        return tr("\"%1\" has no command \"%2\"; it has: %3.")
                   .arg(called(m_parsed.path), m_parsed.words.first(), names) +
               didYouMean(m_parsed.words.first(), commandNames(*m_command));
    }

    Complaint wordCount()
    {
        qint64 least = 0, most = 0;
        for (const WordSpec &word : m_command->words) {
            least += word.least;
            most += word.most;
        }
        const QString use = tr("The use is: %1.").arg((called(m_parsed.path) + u' ' + wordsText(*m_command)).trimmed());
        if (m_parsed.words.size() > most)
            return tr("\"%1\" is more than \"%2\" takes. ").arg(m_parsed.words[most], called(m_parsed.path)) + use;
        if (m_parsed.words.size() < least)
            return tr("\"%1\" needs more words. ").arg(called(m_parsed.path)) + use;
        return {};
    }

    Complaint optionValues()
    {
        for (auto option = m_parsed.options.begin(); option != m_parsed.options.end(); ++option) {
            const OptionSpec *spec = m_command->option(option.key());
            if (!spec || !spec->value)
                continue;
            for (const QString &value : option.value()) {
                if (const Complaint wrong = complaint(QStringLiteral("--") + spec->name, *spec->value, value))
                    return wrong;
            }
        }
        return {};
    }

    /// Words that may be missing are those that are there when the others have theirs.
    Complaint wordValues()
    {
        qsizetype left = m_parsed.words.size();
        for (const WordSpec &word : m_command->words)
            left -= word.least;
        qsizetype at = 0;
        for (const WordSpec &word : m_command->words) {
            const qsizetype more = std::min<qsizetype>(left, word.most - word.least);
            left -= more;
            for (const qsizetype end = at + word.least + more; at < end; ++at) {
                if (const Complaint wrong = complaint(word.name, word.kind, m_parsed.words[at]))
                    return wrong;
            }
        }
        return {};
    }

    const std::vector<CliTree::Level> &m_levels;
    const CommandSpec *m_command = nullptr;
    ParsedCommand m_parsed;
};

QStringList pathOf(const std::vector<CliTree::Level> &levels)
{
    QStringList path;
    for (std::size_t i = 1; i < levels.size(); ++i)
        path << levels[i].name;
    return path;
}

} // namespace

tl::expected<ParsedCommand, UsageError> CommandReader::read(const QStringList &arguments) const
{
    CliTree tree(m_root, CliTree::Commands::All);
    CliTree::Reading reading = tree.read(arguments);
    // An address was there before what looks like a command: all of it are addresses.
    if (reading.levels.size() > 1 && !reading.levels.front().words.isEmpty())
        reading = CliTree(m_root, CliTree::Commands::None).read(arguments);
    // And before the name of a command of a group there is nothing.
    for (std::size_t i = 1; i + 1 < reading.levels.size(); ++i) {
        if (!reading.levels[i].words.isEmpty())
            reading.levels.resize(i + 1);
    }
    if (!reading.mistake.isEmpty())
        return tl::unexpected(UsageError{pathOf(reading.levels), reading.mistake});
    return Judge(m_root, reading.levels).judged();
}

} // namespace bulkhead
