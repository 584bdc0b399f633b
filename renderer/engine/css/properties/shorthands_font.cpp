// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/shorthands.h"
#include "renderer/engine/css/properties/text_parsers.h"

#include <QString>

namespace bulkhead::engine::css {

namespace {

// Where the longhands stand in the shorthand's table.
enum Place : std::size_t { Family, Size, Weight, Style, Stretch, Caps, Line, PlaceCount };

bool isSystemFont(Keyword keyword)
{
    return keyword == "caption"_kw || keyword == "icon"_kw || keyword == "menu"_kw || keyword == "message-box"_kw ||
           keyword == "small-caption"_kw || keyword == "status-bar"_kw;
}

/// css-fonts-3 3.7: what may stand before the size, in any order; "normal" may stand for each of them.
bool takeBeforeSize(TokenStream &tokens, const ValueContext &context, Values &values, int &normals)
{
    static constexpr Place Places[] = {Style, Weight, Caps, Stretch};
    static constexpr PropertyId Properties[] = {PropertyId::FontStyle, PropertyId::FontWeight,
                                                PropertyId::FontVariantCaps, PropertyId::FontStretch};
    if (tokens.peek().isIdent(u"normal")) {
        tokens.next();
        return ++normals <= 4;
    }
    const bool isWord = tokens.peek().is(TokenType::Ident);
    for (std::size_t i = 0; i < 4; ++i) {
        const std::size_t start = tokens.position();
        Value value;
        const bool isKeywordOnly = Places[i] == Caps || Places[i] == Stretch;
        if (values[Places[i]].isMissing() && (isWord || !isKeywordOnly) &&
            propertyGrammar(Properties[i]).match(tokens, context, value)) {
            if (Places[i] != Caps || value.is("small-caps"_kw)) { // only what CSS 2.1 had
                values[Places[i]] = value;
                return true;
            }
        }
        tokens.rewind(start);
    }
    return false;
}

} // namespace

bool expandFont(TokenStream &tokens, const ValueContext &context, Values &values)
{
    if (tokens.peek().is(TokenType::Ident) && isSystemFont(keywordOf(tokens.peek().text))) {
        tokens.next();
        values[Family] = Value::makeList({Value::makeText(Value::Kind::Ident, QStringLiteral("system-ui"))});
        values[Size] = Value::makeDimension(13.333, Unit::Px);
        return true;
    }
    int normals = 0;
    int count = 0;
    while (count < 4 && takeBeforeSize(tokens, context, values, normals)) {
        ++count;
        tokens.skipWhitespace();
    }
    ValueContext strict = context; // the quirk is not for shorthands
    strict.unitlessLengths = false;
    if (!propertyGrammar(PropertyId::FontSize).match(tokens, strict, values[Size]))
        return false;
    tokens.skipWhitespace();
    if (tokens.peek().isDelim(u'/')) {
        tokens.next();
        if (!propertyGrammar(PropertyId::LineHeight).match(tokens, context, values[Line]))
            return false;
        tokens.skipWhitespace();
    }
    return parseFontFamilies(tokens, context, values[Family]);
}

bool expandListStyle(TokenStream &tokens, const ValueContext &context, Values &values)
{
    // type, position, image. "none" is for whichever of type and image is not given; twice is for both.
    int nones = 0;
    Value type, position, image;
    for (; !tokens.atEnd(); tokens.skipWhitespace()) {
        const std::size_t start = tokens.position();
        const auto take = [&](PropertyId property, Value &into) {
            tokens.rewind(start);
            const bool isTaken = into.isMissing() && propertyGrammar(property).match(tokens, context, into);
            if (!isTaken)
                tokens.rewind(start);
            return isTaken;
        };
        if (tokens.peek().isIdent(u"none")) {
            tokens.next();
            ++nones;
        } else if (!take(PropertyId::ListStylePosition, position) && !take(PropertyId::ListStyleImage, image) &&
                   (tokens.peek().isIdent(u"inside") || tokens.peek().isIdent(u"outside") ||
                    !take(PropertyId::ListStyleType, type))) {
            return false;
        }
    }
    const int places = (type.isMissing() ? 1 : 0) + (image.isMissing() ? 1 : 0);
    if (nones > places)
        return false;
    if (nones > 0 && type.isMissing())
        type = Value::makeKeyword("none"_kw);
    values = {type, position, image};
    return nones > 0 || !type.isMissing() || !position.isMissing() || !image.isMissing();
}

bool expandColumns(TokenStream &tokens, const ValueContext &context, Values &values)
{
    int autos = 0;
    for (; !tokens.atEnd(); tokens.skipWhitespace()) {
        const std::size_t start = tokens.position();
        const auto take = [&](PropertyId property, Value &into) {
            tokens.rewind(start);
            return into.isMissing() && propertyGrammar(property).match(tokens, context, into);
        };
        if (tokens.peek().isIdent(u"auto")) {
            tokens.next();
            ++autos;
        } else if (!take(PropertyId::ColumnCount, values[1]) && !take(PropertyId::ColumnWidth, values[0])) {
            return false;
        }
    }
    const int given = (values[0].isMissing() ? 0 : 1) + (values[1].isMissing() ? 0 : 1);
    return given + autos >= 1 && given + autos <= 2;
}

} // namespace bulkhead::engine::css
