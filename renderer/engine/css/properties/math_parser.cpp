// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/math_node.h"
#include "renderer/engine/css/properties/numbers.h"

#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <span>
#include <utility>
#include <vector>

namespace bulkhead::engine::css {

namespace {

using Pointer = MathNode::Pointer;
using Operation = MathNode::Operation;

constexpr int MostDepth = 32;
constexpr double Infinity = std::numeric_limits<double>::infinity();

/// css-values-4 10.7: sums of products of values. Null wherever something is invalid.
class MathParser
{
public:
    Pointer function(TokenStream &tokens);

private:
    Pointer sum(TokenStream &tokens);
    Pointer product(TokenStream &tokens);
    Pointer value(TokenStream &tokens);
    Pointer whole(std::span<const Token> tokens);
    std::vector<Pointer> arguments(TokenStream &tokens);
    Pointer round(std::span<const Token> tokens);

    static Pointer leaf(double number, Unit unit) { return std::make_shared<MathNode>(number, unit); }
    static Pointer node(Operation operation, std::vector<Pointer> operands)
    {
        auto made = std::make_shared<MathNode>(operation, std::move(operands));
        return made->type() == MathType::Invalid ? nullptr : made;
    }

    int m_depth = 0;
};

struct FunctionRow
{
    Keyword name;
    Operation operation;
    std::size_t least, most;
};
constexpr FunctionRow Functions[] = {
    {"min"_kw, Operation::Min, 1, 1000}, {"max"_kw, Operation::Max, 1, 1000},     {"clamp"_kw, Operation::Clamp, 3, 3},
    {"mod"_kw, Operation::Mod, 2, 2},    {"rem"_kw, Operation::Rem, 2, 2},        {"abs"_kw, Operation::Abs, 1, 1},
    {"sign"_kw, Operation::Sign, 1, 1},  {"sin"_kw, Operation::Sin, 1, 1},        {"cos"_kw, Operation::Cos, 1, 1},
    {"tan"_kw, Operation::Tan, 1, 1},    {"asin"_kw, Operation::Asin, 1, 1},      {"acos"_kw, Operation::Acos, 1, 1},
    {"atan"_kw, Operation::Atan, 1, 1},  {"atan2"_kw, Operation::Atan2, 2, 2},    {"pow"_kw, Operation::Pow, 2, 2},
    {"sqrt"_kw, Operation::Sqrt, 1, 1},  {"hypot"_kw, Operation::Hypot, 1, 1000}, {"log"_kw, Operation::Log, 1, 2},
    {"exp"_kw, Operation::Exp, 1, 1},
};

Pointer MathParser::function(TokenStream &tokens)
{
    const Token &token = tokens.peek();
    if (!token.is(TokenType::Function) || m_depth >= MostDepth)
        return nullptr;
    const Keyword name = keywordOf(token.text);
    ++m_depth;
    const std::span<const Token> inside = tokens.takeBlock();
    Pointer result;
    if (name == "calc"_kw || name == "-webkit-calc"_kw || name == "-moz-calc"_kw) {
        result = whole(inside);
    } else if (name == "round"_kw) {
        result = round(inside);
    } else {
        for (const FunctionRow &row : Functions) {
            if (row.name != name)
                continue;
            TokenStream stream(inside);
            std::vector<Pointer> operands = arguments(stream);
            if (operands.size() >= row.least && operands.size() <= row.most)
                result = node(row.operation, std::move(operands));
        }
    }
    --m_depth;
    return result;
}

Pointer MathParser::round(std::span<const Token> tokens)
{
    TokenStream stream(tokens);
    stream.skipWhitespace();
    Operation how = Operation::RoundNearest;
    if (stream.peek().is(TokenType::Ident)) {
        const std::size_t start = stream.position();
        const Keyword strategy = keywordOf(stream.next().text);
        stream.skipWhitespace();
        const bool isStrategy = stream.peek().is(TokenType::Comma);
        if (isStrategy) {
            stream.next();
            if (strategy == "up"_kw)
                how = Operation::RoundUp;
            else if (strategy == "down"_kw)
                how = Operation::RoundDown;
            else if (strategy == "to-zero"_kw)
                how = Operation::RoundToZero;
            else if (strategy != "nearest"_kw)
                return nullptr;
        } else {
            stream.rewind(start);
        }
    }
    std::vector<Pointer> operands = arguments(stream);
    if (operands.empty() || operands.size() > 2 || (operands.size() == 1 && operands[0]->type() != MathType::Number))
        return nullptr;
    return node(how, std::move(operands));
}

/// Sums between commas; empty when one of them is invalid.
std::vector<Pointer> MathParser::arguments(TokenStream &tokens)
{
    std::vector<Pointer> found;
    while (true) {
        Pointer argument = sum(tokens);
        if (!argument)
            return {};
        found.push_back(std::move(argument));
        tokens.skipWhitespace();
        if (tokens.atEnd())
            return found;
        if (!tokens.next().is(TokenType::Comma))
            return {};
    }
}

Pointer MathParser::whole(std::span<const Token> tokens)
{
    TokenStream stream(tokens);
    Pointer result = sum(stream);
    stream.skipWhitespace();
    return stream.atEnd() ? result : nullptr;
}

Pointer MathParser::sum(TokenStream &tokens)
{
    std::vector<Pointer> operands{product(tokens)};
    while (operands.back()) {
        // "+" and "-" need white space on both sides.
        const bool hasSpace = tokens.peek().is(TokenType::Whitespace);
        const std::size_t start = tokens.position();
        tokens.skipWhitespace();
        const bool isMinus = tokens.peek().isDelim(u'-');
        if (!hasSpace || !(isMinus || tokens.peek().isDelim(u'+'))) {
            tokens.rewind(start);
            break;
        }
        tokens.next();
        if (!tokens.peek().is(TokenType::Whitespace))
            return nullptr;
        Pointer operand = product(tokens);
        if (operand && isMinus)
            operand = node(Operation::Negate, {operand});
        operands.push_back(std::move(operand));
    }
    if (!operands.back())
        return nullptr;
    return operands.size() == 1 ? operands.front() : node(Operation::Sum, std::move(operands));
}

Pointer MathParser::product(TokenStream &tokens)
{
    std::vector<Pointer> operands{value(tokens)};
    while (operands.back()) {
        const Token &sign = tokens.peekPastWhitespace();
        if (!sign.isDelim(u'*') && !sign.isDelim(u'/'))
            break;
        const bool isDivision = sign.isDelim(u'/');
        tokens.skipWhitespace();
        tokens.next();
        Pointer operand = value(tokens);
        if (operand && isDivision)
            operand = node(Operation::Invert, {operand});
        operands.push_back(std::move(operand));
    }
    if (!operands.back())
        return nullptr;
    return operands.size() == 1 ? operands.front() : node(Operation::Product, std::move(operands));
}

Pointer MathParser::value(TokenStream &tokens)
{
    tokens.skipWhitespace();
    const Token &token = tokens.peek();
    switch (token.type) {
    case TokenType::Number:
        return leaf(tokens.next().number, Unit::None);
    case TokenType::Percentage:
        return leaf(tokens.next().number, Unit::Percent);
    case TokenType::Dimension: {
        const auto unit = unitByName(token.text);
        const double number = tokens.next().number;
        if (!unit || unit->unit == Unit::Fr || unit->unit == Unit::Dppx)
            return nullptr;
        return leaf(number * unit->factor, unit->unit);
    }
    case TokenType::Ident:
        switch (keywordOf(tokens.next().text)) {
        case "e"_kw:
            return leaf(std::numbers::e, Unit::None);
        case "pi"_kw:
            return leaf(std::numbers::pi, Unit::None);
        case "infinity"_kw:
            return leaf(Infinity, Unit::None);
        case "-infinity"_kw:
            return leaf(-Infinity, Unit::None);
        case "nan"_kw:
            return leaf(std::numeric_limits<double>::quiet_NaN(), Unit::None);
        default:
            return nullptr;
        }
    case TokenType::OpenParen: {
        if (m_depth >= MostDepth)
            return nullptr;
        ++m_depth;
        Pointer result = whole(tokens.takeBlock());
        --m_depth;
        return result;
    }
    case TokenType::Function:
        return function(tokens);
    default:
        return nullptr;
    }
}

} // namespace

Pointer parseMathFunction(TokenStream &tokens)
{
    return MathParser().function(tokens);
}

} // namespace bulkhead::engine::css
