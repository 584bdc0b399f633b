// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/alignment_parser.h"

#include <algorithm>
#include <initializer_list>
#include <span>

namespace bulkhead::engine::css {

namespace {

constexpr Keyword ContentPositions[] = {"center"_kw, "start"_kw, "end"_kw, "flex-start"_kw, "flex-end"_kw};
constexpr Keyword SelfPositions[] = {"center"_kw,   "start"_kw,      "end"_kw,     "self-start"_kw,
                                     "self-end"_kw, "flex-start"_kw, "flex-end"_kw};
constexpr Keyword Distributions[] = {"space-between"_kw, "space-around"_kw, "space-evenly"_kw, "stretch"_kw};
constexpr Keyword Sides[] = {"left"_kw, "right"_kw};

enum class Baselines { Allowed, No };
enum class SideKeywords { Allowed, No };

struct AlignmentGrammar
{
    std::span<const Keyword> positions;
    std::span<const Keyword> alone; ///< besides "normal"
    Baselines baselines;
    SideKeywords sides;
};

bool contains(std::span<const Keyword> keywords, Keyword wanted)
{
    return std::find(keywords.begin(), keywords.end(), wanted) != keywords.end();
}

Keyword takeIdent(TokenStream &tokens)
{
    tokens.skipWhitespace();
    return tokens.peek().is(TokenType::Ident) ? keywordOf(tokens.next().text) : Keyword::None;
}

bool parseAlignment(TokenStream &tokens, const AlignmentGrammar &grammar, Value &into)
{
    const Keyword first = takeIdent(tokens);
    if (first == "normal"_kw || contains(grammar.alone, first)) {
        into = Value::makeKeyword(first);
        return true;
    }
    const bool isLast = first == "last"_kw;
    if (isLast || first == "first"_kw || first == "baseline"_kw) {
        into = Value::makeKeyword(isLast ? "last-baseline"_kw : "baseline"_kw);
        return grammar.baselines == Baselines::Allowed &&
               (first == "baseline"_kw || takeIdent(tokens) == "baseline"_kw);
    }
    const bool hasOverflow = first == "safe"_kw || first == "unsafe"_kw;
    const Keyword position = hasOverflow ? takeIdent(tokens) : first;
    if (!contains(grammar.positions, position) &&
        !(grammar.sides == SideKeywords::Allowed && contains(Sides, position)))
        return false;
    into = Value::makeKeyword(position);
    into.number = first == "safe"_kw ? 1 : 0;
    return true;
}

constexpr Keyword Stretch[] = {"stretch"_kw};

} // namespace

bool parseAlignContent(TokenStream &tokens, const ValueContext &, Value &into)
{
    return parseAlignment(tokens, {ContentPositions, Distributions, Baselines::Allowed, SideKeywords::No}, into);
}

bool parseJustifyContent(TokenStream &tokens, const ValueContext &, Value &into)
{
    return parseAlignment(tokens, {ContentPositions, Distributions, Baselines::No, SideKeywords::Allowed}, into);
}

bool parseAlignItems(TokenStream &tokens, const ValueContext &, Value &into)
{
    return parseAlignment(tokens, {SelfPositions, Stretch, Baselines::Allowed, SideKeywords::No}, into);
}

bool parseJustifySelf(TokenStream &tokens, const ValueContext &, Value &into)
{
    return parseAlignment(tokens, {SelfPositions, Stretch, Baselines::Allowed, SideKeywords::Allowed}, into);
}

bool parseJustifyItems(TokenStream &tokens, const ValueContext &context, Value &into)
{
    const std::size_t start = tokens.position();
    const auto isLegacySide = [](Keyword keyword) {
        return keyword == "left"_kw || keyword == "right"_kw || keyword == "center"_kw;
    };
    const Keyword first = takeIdent(tokens);
    const std::size_t afterFirst = tokens.position();
    const Keyword second = takeIdent(tokens);
    if (first == "legacy"_kw && !isLegacySide(second)) {
        tokens.rewind(afterFirst);
        into = Value::makeKeyword("legacy"_kw);
        return true;
    }
    if ((first == "legacy"_kw && isLegacySide(second)) || (second == "legacy"_kw && isLegacySide(first))) {
        into = Value::makeKeyword(first == "legacy"_kw ? second : first);
        into.number = 2;
        return true;
    }
    tokens.rewind(start);
    return parseJustifySelf(tokens, context, into);
}

} // namespace bulkhead::engine::css
