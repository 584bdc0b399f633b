// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/text_parsers.h"

#include "renderer/engine/css/properties/image_parser.h"
#include "renderer/engine/css/properties/numbers.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine::css {

namespace {

bool takeComma(TokenStream &tokens)
{
    tokens.skipWhitespace();
    if (!tokens.peek().is(TokenType::Comma))
        return false;
    tokens.next();
    tokens.skipWhitespace();
    return true;
}

bool parseFamily(TokenStream &tokens, Value &into)
{
    tokens.skipWhitespace();
    if (tokens.peek().is(TokenType::String)) {
        into = Value::makeText(Value::Kind::String, tokens.next().text);
        return true;
    }
    QString name;
    int words = 0;
    while (tokens.peek().is(TokenType::Ident)) {
        if (words > 0)
            name += u' ';
        name += tokens.next().text;
        ++words;
        const std::size_t start = tokens.position();
        tokens.skipWhitespace();
        if (!tokens.peek().is(TokenType::Ident))
            tokens.rewind(start);
    }
    if (words == 0 || (words == 1 && isReservedIdent(name)))
        return false;
    into = Value::makeText(Value::Kind::Ident, name);
    return true;
}

constexpr Keyword Cursors[] = {"auto"_kw,
                               "default"_kw,
                               "none"_kw,
                               "context-menu"_kw,
                               "help"_kw,
                               "pointer"_kw,
                               "progress"_kw,
                               "wait"_kw,
                               "cell"_kw,
                               "crosshair"_kw,
                               "text"_kw,
                               "vertical-text"_kw,
                               "alias"_kw,
                               "copy"_kw,
                               "move"_kw,
                               "no-drop"_kw,
                               "not-allowed"_kw,
                               "grab"_kw,
                               "grabbing"_kw,
                               "e-resize"_kw,
                               "n-resize"_kw,
                               "ne-resize"_kw,
                               "nw-resize"_kw,
                               "s-resize"_kw,
                               "se-resize"_kw,
                               "sw-resize"_kw,
                               "w-resize"_kw,
                               "ew-resize"_kw,
                               "ns-resize"_kw,
                               "nesw-resize"_kw,
                               "nwse-resize"_kw,
                               "col-resize"_kw,
                               "row-resize"_kw,
                               "all-scroll"_kw,
                               "zoom-in"_kw,
                               "zoom-out"_kw,
                               "-webkit-grab"_kw,
                               "-webkit-grabbing"_kw,
                               "-webkit-zoom-in"_kw,
                               "-webkit-zoom-out"_kw,
                               "hand"_kw};

} // namespace

bool isReservedIdent(QStringView name)
{
    switch (keywordOf(name)) {
    case "initial"_kw:
    case "inherit"_kw:
    case "unset"_kw:
    case "revert"_kw:
    case "revert-layer"_kw:
    case "default"_kw:
        return true;
    default:
        return false;
    }
}

bool parseCustomIdent(TokenStream &tokens, const ValueContext &, Value &into)
{
    if (!tokens.peek().is(TokenType::Ident) || isReservedIdent(tokens.peek().text))
        return false;
    into = Value::makeText(Value::Kind::Ident, tokens.next().text);
    return true;
}

bool parseString(TokenStream &tokens, const ValueContext &, Value &into)
{
    if (!tokens.peek().is(TokenType::String))
        return false;
    into = Value::makeText(Value::Kind::String, tokens.next().text);
    return true;
}

bool parseFontFamilies(TokenStream &tokens, const ValueContext &, Value &into)
{
    Values families;
    do {
        Value family;
        if (!parseFamily(tokens, family))
            return false;
        families.push_back(std::move(family));
    } while (takeComma(tokens));
    into = Value::makeList(std::move(families));
    return true;
}

bool parseFeatureTag(TokenStream &tokens, const ValueContext &context, Value &into)
{
    const QString &tag = tokens.peek().text;
    const auto isTagCharacter = [](QChar c) { return c.unicode() >= 0x20 && c.unicode() <= 0x7e; };
    return tag.size() == 4 && std::all_of(tag.begin(), tag.end(), isTagCharacter) && parseString(tokens, context, into);
}

