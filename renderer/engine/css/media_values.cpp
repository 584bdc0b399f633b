// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/media_values.h"

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace bulkhead::engine::css {

namespace {

constexpr int MaxDepth = 16; // of parentheses in calc()

struct Unit
{
    QStringView name;
    MediaValue::Kind kind;
    double factor; ///< to pixels or dots per pixel
};

constexpr Unit Units[] = {
    {u"px", MediaValue::Kind::Length, 1},
    {u"em", MediaValue::Kind::Length, 16},
    {u"rem", MediaValue::Kind::Length, 16},
    {u"ex", MediaValue::Kind::Length, 8},
    {u"ch", MediaValue::Kind::Length, 8},
    {u"in", MediaValue::Kind::Length, 96},
    {u"cm", MediaValue::Kind::Length, 96 / 2.54},
    {u"mm", MediaValue::Kind::Length, 96 / 25.4},
    {u"q", MediaValue::Kind::Length, 96 / 101.6},
    {u"pt", MediaValue::Kind::Length, 96.0 / 72},
    {u"pc", MediaValue::Kind::Length, 16},
    {u"dppx", MediaValue::Kind::Resolution, 1},
    {u"x", MediaValue::Kind::Resolution, 1},
    {u"dpi", MediaValue::Kind::Resolution, 1 / 96.0},
    {u"dpcm", MediaValue::Kind::Resolution, 2.54 / 96},
};

std::optional<MediaValue> takeSum(TokenStream &tokens, int depth);

std::optional<MediaValue> valueOf(const Token &token)
{
    MediaValue value;
    value.number = token.number;
    value.isInteger = token.isInteger;
    if (token.is(TokenType::Number))
        return value;
    if (!token.is(TokenType::Dimension))
        return std::nullopt;
    for (const Unit &unit : Units) {
        if (equalsIgnoringAsciiCase(token.text, unit.name)) {
            value.kind = unit.kind;
            value.number *= unit.factor;
            return value;
        }
    }
    return std::nullopt;
}

/// A number, "(sum)" or "calc(sum)".
std::optional<MediaValue> takeOperand(TokenStream &tokens, int depth)
{
    tokens.skipWhitespace();
    const Token &token = tokens.peek();
    if (!token.is(TokenType::OpenParen) && !token.isFunction(u"calc"))
        return valueOf(tokens.next());
    TokenStream inside(tokens.takeBlock());
    if (depth >= MaxDepth)
        return std::nullopt;
    const std::optional<MediaValue> sum = takeSum(inside, depth + 1);
    return inside.atEnd() ? sum : std::nullopt;
}

std::optional<MediaValue> takeProduct(TokenStream &tokens, int depth)
{
    std::optional<MediaValue> product = takeOperand(tokens, depth);
    while (product) {
        const Token &sign = tokens.peekPastWhitespace();
        if (!sign.isDelim(u'*') && !sign.isDelim(u'/'))
            break;
        tokens.skipWhitespace();
        tokens.next();
        const std::optional<MediaValue> factor = takeOperand(tokens, depth);
        const bool isDivision = sign.isDelim(u'/');
        if (!factor ||
            (factor->kind != MediaValue::Kind::Number && (isDivision || product->kind != MediaValue::Kind::Number)))
            return std::nullopt;
        if (factor->kind != MediaValue::Kind::Number)
            product->kind = factor->kind;
        product->number = isDivision ? product->number / factor->number : product->number * factor->number;
        product->isInteger = product->isInteger && factor->isInteger && !isDivision;
    }
    return product;
}

std::optional<MediaValue> takeSum(TokenStream &tokens, int depth)
{
    std::optional<MediaValue> sum = takeProduct(tokens, depth);
    while (sum && tokens.peek().is(TokenType::Whitespace)) {
        tokens.skipWhitespace();
        const bool isMinus = tokens.peek().isDelim(u'-');
        if (!isMinus && !tokens.peek().isDelim(u'+'))
            break;
        tokens.next();
        if (!tokens.peek().is(TokenType::Whitespace))
            return std::nullopt;
        const std::optional<MediaValue> more = takeProduct(tokens, depth);
        if (!more || more->kind != sum->kind)
            return std::nullopt;
        sum->number += isMinus ? -more->number : more->number;
        sum->isInteger = sum->isInteger && more->isInteger;
    }
    return sum;
}

/// A number, or the result of calc(); a number that no float holds becomes the highest one.
std::optional<MediaValue> takeNumber(TokenStream &tokens)
{
    if (tokens.peek().is(TokenType::OpenParen))
        return std::nullopt;
    std::optional<MediaValue> value = takeOperand(tokens, 0);
    if (value)
        value->number = std::isnan(value->number) ? 0 : std::clamp<double>(value->number, -FLT_MAX, FLT_MAX);
    return value;
}

} // namespace

std::optional<MediaValue> parseMediaValue(std::span<const Token> tokens)
{
    TokenStream stream(tokens);
    stream.skipWhitespace();
    std::optional<MediaValue> value;
    if (stream.peek().is(TokenType::Ident)) {
        value.emplace();
        value->kind = MediaValue::Kind::Keyword;
        value->keyword = asciiLower(stream.next().text);
    } else {
        value = takeNumber(stream);
        stream.skipWhitespace();
        if (value && stream.peek().isDelim(u'/')) {
            stream.next();
            stream.skipWhitespace();
            const std::optional<MediaValue> height = takeNumber(stream);
            if (!height || height->kind != MediaValue::Kind::Number || value->kind != MediaValue::Kind::Number)
                return std::nullopt;
            value->kind = MediaValue::Kind::Ratio;
            value->height = height->number;
            if (value->number == 0 && value->height == 0)
                value->number = 1; // css-values-4 5.7: a degenerate ratio is infinite
        }
    }
    stream.skipWhitespace();
    return stream.atEnd() ? value : std::nullopt;
}

} // namespace bulkhead::engine::css
