// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/counter_styles.h"

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/css/sheet_parser.h"

#include <QFile>

#include <algorithm>
#include <limits>
#include <variant>

static void initStyleResources()
{
    Q_INIT_RESOURCE(engine_style_resources); // the library is static
}

namespace bulkhead::engine {

namespace {

using System = CounterStyle::System;

constexpr int MostExtends = 16; // and fallbacks: circles end there, in decimal

const CounterStyle &decimal()
{
    static const CounterStyle style = [] {
        CounterStyle made;
        made.system = System::Numeric;
        for (int i = 0; i < 10; ++i)
            made.symbols.push_back(QString::number(i));
        return made;
    }();
    return style;
}

QHash<QString, CounterStyle> parsePredefined()
{
    initStyleResources();
    QHash<QString, CounterStyle> styles;
    QFile file(QStringLiteral(":/bulkhead/engine/counter_styles.css"));
    if (!file.open(QIODevice::ReadOnly))
        return styles;
    Atoms atoms;
    css::SheetContext context;
    context.atoms = &atoms;
    const css::Sheet sheet = css::parseSheet(QString::fromUtf8(file.readAll()), context);
    for (const css::Rule &rule : sheet.rules) {
        if (const auto *counter = std::get_if<css::CounterStyleRule>(&rule.content)) {
            if (auto style = parseCounterStyle(*counter))
                styles.insert(counter->name, *style);
        }
    }
    return styles;
}

const QHash<QString, CounterStyle> &predefined()
{
    static const QHash<QString, CounterStyle> styles = parsePredefined();
    return styles;
}

bool contains(const CounterStyle &style, System system, int value)
{
    if (style.ranges && !style.ranges->empty())
        return std::any_of(style.ranges->begin(), style.ranges->end(),
                           [value](const auto &range) { return value >= range.first && value <= range.second; });
    switch (system) {
    case System::Alphabetic:
    case System::Symbolic:
        return value >= 1;
    case System::Additive:
        return value >= 0;
    default:
        return true;
    }
}

} // namespace

CounterStyles::CounterStyles() = default;

CounterStyles::CounterStyles(const std::vector<const css::CounterStyleRule *> &rules)
{
    for (const css::CounterStyleRule *rule : rules) {
        if (auto style = parseCounterStyle(*rule))
            m_own.insert(rule->name, *style);
    }
}

const CounterStyle *CounterStyles::find(const QString &name) const
{
    const auto own = m_own.constFind(name);
    if (own != m_own.cend())
        return &*own;
    const auto known = predefined().constFind(name);
    if (known != predefined().cend())
        return &*known;
    const auto lower = predefined().constFind(name.toLower());
    return lower == predefined().cend() ? &decimal() : &*lower;
}

namespace {

/// @p style with what it leaves out taken from @p base.
CounterStyle extended(CounterStyle style, const CounterStyle &base)
{
    const auto take = [](auto &mine, const auto &theirs) {
        if (!mine)
            mine = theirs;
    };
    take(style.negative, base.negative);
    take(style.prefix, base.prefix);
    take(style.suffix, base.suffix);
    take(style.fallback, base.fallback);
    take(style.ranges, base.ranges);
    take(style.pad, base.pad);
    style.system = base.system;
    style.first = base.first;
    style.extends = base.extends;
    style.symbols = base.symbols;
    style.additive = base.additive;
    return style;
}

} // namespace

QString CounterStyles::represent(int value, const CounterStyle &given, int depth) const
{
    CounterStyle style = given;
    for (int i = 0; style.system == System::Extends; ++i)
        style = extended(style, i < MostExtends ? *find(style.extends) : decimal());
    const bool hasSign = value < 0 && usesNegativeSign(style.system);
    std::optional<QString> digits;
    if (contains(style, style.system, value)) {
        const int magnitude = hasSign ? -std::max(value, -std::numeric_limits<int>::max()) : value;
        digits = counterDigits(style, magnitude);
    }
    if (!digits) {
        const bool hasFallback = style.fallback && depth < MostExtends;
        return represent(value, hasFallback ? *find(*style.fallback) : decimal(), depth + 1);
    }
    const auto sign = style.negative.value_or(std::pair(QStringLiteral("-"), QString()));
    if (style.pad) {
        const qsizetype signs = hasSign ? sign.first.size() + sign.second.size() : 0;
        const qsizetype missing = style.pad->first - digits->size() - signs;
        if (missing > 0)
            *digits = style.pad->second.repeated(missing) + *digits;
    }
    return hasSign ? sign.first + *digits + sign.second : *digits;
}

QString CounterStyles::text(int value, const QString &style) const
{
    if (style == u"none")
        return {};
    if (style.startsWith(u'"'))
        return style.mid(1);
    if (style.startsWith(u"symbols("))
        return represent(value, anonymousCounterStyle(style), 0);
    return represent(value, style.isEmpty() ? decimal() : *find(style), 0);
}

QString CounterStyles::marker(int value, const QString &style) const
{
    if (style == u"none" || style.startsWith(u'"'))
        return text(value, style);
    CounterStyle found = style.startsWith(u"symbols(") ? anonymousCounterStyle(style) : *find(style);
    for (int i = 0; found.system == System::Extends; ++i)
        found = extended(found, i < MostExtends ? *find(found.extends) : decimal());
    return found.prefix.value_or(QString()) + represent(value, found, 0) + found.suffix.value_or(QStringLiteral(". "));
}

} // namespace bulkhead::engine
