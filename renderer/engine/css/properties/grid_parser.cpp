// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/grid_parser.h"

#include "renderer/engine/css/properties/numbers.h"
#include "renderer/engine/css/properties/text_parsers.h"

#include <utility>

namespace bulkhead::engine::css {

namespace {

enum class Breadth { Any, Inflexible };

bool parseBreadth(TokenStream &tokens, const ValueContext &context, Breadth which, Value &into)
{
    tokens.skipWhitespace();
    if (tokens.peek().is(TokenType::Ident)) {
        const Keyword keyword = keywordOf(tokens.peek().text);
        if (keyword != "auto"_kw && keyword != "min-content"_kw && keyword != "max-content"_kw)
            return false;
        tokens.next();
        into = Value::makeKeyword(keyword);
        return true;
    }
    const std::size_t start = tokens.position();
    if (which == Breadth::Any && parseNumeric(tokens, context, NumericType::Fraction, {0, 1e300}, into))
        return true;
    tokens.rewind(start);
    return parseNumeric(tokens, context, NumericType::LengthPercentage, {0, 1e300}, into);
}

bool isFixed(const Value &size)
{
    const auto isLength = [](const Value &value) {
        return (value.is(Value::Kind::Dimension) && value.unit != Unit::Fr) || value.is(Value::Kind::Percentage) ||
               value.is(Value::Kind::Math);
    };
    if (size.isFunction("minmax"_kw))
        return isLength(size[0]) || isLength(size[1]);
    return isLength(size);
}

/// Reads tracks and names, up to the end or to what is none of them.
class TrackListParser
{
public:
    TrackListParser(const ValueContext &context) : m_context(context) {}

    bool parse(TokenStream &tokens, Value &into);

private:
    enum class Level { Top, Repeated };
    bool parseItems(TokenStream &tokens, Level level, Values &items, std::size_t &tracks);
    bool parseRepeat(TokenStream &tokens, Value &into, std::size_t &tracks);

    const ValueContext &m_context;
    bool m_hasAutoRepeat = false;
    bool m_hasOnlyFixed = true;
};

bool TrackListParser::parseItems(TokenStream &tokens, Level level, Values &items, std::size_t &tracks)
{
    bool wasNames = false;
    while (true) {
        const std::size_t start = tokens.position();
        tokens.skipWhitespace();
        Value item;
        if (tokens.atEnd())
            return true;
        if (tokens.peek().is(TokenType::OpenSquare)) {
            if (wasNames || !parseLineNames(tokens, item))
                return false;
            wasNames = true;
        } else if (level == Level::Top && tokens.peek().isFunction(u"repeat")) {
            if (!parseRepeat(tokens, item, tracks))
                return false;
            wasNames = false;
        } else if (parseTrackSize(tokens, m_context, item)) {
            m_hasOnlyFixed &= isFixed(item);
            ++tracks;
            wasNames = false;
        } else {
            tokens.rewind(start);
            return true;
        }
        items.push_back(std::move(item));
    }
}

bool TrackListParser::parseRepeat(TokenStream &tokens, Value &into, std::size_t &tracks)
{
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    Values items(1);
    if (inside.peek().isIdent(u"auto-fill") || inside.peek().isIdent(u"auto-fit")) {
        if (std::exchange(m_hasAutoRepeat, true))
            return false;
        items[0] = Value::makeKeyword(keywordOf(inside.next().text));
    } else if (!parseNumeric(inside, m_context, NumericType::Integer, {1, 1e300}, items[0])) {
        return false;
    }
    inside.skipWhitespace();
    if (!inside.next().is(TokenType::Comma))
        return false;
    std::size_t count = 0;
    if (!parseItems(inside, Level::Repeated, items, count) || count == 0)
        return false;
    inside.skipWhitespace();
    if (!inside.atEnd())
        return false;
    tracks += count;
    into = Value::makeFunction("repeat"_kw, std::move(items));
    return true;
}

bool TrackListParser::parse(TokenStream &tokens, Value &into)
{
    Values items;
    std::size_t tracks = 0;
    if (!parseItems(tokens, Level::Top, items, tracks) || tracks == 0 || (m_hasAutoRepeat && !m_hasOnlyFixed))
        return false;
    into = Value::makeList(std::move(items));
    return true;
}

} // namespace

bool parseTrackSize(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (tokens.peek().isFunction(u"fit-content"))
        return parseFitContent(tokens, context, into);
    if (!tokens.peek().isFunction(u"minmax"))
        return parseBreadth(tokens, context, Breadth::Any, into);
    TokenStream inside(tokens.takeBlock());
    Values both(2);
    if (!parseBreadth(inside, context, Breadth::Inflexible, both[0]))
        return false;
    inside.skipWhitespace();
    if (!inside.next().is(TokenType::Comma) || !parseBreadth(inside, context, Breadth::Any, both[1]))
        return false;
    inside.skipWhitespace();
    into = Value::makeFunction("minmax"_kw, std::move(both));
    return inside.atEnd();
}

bool parseLineNames(TokenStream &tokens, Value &into)
{
    TokenStream inside(tokens.takeBlock());
    Values names;
    for (inside.skipWhitespace(); !inside.atEnd(); inside.skipWhitespace()) {
        if (!inside.peek().is(TokenType::Ident) || isReservedIdent(inside.peek().text) ||
            inside.peek().isIdent(u"span") || inside.peek().isIdent(u"auto"))
            return false;
        names.push_back(Value::makeText(Value::Kind::Ident, inside.next().text));
    }
    into = Value::makeFunction("names"_kw, std::move(names));
    return true;
}

bool parseGridTemplate(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (tokens.peek().isIdent(u"none")) {
        tokens.next();
        into = Value::makeKeyword("none"_kw);
        return true;
    }
    return TrackListParser(context).parse(tokens, into);
}

bool parseGridLine(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (tokens.peek().isIdent(u"auto")) {
        tokens.next();
        into = Value::makeKeyword("auto"_kw);
        return true;
    }
    Values parts(3);
    int count = 0, spanAt = -1;
    while (true) {
        const std::size_t start = tokens.position();
        tokens.skipWhitespace();
        const Token &token = tokens.peek();
        if (spanAt < 0 && token.isIdent(u"span")) {
            spanAt = count;
            parts[0] = Value::makeKeyword(keywordOf(tokens.next().text));
        } else if (parts[1].isMissing() && parseNumeric(tokens, context, NumericType::Integer, {}, parts[1])) {
        } else if (parts[2].isMissing() && token.is(TokenType::Ident) && !token.isIdent(u"span") &&
                   !token.isIdent(u"auto") && parseCustomIdent(tokens, context, parts[2])) {
        } else {
            tokens.rewind(start);
            break;
        }
        ++count;
    }
    const bool isSpan = spanAt >= 0;
    if (count == 0 || (isSpan && (count == 1 || (spanAt > 0 && spanAt < count - 1))))
        return false;
    if (parts[1].is(Value::Kind::Number) && (parts[1].number == 0 || (isSpan && parts[1].number < 1)))
        return false;
    into = Value::makeList(std::move(parts));
    return true;
}

} // namespace bulkhead::engine::css
