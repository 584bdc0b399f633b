// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/value.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace bulkhead::engine::css {

/// What a calculation comes to (css-values-4 10.9). LengthPercentage: both, so that it waits for what percentages are
/// of.
enum class MathType : std::uint8_t { Invalid, Number, Length, Percentage, LengthPercentage, Angle, Time };

/// A calculation: calc(), min(), round() and so on (css-values-4 10), as a tree. Immutable. The parser bounds its
/// depth.
class MathNode
{
public:
    enum class Operation : std::uint8_t {
        Leaf,
        Sum,
        Product,
        Negate,
        Invert,
        Min,
        Max,
        Clamp,
        RoundNearest,
        RoundUp,
        RoundDown,
        RoundToZero,
        Mod,
        Rem,
        Abs,
        Sign,
        Sin,
        Cos,
        Tan,
        Asin,
        Acos,
        Atan,
        Atan2,
        Pow,
        Sqrt,
        Hypot,
        Log,
        Exp,
    };
    using Pointer = std::shared_ptr<const MathNode>;
    /// The value of a leaf: its number, in a unit that may be None.
    using LeafValue = std::function<double(double number, Unit unit)>;

    MathNode(double number, Unit unit);
    /// The type is what the operands' types give; Invalid when they do not fit.
    MathNode(Operation operation, std::vector<Pointer> operands);

    MathType type() const { return m_type; }
    /// No unit in it depends on anything.
    bool isConstant() const { return m_isConstant; }
    double evaluate(const LeafValue &leaf) const;
    /// Of a constant one.
    double constant() const;
    /// The same with each length in pixels, as @p leaf gives them; percentages stay.
    Pointer withPixels(const Pointer &self, const LeafValue &leaf) const;

private:
    static MathType typeOf(Operation operation, const std::vector<Pointer> &operands);
    double apply(const std::vector<double> &values) const;

    Operation m_operation = Operation::Leaf;
    Unit m_unit = Unit::None;
    MathType m_type = MathType::Invalid;
    bool m_isConstant = false;
    double m_number = 0;
    std::vector<Pointer> m_operands;
};

} // namespace bulkhead::engine::css
