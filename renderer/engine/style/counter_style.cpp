// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/counter_style.h"

#include "renderer/engine/css/token.h"

#include <QStringList>

#include <algorithm>
#include <limits>

namespace bulkhead::engine {

using namespace css;

namespace {

using System = CounterStyle::System;

constexpr std::size_t MostSymbols = 1000;
constexpr int MostPadding = 100;
constexpr qsizetype MostCharacters = 200; // of one number: symbolic and additive ones repeat

/// A string or an identifier.
std::optional<QString> takeSymbol(TokenStream &tokens)
{
    tokens.skipWhitespace();
    if (!tokens.peek().is(TokenType::String) && !tokens.peek().is(TokenType::Ident))
        return std::nullopt;
    return tokens.next().text;
}

std::optional<int> takeInteger(TokenStream &tokens)
{
    tokens.skipWhitespace();
    if (!tokens.peek().is(TokenType::Number) || !tokens.peek().isInteger)
        return std::nullopt;
    return int(std::clamp(tokens.next().number, -2147483647.0, 2147483647.0));
}

bool atEnd(TokenStream &tokens)
{
    tokens.skipWhitespace();
    return tokens.atEnd();
}

bool parseSystem(TokenStream &tokens, CounterStyle &style)
{
    static constexpr std::pair<QStringView, System> Names[] = {
        {u"cyclic", System::Cyclic},     {u"numeric", System::Numeric},   {u"alphabetic", System::Alphabetic},
        {u"symbolic", System::Symbolic}, {u"additive", System::Additive}, {u"fixed", System::Fixed},
        {u"extends", System::Extends}};
    tokens.skipWhitespace();
    const Token &name = tokens.next();
    const auto row = std::find_if(std::begin(Names), std::end(Names),
                                  [&name](const auto &candidate) { return name.isIdent(candidate.first); });
    if (row == std::end(Names))
        return false;
    style.system = row->second;
    if (style.system == System::Fixed)
        style.first = takeInteger(tokens).value_or(1);
    tokens.skipWhitespace();
    if (style.system == System::Extends) {
        if (!tokens.peek().is(TokenType::Ident))
            return false;
        style.extends = tokens.next().text;
    }
    return atEnd(tokens);
}

bool parseRange(TokenStream &tokens, CounterStyle &style)
{
    std::vector<std::pair<int, int>> ranges;
    const auto takeBound = [&tokens](int infinite) -> std::optional<int> {
        tokens.skipWhitespace();
        if (tokens.peek().isIdent(u"infinite")) {
            tokens.next();
            return infinite;
        }
        return takeInteger(tokens);
    };
    tokens.skipWhitespace();
    if (tokens.peek().isIdent(u"auto")) {
        tokens.next();
        style.ranges = ranges;
        return atEnd(tokens);
    }
    while (ranges.size() < MostSymbols) {
        const auto low = takeBound(std::numeric_limits<int>::min());
        const auto high = takeBound(std::numeric_limits<int>::max());
        if (!low || !high || *low > *high)
            return false;
        ranges.emplace_back(*low, *high);
        if (atEnd(tokens)) {
            style.ranges = std::move(ranges);
            return true;
        }
        if (!tokens.next().is(TokenType::Comma))
            return false;
    }
    return false;
}

bool parseAdditive(TokenStream &tokens, CounterStyle &style)
{
    std::vector<std::pair<int, QString>> made;
    while (made.size() < MostSymbols) {
        auto weight = takeInteger(tokens);
        const auto symbol = takeSymbol(tokens);
        if (!weight)
            weight = takeInteger(tokens);
        if (!weight || !symbol || *weight < 0 || (!made.empty() && made.back().first <= *weight))
            return false;
        made.emplace_back(*weight, *symbol);
        if (atEnd(tokens)) {
            style.additive = std::move(made);
            return true;
        }
        if (!tokens.next().is(TokenType::Comma))
            return false;
    }
    return false;
}

bool parsePad(TokenStream &tokens, CounterStyle &style)
{
    auto length = takeInteger(tokens);
    const auto symbol = takeSymbol(tokens);
    if (!length)
        length = takeInteger(tokens);
    if (!length || !symbol || *length < 0 || !atEnd(tokens))
        return false;
    style.pad = {std::min(*length, MostPadding), *symbol};
    return true;
}

void parseDescriptor(const QString &name, TokenStream tokens, CounterStyle &style)
{
    const auto one = [&tokens](std::optional<QString> &into) {
        const auto symbol = takeSymbol(tokens);
        if (symbol && atEnd(tokens))
            into = symbol;
    };
    if (name == u"negative") {
        const auto before = takeSymbol(tokens);
        const QString after = takeSymbol(tokens).value_or(QString());
        if (before && atEnd(tokens))
            style.negative = {*before, after};
    } else if (name == u"prefix") {
        one(style.prefix);
    } else if (name == u"suffix") {
        one(style.suffix);
    } else if (name == u"fallback") {
        one(style.fallback);
    } else if (name == u"range") {
        parseRange(tokens, style);
    } else if (name == u"pad") {
        parsePad(tokens, style);
    } else if (name == u"additive-symbols") {
        parseAdditive(tokens, style);
    } else if (name == u"symbols") {
        std::vector<QString> symbols;
        while (auto symbol = takeSymbol(tokens)) {
            if (symbols.size() < MostSymbols)
                symbols.push_back(std::move(*symbol));
        }
        if (atEnd(tokens))
            style.symbols = std::move(symbols);
    }
}

QString joined(const std::vector<QString> &digits)
{
    QString text;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit)
        text += *digit;
    return text;
}

std::optional<QString> additiveDigits(const CounterStyle &style, int value)
{
    QString text;
    for (const auto &[weight, symbol] : style.additive) {
        if (weight == 0) {
            if (value == 0 && text.isEmpty())
                return symbol;
            continue;
        }
        const int count = value / weight;
        if (count > MostCharacters)
            return std::nullopt;
        text += symbol.repeated(count);
        value -= count * weight;
    }
    return value == 0 && !text.isEmpty() ? std::optional(text) : std::nullopt;
}

} // namespace