bool parseCounterStyle(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (tokens.peek().isIdent(u"none")) {
        tokens.next();
        into = Value::makeKeyword("none"_kw);
        return true;
    }
    if (!tokens.peek().isFunction(u"symbols"))
        return parseCustomIdent(tokens, context, into);
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    QString text = QStringLiteral("symbols(");
    Keyword system = "symbolic"_kw;
    if (inside.peek().is(TokenType::Ident)) {
        system = keywordOf(inside.peek().text);
        text += inside.next().text.toLower();
    } else {
        text += QStringLiteral("symbolic");
    }
    if (system != "cyclic"_kw && system != "numeric"_kw && system != "alphabetic"_kw && system != "symbolic"_kw &&
        system != "fixed"_kw)
        return false;
    std::size_t count = 0;
    for (inside.skipWhitespace(); !inside.atEnd(); inside.skipWhitespace(), ++count) {
        if (!inside.peek().is(TokenType::String))
            return false;
        text += QChar(1) + inside.next().text;
    }
    if (count == 0 || ((system == "numeric"_kw || system == "alphabetic"_kw) && count < 2))
        return false;
    into = Value::makeText(Value::Kind::Ident, text);
    return true;
}

bool parseCounterName(TokenStream &tokens, const ValueContext &context, Value &into)
{
    return !tokens.peek().isIdent(u"none") && parseCustomIdent(tokens, context, into);
}

bool parseCounter(TokenStream &tokens, const ValueContext &context, Value &into)
{
    const bool isNested = tokens.peek().isFunction(u"counters");
    if (!isNested && !tokens.peek().isFunction(u"counter"))
        return false;
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    Values parts(isNested ? 3 : 2);
    if (!parseCounterName(inside, context, parts[0]))
        return false;
    if (isNested && (!takeComma(inside) || !parseString(inside, context, parts[2])))
        return false;
    if (takeComma(inside) && !parseCounterStyle(inside, context, parts[1]))
        return false;
    inside.skipWhitespace();
    into = Value::makeFunction(isNested ? "counters"_kw : "counter"_kw, std::move(parts));
    return inside.atEnd();
}

bool parseAttr(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (!tokens.peek().isFunction(u"attr"))
        return false;
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    Values parts(2);
    if (!inside.peek().is(TokenType::Ident))
        return false;
    parts[0] = Value::makeText(Value::Kind::Ident, inside.next().text);
    if (takeComma(inside) && !parseString(inside, context, parts[1]))
        return false;
    inside.skipWhitespace();
    into = Value::makeFunction("attr"_kw, std::move(parts));
    return inside.atEnd();
}

bool parseCursor(TokenStream &tokens, const ValueContext &context, Value &into)
{
    while (true) {
        tokens.skipWhitespace();
        const std::size_t start = tokens.position();
        Value picture;
        if (!parseImage(tokens, context, picture)) {
            tokens.rewind(start);
            break;
        }
        Value coordinate;
        for (int i = 0; i < 2; ++i) {
            tokens.skipWhitespace();
            if (tokens.peek().is(TokenType::Number))
                tokens.next();
            else if (i == 1)
                return false;
            else
                break;
        }
        if (!takeComma(tokens))
            return false;
    }
    const Keyword keyword = tokens.peek().is(TokenType::Ident) ? keywordOf(tokens.peek().text) : Keyword::None;
    if (std::find(std::begin(Cursors), std::end(Cursors), keyword) == std::end(Cursors))
        return false;
    tokens.next();
    into = Value::makeKeyword(keyword);
    return true;
}

bool parseRect(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (!tokens.peek().isFunction(u"rect"))
        return false;
    TokenStream inside(tokens.takeBlock());
    Values edges(4);
    bool hasCommas = false;
    for (std::size_t i = 0; i < 4; ++i) {
        inside.skipWhitespace();
        if (i > 0) {
            const bool isComma = takeComma(inside);
            if (i == 1)
                hasCommas = isComma;
            if (isComma != hasCommas)
                return false;
        }
        if (inside.peek().isIdent(u"auto")) {
            inside.next();
            edges[i] = Value::makeKeyword("auto"_kw);
        } else if (!parseNumeric(inside, context, NumericType::Length, {}, edges[i])) {
            return false;
        }
    }
    inside.skipWhitespace();
    into = Value::makeFunction("rect"_kw, std::move(edges));
    return inside.atEnd();
}

bool parseFitContent(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (!tokens.peek().isFunction(u"fit-content"))
        return false;
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    Value limit;
    if (!parseNumeric(inside, context, NumericType::LengthPercentage, {0, 1e300}, limit))
        return false;
    inside.skipWhitespace();
    into = Value::makeFunction("fit-content"_kw, {std::move(limit)});
    return inside.atEnd();
}

} // namespace bulkhead::engine::css
