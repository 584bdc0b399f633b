// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/legacy_values.h"

#include "renderer/engine/css/properties/named_colors.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

bool isHex(QChar c)
{
    return isDigit(c) || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
}

QStringView withoutLeadingSpace(QStringView value)
{
    while (!value.isEmpty() && value.front().isSpace())
        value = value.mid(1);
    return value;
}

qsizetype digitsAt(QStringView value, qsizetype from)
{
    qsizetype end = from;
    while (end < value.size() && isDigit(value[end]))
        ++end;
    return end - from;
}

} // namespace

std::optional<QString> legacyDimension(QStringView value, ZeroDimension zero)
{
    value = withoutLeadingSpace(value);
    qsizetype length = digitsAt(value, 0);
    if (length == 0)
        return std::nullopt;
    if (length + 1 < value.size() && value[length] == u'.')
        length += 1 + digitsAt(value, length + 1);
    const double number = std::min(value.left(length).toDouble(), 1e6);
    if (number == 0 && zero == ZeroDimension::Ignored)
        return std::nullopt;
    const bool isPercent = length < value.size() && value[length] == u'%';
    return QString::number(number) + (isPercent ? QStringLiteral("%") : QStringLiteral("px"));
}

std::optional<int> legacyInteger(QStringView value)
{
    value = withoutLeadingSpace(value);
    const bool hasSign = !value.isEmpty() && (value.front() == u'-' || value.front() == u'+');
    const bool isNegative = hasSign && value.front() == u'-';
    const qsizetype start = hasSign ? 1 : 0;
    const qsizetype length = digitsAt(value, start);
    if (length == 0)
        return std::nullopt;
    const double number = std::min(value.mid(start, length).toDouble(), 2147483647.0);
    return int(isNegative ? -number : number);
}

std::optional<QString> legacyColor(QStringView value)
{
    const QStringView trimmed = value.trimmed();
    if (value.isEmpty() || trimmed.compare(u"transparent", Qt::CaseInsensitive) == 0)
        return std::nullopt;
    if (const auto named = css::namedColor(trimmed))
        return u'#' + QString::number(*named, 16).rightJustified(6, u'0');
    if (trimmed.size() == 4 && trimmed[0] == u'#' && std::all_of(trimmed.begin() + 1, trimmed.end(), isHex))
        return trimmed.toString();
    QString digits;
    for (const QChar c : trimmed.left(128)) {
        if (!c.isLowSurrogate())
            digits += c.isHighSurrogate() ? QStringLiteral("00") : isHex(c) ? QString(c) : QStringLiteral("0");
    }
    if (trimmed.startsWith(u'#'))
        digits.remove(0, 1);
    while (digits.isEmpty() || digits.size() % 3 != 0)
        digits += u'0';
    qsizetype length = digits.size() / 3;
    QString parts[3] = {digits.left(length), digits.mid(length, length), digits.mid(2 * length)};
    const auto all = [&parts](auto test) { return std::all_of(std::begin(parts), std::end(parts), test); };
    if (length > 8) {
        for (QString &part : parts)
            part = part.right(8);
        length = 8;
    }
    while (length > 2 && all([](const QString &part) { return part.startsWith(u'0'); })) {
        for (QString &part : parts)
            part.remove(0, 1);
        --length;
    }
    QString color = QStringLiteral("#");
    for (const QString &part : parts)
        color += part.left(2).rightJustified(2, u'0');
    return color;
}

std::optional<QString> legacyFontSize(QStringView value)
{
    static constexpr const char *Sizes[] = {"x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"};
    value = withoutLeadingSpace(value);
    const bool isRelative = !value.isEmpty() && (value.front() == u'+' || value.front() == u'-');
    const std::optional<int> number = legacyInteger(value);
    if (!number)
        return std::nullopt;
    const int size = isRelative ? 3 + std::clamp(*number, -10, 10) : *number;
    return QString::fromLatin1(Sizes[std::clamp(size, 1, 7) - 1]);
}

QString cssString(QStringView text)
{
    QString escaped = QStringLiteral("\"");
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            escaped += u'\\';
        if (c == u'\n' || c == u'\r' || c == u'\f')
            continue;
        escaped += c;
    }
    return escaped + u'"';
}

} // namespace bulkhead::engine
