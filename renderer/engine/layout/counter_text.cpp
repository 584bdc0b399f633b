// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/generated_content.h"

#include <array>
#include <utility>

/// The counter styles of CSS 2.1 12.4.2 (css-counter-styles-3 6).
namespace bulkhead::engine {

namespace {

QString alphabetic(int value, QStringView letters)
{
    QString text;
    for (; value > 0; value = (value - 1) / int(letters.size()))
        text.prepend(letters[(value - 1) % int(letters.size())]);
    return text;
}

QString roman(int value, bool isUpper)
{
    static constexpr std::array<std::pair<int, const char *>, 13> symbols{{{1000, "m"},
                                                                           {900, "cm"},
                                                                           {500, "d"},
                                                                           {400, "cd"},
                                                                           {100, "c"},
                                                                           {90, "xc"},
                                                                           {50, "l"},
                                                                           {40, "xl"},
                                                                           {10, "x"},
                                                                           {9, "ix"},
                                                                           {5, "v"},
                                                                           {4, "iv"},
                                                                           {1, "i"}}};
    QString text;
    for (const auto &[weight, symbol] : symbols) {
        for (; value >= weight; value -= weight)
            text += QLatin1String(symbol);
    }
    return isUpper ? text.toUpper() : text;
}

// A letter for each digit that is not 0: units, tens, hundreds, thousands.
QString additive(int value, const std::array<QStringView, 4> &digits)
{
    QString text;
    int weight = 1000;
    for (int place = 3; place >= 0; --place, weight /= 10) {
        const int digit = value / weight % 10;
        if (digit > 0)
            text += digits[std::size_t(place)][digit - 1];
    }
    return text;
}

QString armenian(int value)
{
    return additive(value, {u"ԱԲԳԴԵԶԷԸԹ", u"ԺԻԼԽԾԿՀՁՂ", u"ՃՄՅՆՇՈՉՊՋ", u"ՌՍՎՏՐՑՒՓՔ"});
}

QString georgian(int value)
{
    const QString rest = additive(value % 10000, {u"აბგდევზჱთ", u"იკლმნჲოპჟ", u"რსტჳფქღყშ", u"ჩცძწჭხჴჯჰ"});
    return value >= 10000 ? QStringLiteral("ჵ") + rest : rest;
}

} // namespace

QString counterText(int value, const QString &style)
{
    const auto is = [&](const char *name) { return style == QLatin1String(name); };
    if (is("none"))
        return {};
    if (is("disc"))
        return QStringLiteral("•");
    if (is("circle"))
        return QStringLiteral("◦");
    if (is("square"))
        return QStringLiteral("▪");
    if (is("disclosure-open"))
        return QStringLiteral("▾");
    if (is("disclosure-closed"))
        return QStringLiteral("▸");
    if (is("decimal-leading-zero") && value > -10 && value < 10)
        return value < 0 ? QStringLiteral("-0%1").arg(-value) : QStringLiteral("0%1").arg(value);
    if (value > 0) {
        if (is("lower-alpha") || is("lower-latin"))
            return alphabetic(value, u"abcdefghijklmnopqrstuvwxyz");
        if (is("upper-alpha") || is("upper-latin"))
            return alphabetic(value, u"ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (is("lower-greek"))
            return alphabetic(value, u"αβγδεζηθικλμνξοπρστυφχψω");
        if (value < 4000 && (is("lower-roman") || is("upper-roman")))
            return roman(value, is("upper-roman"));
        if (value < 10000 && (is("armenian") || is("upper-armenian")))
            return armenian(value);
        if (value < 10000 && is("lower-armenian"))
            return armenian(value).toLower();
        if (value < 20000 && is("georgian"))
            return georgian(value);
    }
    return QString::number(value);
}

} // namespace bulkhead::engine