bool CounterStyle::isUsable() const
{
    switch (system) {
    case System::Numeric:
    case System::Alphabetic:
        return symbols.size() >= 2;
    case System::Additive:
        return !additive.empty();
    case System::Extends:
        return symbols.empty() && additive.empty();
    default:
        return !symbols.empty();
    }
}

bool usesNegativeSign(System system)
{
    return system != System::Cyclic && system != System::Fixed;
}

std::optional<CounterStyle> parseCounterStyle(const CounterStyleRule &rule)
{
    CounterStyle style;
    for (const auto &[name, value] : rule.descriptors) {
        const std::vector<Token> tokens = tokenize(value);
        TokenStream stream(tokens);
        CounterStyle before = style;
        if (name == u"system" && !parseSystem(stream, style))
            style = std::move(before);
        else if (name != u"system")
            parseDescriptor(name, stream, style);
    }
    return style.isUsable() ? std::optional(style) : std::nullopt;
}

CounterStyle anonymousCounterStyle(const QString &text)
{
    CounterStyle style;
    QStringList parts = text.split(QChar(1));
    const std::vector<Token> tokens = tokenize(QStringView(parts.front()).mid(8)); // after "symbols("
    TokenStream stream(tokens);
    parseSystem(stream, style);
    style.suffix = QStringLiteral(" ");
    for (qsizetype i = 1; i < parts.size(); ++i)
        style.symbols.push_back(parts[i]);
    return style;
}

std::optional<QString> counterDigits(const CounterStyle &style, int value)
{
    const auto count = std::int64_t(style.symbols.size());
    const auto symbol = [&style](std::int64_t index) { return style.symbols[std::size_t(index)]; };
    std::vector<QString> digits;
    switch (style.system) {
    case System::Cyclic:
        return symbol(((value - std::int64_t(1)) % count + count) % count);
    case System::Fixed: {
        const std::int64_t index = std::int64_t(value) - style.first;
        return index >= 0 && index < count ? std::optional(symbol(index)) : std::nullopt;
    }
    case System::Numeric:
        do {
            digits.push_back(symbol(value % count));
            value = int(value / count);
        } while (value > 0);
        return joined(digits);
    case System::Alphabetic:
        for (; value > 0; value = int((value - 1) / count))
            digits.push_back(symbol((value - 1) % count));
        return joined(digits);
    case System::Symbolic: {
        const std::int64_t times = (value + count - 1) / count;
        return value > 0 && times <= MostCharacters ? std::optional(symbol((value - 1) % count).repeated(int(times)))
                                                    : std::nullopt;
    }
    case System::Additive:
        return additiveDigits(style, value);
    case System::Extends:
        break;
    }
    return std::nullopt;
}

} // namespace bulkhead::engine
