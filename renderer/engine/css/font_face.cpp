// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/font_face.h"

#include "renderer/engine/css/declaration_list.h"
#include "renderer/engine/css/tokenizer.h"

#include <QStringList>

#include <algorithm>
#include <iterator>

namespace bulkhead::engine::css {

namespace {

constexpr std::size_t MaxSources = 64;
constexpr std::size_t MaxRanges = 1024;

/// A string, or identifiers with spaces between them.
std::optional<QString> parseName(std::span<const Token> tokens)
{
    TokenStream stream(tokens);
    stream.skipWhitespace();
    QStringList words;
    const bool isString = stream.peek().is(TokenType::String);
    while (isString ? words.isEmpty() : stream.peek().is(TokenType::Ident)) {
        words.append(stream.next().text);
        stream.skipWhitespace();
    }
    if (words.isEmpty() || !stream.atEnd())
        return std::nullopt;
    return words.join(QLatin1Char(' '));
}

/// The address of "url(x)" or "url("x")"; null when none is there.
std::optional<QString> takeUrl(TokenStream &tokens)
{
    if (tokens.peek().is(TokenType::Url))
        return tokens.next().text;
    if (!tokens.peek().isFunction(u"url") && !tokens.peek().isFunction(u"src"))
        return std::nullopt;
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    return inside.peek().is(TokenType::String) ? std::optional(inside.peek().text) : std::nullopt;
}

/// One of the list in "src:" (css-fonts-4 4.3).
std::optional<FontFace::Source> parseSource(std::span<const Token> tokens, const QUrl &base)
{
    TokenStream stream(tokens);
    stream.skipWhitespace();
    FontFace::Source source;
    if (stream.peek().isFunction(u"local")) {
        const std::optional<QString> name = parseName(stream.takeBlock());
        source.isLocal = true;
        source.name = name.value_or(QString());
        stream.skipWhitespace();
        return name && stream.atEnd() ? std::optional(source) : std::nullopt;
    }
    const std::optional<QString> url = takeUrl(stream);
    if (!url)
        return std::nullopt;
    source.url = base.resolved(QUrl(*url));
    stream.skipWhitespace();
    if (stream.peek().isFunction(u"format")) {
        TokenStream inside(stream.takeBlock());
        inside.skipWhitespace();
        if (!inside.peek().is(TokenType::String) && !inside.peek().is(TokenType::Ident))
            return std::nullopt;
        source.format = asciiLower(inside.peek().text);
        stream.skipWhitespace();
    }
    if (stream.peek().isFunction(u"tech")) {
        stream.takeBlock();
        stream.skipWhitespace();
    }
    return stream.atEnd() ? std::optional(source) : std::nullopt;
}

/// Invalid sources are left out (css-fonts-4 4.3).
std::vector<FontFace::Source> parseSources(std::span<const Token> tokens, const QUrl &base)
{
    std::vector<FontFace::Source> sources;
    for (const std::span<const Token> item : splitAtCommas(tokens)) {
        if (std::optional<FontFace::Source> source = parseSource(item, base); source && sources.size() < MaxSources)
            sources.push_back(std::move(*source));
    }
    return sources;
}

std::optional<double> weightOf(const Token &token)
{
    if (token.isIdent(u"normal"))
        return 400;
    if (token.isIdent(u"bold"))
        return 700;
    const bool isWeight = token.is(TokenType::Number) && token.number >= 1 && token.number <= 1000;
    return isWeight ? std::optional(token.number) : std::nullopt;
}

std::optional<double> stretchOf(const Token &token)
{
    static constexpr std::pair<QStringView, double> Names[] = {
        {u"normal", 100},   {u"ultra-condensed", 50},  {u"extra-condensed", 62.5},
        {u"condensed", 75}, {u"semi-condensed", 87.5}, {u"semi-expanded", 112.5},
        {u"expanded", 125}, {u"extra-expanded", 150},  {u"ultra-expanded", 200},
    };
    for (const auto &[name, percent] : Names) {
        if (token.isIdent(name))
            return percent;
    }
    const bool isPercentage = token.is(TokenType::Percentage) && token.number >= 0;
    return isPercentage ? std::optional(token.number) : std::nullopt;
}

/// One or two of what @p read reads; @p range stays as it is when it is something else.
void parseRange(std::span<const Token> tokens, std::optional<double> (*read)(const Token &),
                std::pair<double, double> &range)
{
    TokenStream stream(tokens);
    stream.skipWhitespace();
    const std::optional<double> first = read(stream.next());
    stream.skipWhitespace();
    const std::optional<double> second = stream.atEnd() ? first : read(stream.next());
    if (first && second && stream.peekPastWhitespace().is(TokenType::End))
        range = {std::min(*first, *second), std::max(*first, *second)};
}

/// "26", "0-7F", "4??" (css-syntax-3 7); nothing when it is no range of Unicode.
std::optional<std::pair<char32_t, char32_t>> parseUnicodeRange(QString text)
{
    const qsizetype dash = text.indexOf(QLatin1Char('-'));
    QString first = dash < 0 ? text : text.left(dash);
    QString last = dash < 0 ? text : text.mid(dash + 1);
    first.replace(QLatin1Char('?'), QLatin1Char('0'));
    last.replace(QLatin1Char('?'), QLatin1Char('F'));
    const char32_t low = first.toUInt(nullptr, 16);
    const char32_t high = last.toUInt(nullptr, 16);
    if (high > 0x10ffff || low > high)
        return std::nullopt;
    return std::pair(low, high);
}

/// Again from the source: only here "U+26" is a token.
std::optional<std::vector<std::pair<char32_t, char32_t>>> parseUnicodeRanges(QStringView text)
{
    std::vector<std::pair<char32_t, char32_t>> ranges;
    Tokenizer tokenizer(text, UnicodeRanges::On);
    bool wantsRange = true;
    for (Token token = tokenizer.next(); !token.is(TokenType::End); token = tokenizer.next()) {
        if (token.is(TokenType::Whitespace))
            continue;
        if (!token.is(wantsRange ? TokenType::UnicodeRange : TokenType::Comma) || ranges.size() >= MaxRanges)
            return std::nullopt;
        if (wantsRange) {
            const auto range = parseUnicodeRange(token.text);
            if (!range)
                return std::nullopt;
            ranges.push_back(*range);
        }
        wantsRange = !wantsRange;
    }
    return wantsRange ? std::nullopt : std::optional(ranges);
}

} // namespace

std::optional<FontFace> parseFontFace(std::span<const Token> block, QStringView source, const QUrl &base)
{
    FontFace face;
    forEachDeclaration(block, [&](const RawDeclaration &declaration) {
        const QString name = asciiLower(declaration.name);
        TokenStream value(declaration.value);
        value.skipWhitespace();
        if (name == QLatin1String("font-family")) {
            face.family = parseName(declaration.value).value_or(face.family);
        } else if (name == QLatin1String("src")) {
            if (auto sources = parseSources(declaration.value, base); !sources.empty())
                face.sources = std::move(sources);
        } else if (name == QLatin1String("font-weight")) {
            parseRange(declaration.value, weightOf, face.weight);
        } else if (name == QLatin1String("font-stretch") || name == QLatin1String("font-width")) {
            parseRange(declaration.value, stretchOf, face.stretch);
        } else if (name == QLatin1String("font-style")) {
            if (value.peek().isIdent(u"italic"))
                face.slant = FontFace::Slant::Italic;
            else if (value.peek().isIdent(u"oblique"))
                face.slant = FontFace::Slant::Oblique;
            else if (value.peek().isIdent(u"normal"))
                face.slant = FontFace::Slant::Normal;
        } else if (name == QLatin1String("unicode-range")) {
            face.ranges = parseUnicodeRanges(textOf(declaration.value, source)).value_or(face.ranges);
        }
    });
    return face.family.isEmpty() || face.sources.empty() ? std::nullopt : std::optional(face);
}

} // namespace bulkhead::engine::css
