// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/transform_parser.h"

#include "renderer/engine/css/properties/numbers.h"

#include <cstring>
#include <utility>

namespace bulkhead::engine::css {

namespace {

/// Arguments by letter: n number, p number or percentage as number, l length, t length or percentage, a angle.
struct TransformRow
{
    Keyword name;
    const char *arguments;
    std::size_t least; ///< how many have to be there
};
constexpr TransformRow Rows[] = {
    {"matrix"_kw, "nnnnnn", 6},   {"matrix3d"_kw, "nnnnnnnnnnnnnnnn", 16},
    {"translate"_kw, "tt", 1},    {"translatex"_kw, "t", 1},
    {"translatey"_kw, "t", 1},    {"translatez"_kw, "l", 1},
    {"translate3d"_kw, "ttl", 3}, {"scale"_kw, "pp", 1},
    {"scalex"_kw, "p", 1},        {"scaley"_kw, "p", 1},
    {"scalez"_kw, "p", 1},        {"scale3d"_kw, "ppp", 3},
    {"rotate"_kw, "a", 1},        {"rotatex"_kw, "a", 1},
    {"rotatey"_kw, "a", 1},       {"rotatez"_kw, "a", 1},
    {"rotate3d"_kw, "nnna", 4},   {"skew"_kw, "aa", 1},
    {"skewx"_kw, "a", 1},         {"skewy"_kw, "a", 1},
    {"perspective"_kw, "l", 1},
};

bool parseArgument(TokenStream &tokens, const ValueContext &context, char kind, Value &into)
{
    const std::size_t start = tokens.position();
    switch (kind) {
    case 'l':
        return parseNumeric(tokens, context, NumericType::Length, {}, into);
    case 't':
        return parseNumeric(tokens, context, NumericType::LengthPercentage, {}, into);
    case 'a':
        if (tokens.peek().is(TokenType::Number) && tokens.peek().number == 0) { // css-transforms-1 9
            tokens.next();
            into = Value::makeDimension(0, Unit::Deg);
            return true;
        }
        return parseNumeric(tokens, context, NumericType::Angle, {}, into);
    case 'p':
        if (parseNumeric(tokens, context, NumericType::Percentage, {}, into)) {
            into = Value::makeNumber(into.number / 100);
            return true;
        }
        tokens.rewind(start);
        break;
    default:
        break;
    }
    return parseNumeric(tokens, context, NumericType::Number, {}, into);
}

bool parseArguments(TokenStream &tokens, const ValueContext &context, const TransformRow &row, Value &into)
{
    Values arguments;
    const std::size_t most = std::strlen(row.arguments);
    while (true) {
        tokens.skipWhitespace();
        Value argument;
        if (arguments.size() == most || !parseArgument(tokens, context, row.arguments[arguments.size()], argument))
            return false;
        arguments.push_back(std::move(argument));
        tokens.skipWhitespace();
        if (tokens.atEnd())
            break;
        if (!tokens.next().is(TokenType::Comma))
            return false;
    }
    if (arguments.size() < row.least)
        return false;
    if (row.name == "perspective"_kw && arguments[0].number < 0)
        return false;
    into = Value::makeFunction(row.name, std::move(arguments));
    return true;
}

} // namespace

bool parseTransformFunction(TokenStream &tokens, const ValueContext &context, Value &into)
{
    if (!tokens.peek().is(TokenType::Function))
        return false;
    const Keyword name = keywordOf(tokens.peek().text);
    for (const TransformRow &row : Rows) {
        if (row.name != name)
            continue;
        TokenStream inside(tokens.takeBlock());
        return parseArguments(inside, context, row, into);
    }
    return false;
}

} // namespace bulkhead::engine::css
