// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/numbers.h"

#include "renderer/engine/css/properties/math_node.h"

#include <QHash>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

namespace bulkhead::engine::css {

namespace {

QHash<QString, UnitFactor> makeUnits()
{
    struct Row
    {
        const char *name;
        Unit unit;
        double factor = 1;
    };
    static constexpr Row Rows[] = {
        {"px", Unit::Px},
        {"cm", Unit::Px, 96 / 2.54},
        {"mm", Unit::Px, 96 / 25.4},
        {"q", Unit::Px, 96 / 101.6},
        {"in", Unit::Px, 96},
        {"pt", Unit::Px, 96.0 / 72},
        {"pc", Unit::Px, 16},
        {"em", Unit::Em},
        {"rem", Unit::Rem},
        {"ex", Unit::Ex},
        {"rex", Unit::Rex},
        {"ch", Unit::Ch},
        {"rch", Unit::Rch},
        {"cap", Unit::Cap},
        {"rcap", Unit::Rcap},
        {"ic", Unit::Ic},
        {"ric", Unit::Ric},
        {"lh", Unit::Lh},
        {"rlh", Unit::Rlh},
        {"deg", Unit::Deg},
        {"grad", Unit::Deg, 0.9},
        {"rad", Unit::Deg, 57.29577951308232},
        {"turn", Unit::Deg, 360},
        {"s", Unit::S},
        {"ms", Unit::S, 0.001},
        {"dppx", Unit::Dppx},
        {"x", Unit::Dppx},
        {"dpi", Unit::Dppx, 1.0 / 96},
        {"dpcm", Unit::Dppx, 2.54 / 96},
        {"fr", Unit::Fr},
    };
    QHash<QString, UnitFactor> units;
    for (const Row &row : Rows)
        units.insert(QString::fromLatin1(row.name), {row.unit, row.factor});
    static constexpr Row Viewport[] = {{"vw", Unit::Vw},     {"vh", Unit::Vh}, {"vmin", Unit::Vmin},
                                       {"vmax", Unit::Vmax}, {"vi", Unit::Vw}, {"vb", Unit::Vh}};
    for (const Row &row : Viewport) {
        for (const char *variant : {"", "s", "l", "d"})
            units.insert(QString::fromLatin1(variant) + QString::fromLatin1(row.name), {row.unit, 1});
    }
    return units;
}

bool isLengthUnit(Unit unit)
{
    return unit != Unit::None && unit < Unit::Percent;
}

bool isWanted(NumericType type, Unit unit)
{
    switch (type) {
    case NumericType::Length:
        return isLengthUnit(unit);
    case NumericType::Percentage:
        return unit == Unit::Percent;
    case NumericType::LengthPercentage:
        return isLengthUnit(unit) || unit == Unit::Percent;
    case NumericType::Angle:
        return unit == Unit::Deg;
    case NumericType::Time:
        return unit == Unit::S;
    case NumericType::Fraction:
        return unit == Unit::Fr;
    case NumericType::Number:
    case NumericType::Integer:
        return unit == Unit::None;
    }
    return false;
}

bool isWanted(NumericType type, MathType math)
{
    switch (type) {
    case NumericType::Length:
        return math == MathType::Length;
    case NumericType::Percentage:
        return math == MathType::Percentage;
    case NumericType::LengthPercentage:
        return math == MathType::Length || math == MathType::Percentage || math == MathType::LengthPercentage;
    case NumericType::Angle:
        return math == MathType::Angle;
    case NumericType::Time:
        return math == MathType::Time;
    case NumericType::Number:
    case NumericType::Integer:
        return math == MathType::Number;
    case NumericType::Fraction:
        return false;
    }
    return false;
}

Unit unitOf(MathType type)
{
    switch (type) {
    case MathType::Length:
        return Unit::Px;
    case MathType::Percentage:
        return Unit::Percent;
    case MathType::Angle:
        return Unit::Deg;
    case MathType::Time:
        return Unit::S;
    default:
        return Unit::None;
    }
}

Value makeNumeric(double number, Unit unit)
{
    return unit == Unit::None ? Value::makeNumber(number) : Value::makeDimension(number, unit);
}

double finite(double number)
{
    return std::isnan(number) ? 0 : std::clamp(number, -1e9, 1e9);
}

bool parseMath(TokenStream &tokens, NumericType type, const NumericRange &range, Value &into)
{
    std::shared_ptr<const MathNode> node = parseMathFunction(tokens);
    if (!node || !isWanted(type, node->type()))
        return false;
    if (node->isConstant() || node->type() == MathType::Percentage) {
        const double number = std::clamp(finite(node->constant()), range.min, range.max);
        into = makeNumeric(type == NumericType::Integer ? std::floor(number + 0.5) : number, unitOf(node->type()));
        return true;
    }
    const auto bound = [&](MathNode::Operation operation, double limit) {
        const auto leaf = std::make_shared<MathNode>(limit, node->type() == MathType::Number ? Unit::None : Unit::Px);
        node = std::make_shared<MathNode>(operation, std::vector<MathNode::Pointer>{node, leaf});
    };
    if (range.min > -1e300)
        bound(MathNode::Operation::Max, range.min);
    if (range.max < 1e300)
        bound(MathNode::Operation::Min, range.max);
    into = {};
    into.kind = Value::Kind::Math;
    into.math = node;
    return true;
}

} // namespace

std::optional<UnitFactor> unitByName(QStringView name)
{
    static const QHash<QString, UnitFactor> units = makeUnits();
    const auto found = units.constFind(name.toString().toLower());
    return found == units.cend() ? std::nullopt : std::optional(*found);
}

bool parseNumeric(TokenStream &tokens, const ValueContext &context, NumericType type, const NumericRange &range,
                  Value &into)
{
    const Token &token = tokens.peek();
    double number = token.number;
    Unit unit = Unit::None;
    switch (token.type) {
    case TokenType::Number:
        if (type == NumericType::Integer && !token.isInteger)
            return false;
        if ((type == NumericType::Length || type == NumericType::LengthPercentage) &&
            (number == 0 || context.unitlessLengths))
            unit = Unit::Px;
        break;
    case TokenType::Percentage:
        unit = Unit::Percent;
        break;
    case TokenType::Dimension: {
        const std::optional<UnitFactor> found = unitByName(token.text);
        if (!found)
            return false;
        unit = found->unit;
        number *= found->factor;
        break;
    }
    case TokenType::Function:
        return parseMath(tokens, type, range, into);
    default:
        return false;
    }
    if (!isWanted(type, unit) || number < range.min || number > range.max)
        return false;
    into = makeNumeric(finite(number), unit);
    tokens.next();
    return true;
}

} // namespace bulkhead::engine::css
