// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/help_text.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr qsizetype Columns = 100;
constexpr qsizetype MostLabel = 26;

QString tr(const char *source)
{
    return QCoreApplication::translate("HelpText", source);
}

/// @p text in lines that begin at column @p indent; the first one begins there already.
QString wrapped(const QString &text, qsizetype indent)
{
    QString out;
    qsizetype column = indent;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (column > indent && column + 1 + word.size() > Columns) {
            out += u'\n' + QString(indent, u' ');
            column = indent;
        }
        if (column > indent) {
            out += u' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}

/// Rows of a label and what it means, the latter in a column of their own.
class Section
{
public:
    explicit Section(const QString &title) : m_title(title) {}

    void row(const QString &label, const QString &text)
    {
        m_rows.append({label, text});
        if (label.size() <= MostLabel)
            m_width = std::max(m_width, label.size());
    }

    QString text() const
    {
        if (m_rows.isEmpty())
            return {};
        const qsizetype indent = m_width + 4;
        QString out = u'\n' + m_title + u'\n';
        for (const auto &[label, meaning] : m_rows) {
            const QString begin = QStringLiteral("  ") + label;
            out += begin.size() + 2 > indent ? begin + u'\n' + QString(indent, u' ') : begin.leftJustified(indent);
            out += wrapped(meaning, indent) + u'\n';
        }
        return out;
    }

private:
    QString m_title;
    QList<std::pair<QString, QString>> m_rows;
    qsizetype m_width = 8;
};

/// "A number from 1 to 1000; 24 unless given."
QString limitsText(const ValueKind &kind, const QString &standard)
{
    QString text = kind.expected();
    if (text.isEmpty())
        return standard.isEmpty() ? QString() : tr(" Unless given: %1.").arg(standard);
    if (kind.type() != ValueKind::Type::Choice) // which is typed as it is written
        text[0] = text[0].toUpper();
    if (kind.isList())
        text += tr(", several with commas between");
    if (!standard.isEmpty())
        text += tr("; %1 unless given").arg(standard);
    return u' ' + text + u'.';
}

QString optionLabel(const OptionSpec &option)
{
    return (option.letter ? QStringLiteral("-%1, ").arg(QLatin1Char(option.letter)) : QString()) +
           QStringLiteral("--") + option.name + (option.value ? u' ' + option.placeholder : QString());
}

QString useText(const CommandSpec &command, const QString &called)
{
    QString words;
    for (const WordSpec &word : command.words) {
        const QString name = word.name + (word.most > 1 ? QStringLiteral("...") : QString());
        words += word.least == 0 ? QStringLiteral(" [%1]").arg(name) : u' ' + name;
    }
    const QString options = command.options.empty() ? QString() : tr(" [options]");
    QString text = tr("usage: %1").arg(called);
    if (command.isGroup())
        return text + options + tr(" COMMAND ...") + u'\n';
    text += options + words + u'\n';
    if (!command.commands.empty())
        text += tr("       %1 COMMAND ...").arg(called) + u'\n';
    return text;
}

} // namespace

QString helpText(const CommandSpec &root, const QStringList &path)
{
    const CommandSpec &command = commandAt(root, path);
    const QString called = (QStringList(root.name) + path).join(u' ');
    QString out = useText(command, called) + u'\n' + wrapped(command.does, 0) + u'\n';
    for (const QString &paragraph : command.details.split(u'\n', Qt::SkipEmptyParts))
        out += wrapped(paragraph, 0) + u'\n';

    Section words(tr("Words:"));
    for (const WordSpec &word : command.words) {
        if (!word.does.isEmpty() || !word.kind.expected().isEmpty())
            words.row(word.name, word.does + limitsText(word.kind, {}));
    }
    Section commands(tr("Commands:"));
    for (const CommandSpec &one : command.commands)
        commands.row(one.name, one.does);
    Section options(tr("Options:"));
    std::vector<OptionSpec> all = command.options;
    if (!command.option(QStringLiteral("help")))
        all.push_back(helpOption());
    for (const OptionSpec &option : all) {
        if (option.shown == OptionSpec::Shown::No)
            continue;
        const QString repeated = option.isRepeatable ? tr(" May be repeated.") : QString();
        options.row(optionLabel(option),
                    option.does + (option.value ? limitsText(*option.value, option.standard) : QString()) + repeated);
    }
    out += words.text() + commands.text() + options.text();
    if (!command.inherited.empty())
        out +=
            u'\n' +
            tr("It also takes the options of \"%1\".")
                .arg(path.size() > 1 && root.command(path.first())->options.size() > 0 ? root.name + u' ' + path.first()
                                                                                       : root.name) +
            u'\n';
    if (!command.commands.empty())
        out += u'\n' + tr("\"%1 COMMAND --help\" tells more of each.").arg(called) + u'\n';
    return out;
}

} // namespace bulkhead
