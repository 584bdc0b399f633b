// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/math_node.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

namespace bulkhead::engine::css {

namespace {

constexpr double DegreesToRadians = std::numbers::pi / 180;

MathType typeOfUnit(Unit unit)
{
    switch (unit) {
    case Unit::None:
        return MathType::Number;
    case Unit::Percent:
        return MathType::Percentage;
    case Unit::Deg:
        return MathType::Angle;
    case Unit::S:
        return MathType::Time;
    case Unit::Dppx:
    case Unit::Fr:
        return MathType::Invalid;
    default:
        return MathType::Length;
    }
}

bool isLengthOrPercentage(MathType type)
{
    return type == MathType::Length || type == MathType::Percentage || type == MathType::LengthPercentage;
}

/// Of operands that have to be of one type: sums, min() and the like.
MathType commonType(MathType a, MathType b)
{
    if (a == b)
        return a;
    return isLengthOrPercentage(a) && isLengthOrPercentage(b) ? MathType::LengthPercentage : MathType::Invalid;
}

double roundTo(MathNode::Operation how, double value, double step)
{
    using Operation = MathNode::Operation;
    if (step == 0 || (std::isinf(value) && std::isinf(step)))
        return std::numeric_limits<double>::quiet_NaN();
    if (std::isinf(value))
        return value;
    step = std::fabs(step);
    if (std::isinf(step)) {
        if (how == Operation::RoundUp && value > 0)
            return step;
        return how == Operation::RoundDown && value < 0 ? -step : std::copysign(0, value);
    }
    const double lower = std::floor(value / step) * step;
    const double upper = std::ceil(value / step) * step;
    switch (how) {
    case Operation::RoundUp:
        return upper;
    case Operation::RoundDown:
        return lower;
    case Operation::RoundToZero:
        return value < 0 ? upper : lower;
    default:
        return value - lower < upper - value ? lower : upper; // halfway: up
    }
}

double modulo(double a, double b)
{
    if (b == 0 || std::isinf(a))
        return std::numeric_limits<double>::quiet_NaN();
    if (std::isinf(b))
        return std::signbit(a) == std::signbit(b) ? a : std::numeric_limits<double>::quiet_NaN();
    return a - std::floor(a / b) * b;
}

} // namespace

MathNode::MathNode(double number, Unit unit)
    : m_unit(unit), m_type(typeOfUnit(unit)),
      m_isConstant(unit == Unit::None || unit == Unit::Px || unit == Unit::Deg || unit == Unit::S), m_number(number)
{
}

MathNode::MathNode(Operation operation, std::vector<Pointer> operands)
    : m_operation(operation), m_type(typeOf(operation, operands)),
      m_isConstant(std::all_of(operands.begin(), operands.end(), [](const Pointer &p) { return p->isConstant(); })),
      m_operands(std::move(operands))
{
}

MathType MathNode::typeOf(Operation operation, const std::vector<Pointer> &operands)
{
    if (operands.empty())
        return MathType::Invalid;
    MathType type = operands.front()->type();
    switch (operation) {
    case Operation::Product:
        for (std::size_t i = 1; i < operands.size(); ++i) {
            const MathType other = operands[i]->type();
            if (type != MathType::Number && other != MathType::Number)
                return MathType::Invalid;
            type = type == MathType::Number ? other : type;
        }
        return type;
    case Operation::Pow:
    case Operation::Sqrt:
    case Operation::Log:
    case Operation::Exp:
    case Operation::Asin:
    case Operation::Acos:
    case Operation::Atan:
    case Operation::Invert:
        if (std::any_of(operands.begin(), operands.end(),
                        [](const Pointer &p) { return p->type() != MathType::Number; }))
            return MathType::Invalid;
        return operation == Operation::Asin || operation == Operation::Acos || operation == Operation::Atan
                   ? MathType::Angle
                   : MathType::Number;
    case Operation::Sin:
    case Operation::Cos:
    case Operation::Tan:
        return type == MathType::Number || type == MathType::Angle ? MathType::Number : MathType::Invalid;
    default:
        break;
    }
    for (const Pointer &operand : operands)
        type = commonType(type, operand->type());
    if (type == MathType::Invalid)
        return type;
    if (operation == Operation::Sign)
        return MathType::Number;
    return operation == Operation::Atan2 ? MathType::Angle : type;
}

double MathNode::evaluate(const LeafValue &leaf) const
{
    if (m_operation == Operation::Leaf)
        return leaf(m_number, m_unit);
    std::vector<double> values;
    values.reserve(m_operands.size());
    for (const Pointer &operand : m_operands) {
        const double value = operand->evaluate(leaf);
        const bool isAngle = operand->type() == MathType::Angle;
        const bool isTrigonometric =
            m_operation == Operation::Sin || m_operation == Operation::Cos || m_operation == Operation::Tan;
        values.push_back(isAngle && isTrigonometric ? value * DegreesToRadians : value);
    }
    return apply(values);
}

double MathNode::apply(const std::vector<double> &values) const
{
    const double first = values.front();
    const double second = values.size() > 1 ? values[1] : 0;
    const bool isNan = std::any_of(values.begin(), values.end(), [](double value) { return std::isnan(value); });
    if (isNan)
        return std::numeric_limits<double>::quiet_NaN();
    double result = first;
    switch (m_operation) {
    case Operation::Leaf:
        return first;
    case Operation::Sum:
        for (std::size_t i = 1; i < values.size(); ++i)
            result += values[i];
        return result;
    case Operation::Product:
        for (std::size_t i = 1; i < values.size(); ++i)
            result *= values[i];
        return result;
    case Operation::Negate:
        return -first;
    case Operation::Invert:
        return 1 / first;
    case Operation::Min:
        return *std::min_element(values.begin(), values.end());
    case Operation::Max:
        return *std::max_element(values.begin(), values.end());
    case Operation::Clamp:
        return std::max(first, std::min(second, values[2]));
    case Operation::RoundNearest:
    case Operation::RoundUp:
    case Operation::RoundDown:
    case Operation::RoundToZero:
        return roundTo(m_operation, first, values.size() > 1 ? second : 1);
    case Operation::Mod:
        return modulo(first, second);
    case Operation::Rem:
        return std::fmod(first, second);
    case Operation::Abs:
        return std::fabs(first);
    case Operation::Sign:
        return first > 0 ? 1 : first < 0 ? -1 : first;
    case Operation::Sin:
        return std::sin(first);
    case Operation::Cos:
        return std::cos(first);
    case Operation::Tan:
        return std::tan(first);
    case Operation::Asin:
        return std::asin(first) / DegreesToRadians;
    case Operation::Acos:
        return std::acos(first) / DegreesToRadians;
    case Operation::Atan:
        return std::atan(first) / DegreesToRadians;
    case Operation::Atan2:
        return std::atan2(first, second) / DegreesToRadians;
    case Operation::Pow:
        return std::pow(first, second);
    case Operation::Sqrt:
        return std::sqrt(first);
    case Operation::Hypot:
        for (std::size_t i = 1; i < values.size(); ++i)
            result = std::hypot(result, values[i]);
        return std::fabs(result);
    case Operation::Log:
        return values.size() > 1 ? std::log(first) / std::log(second) : std::log(first);
    case Operation::Exp:
        return std::exp(first);
    }
    return first;
}

double MathNode::constant() const
{
    return evaluate([](double number, Unit) { return number; });
}

MathNode::Pointer MathNode::withPixels(const Pointer &self, const LeafValue &leaf) const
{
    if (m_operation == Operation::Leaf) {
        if (m_type != MathType::Length || m_unit == Unit::Px)
            return self;
        return std::make_shared<MathNode>(leaf(m_number, m_unit), Unit::Px);
    }
    if (m_isConstant)
        return self;
    std::vector<Pointer> operands;
    operands.reserve(m_operands.size());
    for (const Pointer &operand : m_operands)
        operands.push_back(operand->withPixels(operand, leaf));
    return std::make_shared<MathNode>(m_operation, std::move(operands));
}

} // namespace bulkhead::engine::css
