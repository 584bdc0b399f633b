// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/gradient_parser.h"

#include "renderer/engine/css/properties/color_parser.h"
#include "renderer/engine/css/properties/numbers.h"
#include "renderer/engine/css/properties/position_parser.h"

#include <optional>
#include <utility>

namespace bulkhead::engine::css {

namespace {

enum class Shape { Linear, LegacyLinear, Radial, Conic };

struct GradientFunction
{
    Keyword written;
    Keyword name;
    Shape shape;
    bool isRepeating;
};
constexpr GradientFunction Functions[] = {
    {"linear-gradient"_kw, "linear-gradient"_kw, Shape::Linear, false},
    {"repeating-linear-gradient"_kw, "linear-gradient"_kw, Shape::Linear, true},
    {"-webkit-linear-gradient"_kw, "linear-gradient"_kw, Shape::LegacyLinear, false},
    {"-webkit-repeating-linear-gradient"_kw, "linear-gradient"_kw, Shape::LegacyLinear, true},
    {"radial-gradient"_kw, "radial-gradient"_kw, Shape::Radial, false},
    {"repeating-radial-gradient"_kw, "radial-gradient"_kw, Shape::Radial, true},
    {"conic-gradient"_kw, "conic-gradient"_kw, Shape::Conic, false},
    {"repeating-conic-gradient"_kw, "conic-gradient"_kw, Shape::Conic, true},
};

Value degrees(double number)
{
    return Value::makeDimension(number, Unit::Deg);
}

Value half()
{
    return Value::makeDimension(50, Unit::Percent);
}

/// An angle; 0 without unit is one, too.
bool parseAngle(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (tokens.peek().is(TokenType::Number) && tokens.peek().number == 0) {
        tokens.next();
        into = degrees(0);
        return true;
    }
    return parseNumeric(tokens, context, NumericType::Angle, {}, into) && !into.is(Value::Kind::Math);
}

/// "left", "top right" and so on, as -1, 0 and 1 for each axis.
std::optional<std::pair<int, int>> parseCorner(TokenStream &tokens)
{
    int x = 0, y = 0;
    for (int i = 0; i < 2; ++i) {
        tokens.skipWhitespace();
        const Token &token = tokens.peek();
        if (x == 0 && (token.isIdent(u"left") || token.isIdent(u"right")))
            x = token.isIdent(u"left") ? -1 : 1;
        else if (y == 0 && (token.isIdent(u"top") || token.isIdent(u"bottom")))
            y = token.isIdent(u"top") ? -1 : 1;
        else
            break;
        tokens.next();
    }
    return x == 0 && y == 0 ? std::nullopt : std::optional(std::pair(x, y));
}

Value fromCorner(int x, int y)
{
    if (x != 0 && y != 0)
        return Value::makeList({Value::makeNumber(x), Value::makeNumber(y)});
    return Value::makeList({degrees(x == 0 ? (y < 0 ? 0 : 180) : x < 0 ? 270 : 90)});
}

/// The direction of a linear gradient; the default when none stands there, which @p isThere tells.
bool parseLinear(TokenStream &tokens, const ValueContext &context, Shape shape, bool &isThere, Value &into)
{
    const std::size_t start = tokens.position();
    const bool isLegacy = shape == Shape::LegacyLinear;
    into = Value::makeList({degrees(180)});
    Value angle;
    isThere = true;
    if (parseAngle(tokens, context, angle)) {
        into = Value::makeList({degrees(isLegacy ? 90 - angle.number : angle.number)});
        return true;
    }
    tokens.rewind(start);
    if (isLegacy || tokens.peek().isIdent(u"to")) {
        if (!isLegacy)
            tokens.next();
        if (const auto corner = parseCorner(tokens)) {
            const int sign = isLegacy ? -1 : 1; // the old syntax names where it starts
            into = fromCorner(sign * corner->first, sign * corner->second);
            return true;
        }
        if (!isLegacy)
            return false;
    }
    isThere = false;
    return true;
}

bool isExtent(const Token &token)
{
    return token.isIdent(u"closest-side") || token.isIdent(u"closest-corner") || token.isIdent(u"farthest-side") ||
           token.isIdent(u"farthest-corner");
}

struct RadialParts
{
    Keyword shape = Keyword::None;
    Value extent;
    Values radii;
};

bool takeRadialPart(TokenStream &tokens, const ValueContext &context, RadialParts &parts)
{
    const Token &token = tokens.peek();
    const bool isShape = token.isIdent(u"circle") || token.isIdent(u"ellipse");
    if (isShape && parts.shape == Keyword::None) {
        parts.shape = keywordOf(tokens.next().text);
        return true;
    }
    if (isExtent(token) && parts.extent.isMissing() && parts.radii.empty()) {
        parts.extent = Value::makeKeyword(keywordOf(tokens.next().text));
        return true;
    }
    Value radius;
    if (!parts.extent.isMissing() || parts.radii.size() >= 2 ||
        !parseNumeric(tokens, context, NumericType::LengthPercentage, {0, 1e300}, radius))
        return false;
    parts.radii.push_back(std::move(radius));
    return true;
}

bool parseCenter(TokenStream &tokens, const ValueContext &context, bool &isThere, Value &x, Value &y)
{
    x = half();
    y = half();
    tokens.skipWhitespace();
    if (!tokens.peek().isIdent(u"at"))
        return true;
    tokens.next();
    tokens.skipWhitespace();
    Value position;
    if (!parsePosition(tokens, context, position))
        return false;
    x = position[0];
    y = position[1];
    isThere = true;
    return true;
}

bool parseRadial(TokenStream &tokens, const ValueContext &context, bool &isThere, Value &into)
{
    RadialParts parts;
    isThere = false;
    while (true) {
        tokens.skipWhitespace();
        const std::size_t start = tokens.position();
        if (!takeRadialPart(tokens, context, parts)) {
            tokens.rewind(start);
            break;
        }
        isThere = true;
    }
    const bool isCircle = parts.shape == "circle"_kw || (parts.shape == Keyword::None && parts.radii.size() == 1);
    if (!parts.radii.empty()) {
        const bool isPercent = parts.radii[0].is(Value::Kind::Percentage) || parts.radii[0].is(Value::Kind::Math);
        if (parts.radii.size() != (isCircle ? 1u : 2u) || (isCircle && isPercent && !parts.radii[0].math))
            return false;
        if (isCircle)
            parts.radii.push_back(parts.radii[0]);
        parts.extent = Value::makeList(std::move(parts.radii));
    } else if (parts.extent.isMissing()) {
        parts.extent = Value::makeKeyword("farthest-corner"_kw);
    }
    Value x, y;
    if (!parseCenter(tokens, context, isThere, x, y))
        return false;
    into = Value::makeList({Value::makeKeyword(isCircle ? "circle"_kw : "ellipse"_kw), parts.extent, x, y});
    return true;
}

bool parseConic(TokenStream &tokens, const ValueContext &context, bool &isThere, Value &into)
{
    Value angle = degrees(0), x, y;
    isThere = false;
    if (tokens.peek().isIdent(u"from")) {
        tokens.next();
        tokens.skipWhitespace();
        if (!parseAngle(tokens, context, angle))
            return false;
        isThere = true;
    }
    if (!parseCenter(tokens, context, isThere, x, y))
        return false;
    into = Value::makeList({angle, x, y});
    return true;
}

/// "in oklab": everything is mixed in sRGB here.
bool skipInterpolation(TokenStream &tokens, bool &isThere)
{
    tokens.skipWhitespace();
    if (!tokens.peek().isIdent(u"in"))
        return true;
    isThere = true;
    tokens.next();
    tokens.skipWhitespace();
    bool isAny = false;
    while (tokens.peek().is(TokenType::Ident)) {
        tokens.next();
        tokens.skipWhitespace();
        isAny = true;
    }
    return isAny;
}

bool parseStopPosition(TokenStream &tokens, const ValueContext &context, Shape shape, Value &into)
{
    tokens.skipWhitespace();
    const std::size_t start = tokens.position();
    if (shape != Shape::Conic)
        return parseNumeric(tokens, context, NumericType::LengthPercentage, {}, into);
    if (parseNumeric(tokens, context, NumericType::Percentage, {}, into))
        return true;
    tokens.rewind(start);
    if (!parseAngle(tokens, context, into))
        return false;
    into = Value::makeDimension(into.number / 3.6, Unit::Percent);
    return true;
}

bool parseStops(TokenStream &tokens, const ValueContext &context, Shape shape, Values &stops)
{
    std::size_t colors = 0;
    bool wasHint = true; // so that the first one is none
    while (true) {
        tokens.skipWhitespace();
        Value color, first, second;
        std::size_t start = tokens.position();
        if (!parseColor(tokens, context, color)) {
            tokens.rewind(start);
            color = {};
        }
        start = tokens.position();
        if (!parseStopPosition(tokens, context, shape, first)) {
            tokens.rewind(start);
            first = {};
        }
        const bool isHint = color.isMissing();
        if (isHint && (first.isMissing() || wasHint))
            return false;
        stops.push_back(Value::makeList({color, first}));
        start = tokens.position();
        if (!isHint && !first.isMissing() && parseStopPosition(tokens, context, shape, second))
            stops.push_back(Value::makeList({color, second}));
        else
            tokens.rewind(start);
        wasHint = isHint;
        colors += isHint ? 0 : 1;
        tokens.skipWhitespace();
        if (tokens.atEnd())
            return !wasHint && (colors >= 2 || stops.size() >= 2);
        if (!tokens.next().is(TokenType::Comma))
            return false;
    }
}

bool parseInside(TokenStream &tokens, const ValueContext &context, const GradientFunction &function, Value &into)
{
    tokens.skipWhitespace();
    bool isThere = false;
    bool isInterpolated = false;
    Value shape;
    bool isValid = skipInterpolation(tokens, isInterpolated);
    switch (function.shape) {
    case Shape::Radial:
        isValid = isValid && parseRadial(tokens, context, isThere, shape);
        break;
    case Shape::Conic:
        isValid = isValid && parseConic(tokens, context, isThere, shape);
        break;
    default:
        isValid = isValid && parseLinear(tokens, context, function.shape, isThere, shape);
    }
    if (!isValid || !skipInterpolation(tokens, isInterpolated))
        return false;
    tokens.skipWhitespace();
    if ((isThere || isInterpolated) && !tokens.next().is(TokenType::Comma))
        return false;
    Values stops;
    if (!parseStops(tokens, context, function.shape, stops))
        return false;
    into = Value::makeFunction(
        function.name, {shape, Value::makeList(std::move(stops)), Value::makeNumber(function.isRepeating ? 1 : 0)});
    return true;
}

} // namespace

bool parseGradient(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (!tokens.peek().is(TokenType::Function))
        return false;
    const Keyword written = keywordOf(tokens.peek().text);
    for (const GradientFunction &function : Functions) {
        if (function.written != written)
            continue;
        TokenStream inside(tokens.takeBlock());
        return parseInside(inside, context, function, into);
    }
    return false;
}

} // namespace bulkhead::engine::css
