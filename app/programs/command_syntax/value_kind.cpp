// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_syntax/value_kind.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

constexpr int MostBytesShift = 40;

QString tr(const char *source)
{
    return QCoreApplication::translate("ValueKind", source);
}

QString number(double value)
{
    return QString::number(value, 'g', 12);
}

/// "a, b or c"
QString alternatives(const QStringList &words)
{
    if (words.size() < 2)
        return words.join(QString());
    return tr("%1 or %2").arg(words.mid(0, words.size() - 1).join(QStringLiteral(", ")), words.last());
}

std::optional<double> parseReal(const QString &text)
{
    bool ok = false;
    const double value = text.toDouble(&ok);
    if (!ok || !std::isfinite(value))
        return {};
    return value;
}

std::optional<double> parseWhole(const QString &text)
{
    bool ok = false;
    const qint64 value = text.toLongLong(&ok);
    if (!ok)
        return {};
    return double(value);
}

} // namespace

std::optional<quint64> parseBytes(const QString &text)
{
    static const QRegularExpression Pattern(QStringLiteral("^([0-9]{1,13})(?:([KMGT])(?:i?B)?|B)?$"),
                                            QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch match = Pattern.match(text.trimmed());
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2).toUpper();
    const int shift = unit == u"K" ? 10 : unit == u"M" ? 20 : unit == u"G" ? 30 : unit == u"T" ? 40 : 0;
    const quint64 count = match.captured(1).toULongLong();
    if (count > (quint64(1) << MostBytesShift) >> shift)
        return {};
    return count << shift;
}

std::optional<double> parseDuration(const QString &text, double unit)
{
    static const QRegularExpression Pattern(QStringLiteral("^([-+.0-9e]+) ?(us|ms|s|min|h)?$"));
    const QRegularExpressionMatch match = Pattern.match(text.trimmed());
    const std::optional<double> count = match.hasMatch() ? parseReal(match.captured(1)) : std::nullopt;
    if (!count)
        return {};
    const QString name = match.captured(2);
    const double seconds = name == u"us"    ? 1e-6
                           : name == u"ms"  ? 1e-3
                           : name == u"s"   ? 1
                           : name == u"min" ? 60
                           : name == u"h"   ? 3600
                                            : unit;
    return *count * seconds;
}

std::optional<QSize> parseSize(const QString &text)
{
    static const QRegularExpression Pattern(QStringLiteral("^([0-9]{1,6})x([0-9]{1,6})$"));
    const QRegularExpressionMatch match = Pattern.match(text);
    if (!match.hasMatch())
        return {};
    return QSize(match.captured(1).toInt(), match.captured(2).toInt());
}

QString typedBytes(quint64 bytes)
{
    int unit = 0;
    while (unit < 4 && bytes >= 1024 && bytes % 1024 == 0) {
        bytes /= 1024;
        ++unit;
    }
    return QString::number(bytes) + QStringLiteral("KMGT").mid(unit - 1, unit > 0 ? 1 : 0);
}

ValueKind ValueKind::microseconds(double least, double most)
{
    ValueKind kind(Type::Duration, least / 1e6, most / 1e6);
    kind.m_unit = 1e-6;
    return kind;
}

ValueKind ValueKind::choice(const QStringList &choices)
{
    ValueKind kind(Type::Choice);
    kind.m_choices = choices;
    return kind;
}

ValueKind ValueKind::list() const
{
    ValueKind kind = *this;
    kind.m_isList = true;
    return kind;
}

ValueKind ValueKind::wholeOnly() const
{
    ValueKind kind = *this;
    kind.m_wholeOnly = true;
    return kind;
}

ValueKind ValueKind::orWord(const QString &word) const
{
    ValueKind kind = *this;
    kind.m_word = word;
    return kind;
}

ValueKind ValueKind::suggesting(const QStringList &words) const
{
    ValueKind kind = *this;
    kind.m_suggestions = words;
    return kind;
}

QStringList ValueKind::suggestions() const
{
    if (m_type == Type::Choice)
        return m_choices;
    return m_word.isEmpty() ? m_suggestions : QStringList(m_word) + m_suggestions;
}

QString ValueKind::expected() const
{
    QString text;
    switch (m_type) {
    case Type::Text:
    case Type::File:
    case Type::Folder:
        return {};
    case Type::Choice:
        return alternatives(m_choices);
    case Type::Whole:
        text = tr("a whole number from %1 to %2").arg(number(m_least), number(m_most));
        break;
    case Type::Real:
        text = tr("a number from %1 to %2").arg(number(m_least), number(m_most));
        break;
    case Type::Bytes:
        text = tr("a number of bytes from %1 to %2").arg(typedBytes(quint64(m_least)), typedBytes(quint64(m_most)));
        break;
    case Type::Duration:
        text = (m_unit == 1 ? (m_wholeOnly ? tr("a whole number of seconds from %1 to %2")
                                           : tr("a number of seconds from %1 to %2"))
                            : tr("a number of microseconds from %1 to %2"))
                   .arg(number(m_least / m_unit), number(m_most / m_unit));
        break;
    case Type::Size:
        text = tr("WIDTHxHEIGHT with edges from %1 to %2, such as 640x360").arg(number(m_least), number(m_most));
        break;
    }
    return m_word.isEmpty() ? text : tr("%1 or %2").arg(m_word, text);
}

std::optional<QString> ValueKind::mistake(const QString &text) const
{
    for (const QString &part : m_isList ? text.split(u',') : QStringList(text)) {
        if (!accepts(m_isList ? part.trimmed() : part))
            return part;
    }
    return {};
}

bool ValueKind::isInRange(std::optional<double> value) const
{
    // Seconds were made of other units, so the last digit does not count.
    const double slack = m_type == Type::Duration ? 1e-9 : 0;
    return value && *value >= m_least - slack && *value <= m_most + slack;
}

bool ValueKind::accepts(const QString &text) const
{
    if (!m_word.isEmpty() && text == m_word)
        return true;
    switch (m_type) {
    case Type::Text:
        return true;
    case Type::File:
    case Type::Folder:
        return !text.isEmpty();
    case Type::Choice:
        return m_choices.contains(text);
    case Type::Whole:
        return isInRange(parseWhole(text));
    case Type::Real:
        return isInRange(parseReal(text));
    case Type::Bytes: {
        const std::optional<quint64> value = parseBytes(text);
        return value && isInRange(double(*value));
    }
    case Type::Duration: {
        const std::optional<double> seconds = parseDuration(text, m_unit);
        return isInRange(seconds) && !(m_wholeOnly && *seconds != std::floor(*seconds));
    }
    case Type::Size:
        break;
    }
    const std::optional<QSize> size = parseSize(text);
    return size && isInRange(std::min(size->width(), size->height())) &&
           isInRange(std::max(size->width(), size->height()));
}

} // namespace bulkhead
