// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/position_parser.h"

#include "renderer/engine/css/properties/math_node.h"
#include "renderer/engine/css/properties/numbers.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace bulkhead::engine::css {

namespace {

/// A keyword or a length of a position.
struct Component
{
    Keyword keyword = Keyword::None;
    Value offset;

    bool isKeyword() const { return keyword != Keyword::None; }
    bool isHorizontal() const { return keyword == "left"_kw || keyword == "right"_kw; }
    bool isVertical() const { return keyword == "top"_kw || keyword == "bottom"_kw; }
    bool isCenter() const { return keyword == "center"_kw; }
};

Value percent(double number)
{
    return Value::makeDimension(number, Unit::Percent);
}

bool parseComponent(TokenStream &tokens, const ValueContext &context, Component &into)
{
    tokens.skipWhitespace();
    if (tokens.peek().is(TokenType::Ident)) {
        into.keyword = keywordOf(tokens.peek().text);
        if (!into.isHorizontal() && !into.isVertical() && !into.isCenter())
            return false;
        tokens.next();
        return true;
    }
    return parseNumeric(tokens, context, NumericType::LengthPercentage, {}, into.offset);
}

/// A component that stands alone: 0, 50 or 100 % or the length.
Value plain(const Component &component)
{
    if (component.isCenter())
        return percent(50);
    if (component.isKeyword())
        return percent(component.keyword == "right"_kw || component.keyword == "bottom"_kw ? 100 : 0);
    return component.offset;
}

std::optional<Values> fromOneOrTwo(const std::vector<Component> &parts)
{
    const Component &first = parts.front();
    if (parts.size() == 1)
        return first.isVertical() ? Values{percent(50), plain(first)} : Values{plain(first), percent(50)};
    const Component &second = parts[1];
    if (!first.isVertical() && !second.isHorizontal())
        return Values{plain(first), plain(second)};
    const bool isSwapped = first.isKeyword() && second.isKeyword() && !first.isHorizontal() && !second.isVertical();
    return isSwapped ? std::optional(Values{plain(second), plain(first)}) : std::nullopt;
}

/// "left 10px top 20px", with one of the lengths left out where three are allowed.
std::optional<Values> fromEdges(const std::vector<Component> &parts)
{
    Values values(2);
    std::size_t at = 0;
    bool isCenterLeft = false;
    while (at < parts.size()) {
        const Component &edge = parts[at++];
        if (!edge.isKeyword())
            return std::nullopt;
        Value value = plain(edge);
        if (at < parts.size() && !parts[at].isKeyword()) {
            if (edge.isCenter())
                return std::nullopt;
            const Value &offset = parts[at++].offset;
            value = value.number > 0 ? fromFarEnd(offset) : offset;
        }
        if (edge.isCenter()) {
            if (isCenterLeft)
                return std::nullopt;
            isCenterLeft = true;
            continue; // it takes the axis that the other one leaves
        }
        Value &axis = values[edge.isVertical() ? 1 : 0];
        if (!axis.isMissing())
            return std::nullopt;
        axis = std::move(value);
    }
    for (Value &axis : values) {
        if (axis.isMissing() && std::exchange(isCenterLeft, false))
            axis = percent(50);
        else if (axis.isMissing())
            return std::nullopt;
    }
    return values;
}

bool parse(TokenStream &tokens, const ValueContext &context, bool isThreeAllowed, Value &into)
{
    std::vector<Component> parts;
    while (parts.size() < 4) {
        Component component;
        const std::size_t start = tokens.position();
        if (!parseComponent(tokens, context, component)) {
            tokens.rewind(start);
            break;
        }
        parts.push_back(std::move(component));
    }
    if (parts.empty() || (parts.size() == 3 && !isThreeAllowed))
        return false;
    std::optional<Values> values = parts.size() <= 2 ? fromOneOrTwo(parts) : fromEdges(parts);
    if (!values)
        return false;
    into = Value::makeList(std::move(*values));
    return true;
}

} // namespace

Value fromFarEnd(const Value &offset)
{
    if (offset.is(Value::Kind::Percentage))
        return percent(100 - offset.number);
    using Operation = MathNode::Operation;
    const MathNode::Pointer node =
        offset.math ? offset.math : std::make_shared<const MathNode>(offset.number, offset.unit);
    const auto negative = std::make_shared<const MathNode>(Operation::Negate, std::vector{node});
    const MathNode::Pointer whole = std::make_shared<const MathNode>(100, Unit::Percent);
    Value value;
    value.kind = Value::Kind::Math;
    value.math = std::make_shared<const MathNode>(Operation::Sum, std::vector<MathNode::Pointer>{whole, negative});
    return value;
}

bool parsePosition(TokenStream &tokens, const ValueContext &context, Value &into)
{
    return parse(tokens, context, false, into);
}

bool parseBackgroundPosition(TokenStream &tokens, const ValueContext &context, Value &into)
{
    return parse(tokens, context, true, into);
}

bool parseTransformOrigin(TokenStream &tokens, const ValueContext &context, Value &into)
{
    std::vector<Component> parts;
    Value depth = Value::makeDimension(0, Unit::Px);
    while (parts.size() < 2) {
        Component component;
        const std::size_t start = tokens.position();
        if (!parseComponent(tokens, context, component)) {
            tokens.rewind(start);
            break;
        }
        parts.push_back(std::move(component));
    }
    std::optional<Values> values = parts.empty() ? std::nullopt : fromOneOrTwo(parts);
    if (!values)
        return false;
    tokens.skipWhitespace();
    if (parts.size() == 2 && !tokens.atEnd() && !parseNumeric(tokens, context, NumericType::Length, {}, depth))
        return false;
    values->push_back(std::move(depth));
    into = Value::makeList(std::move(*values));
    return true;
}

} // namespace bulkhead::engine::css
