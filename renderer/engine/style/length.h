// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"

#include <cstdint>
#include <memory>

namespace bulkhead::engine {

/// A computed calc() that has to wait for what percentages refer to (css-values 10). Immutable.
class CalcExpression
{
public:
    virtual ~CalcExpression() = default;
    /// @p base in pixels is what 100 % is.
    virtual double resolve(double base) const = 0;
};

/// A computed <length-percentage> or one of the keywords that stand beside it. Font-relative and viewport units are
/// gone: what is left depends on the layout only.
class Length
{
public:
    enum class Kind : std::uint8_t {
        Auto,
        None,   ///< max-width: none
        Normal, ///< line-height, gaps, letter-spacing
        Fixed,
        Percent,
        Calc,   ///< mixes both
        Number, ///< line-height: 1.5; tab-size: 8
        MinContent,
        MaxContent,
        FitContent, ///< the keyword, or fit-content(limit) with the limit as percentage or pixels
        Content,    ///< flex-basis
        Fraction,   ///< 1fr in grid tracks
    };

    constexpr Length() = default;
    constexpr Length(Kind kind, float value = 0) : m_value(value), m_kind(kind) {}
    static Length px(double pixels) { return {Kind::Fixed, float(pixels)}; }
    static Length percent(double percent) { return {Kind::Percent, float(percent)}; }
    static Length calc(std::shared_ptr<const CalcExpression> expression)
    {
        Length length(Kind::Calc);
        length.m_calc = std::move(expression);
        return length;
    }

    Kind kind() const { return m_kind; }
    bool is(Kind kind) const { return m_kind == kind; }
    bool isAuto() const { return m_kind == Kind::Auto; }
    /// A <length-percentage>: resolve() has a meaning.
    bool isLength() const { return m_kind == Kind::Fixed || m_kind == Kind::Percent || m_kind == Kind::Calc; }
    bool dependsOnBase() const { return m_kind == Kind::Percent || m_kind == Kind::Calc; }
    /// Pixels, percent, number or fraction, as kind() says.
    float value() const { return m_value; }

    /// Of a <length-percentage>; the keywords give 0.
    LayoutUnit resolve(LayoutUnit base) const
    {
        switch (m_kind) {
        case Kind::Fixed:
            return LayoutUnit::fromPixels(m_value);
        case Kind::Percent:
            return LayoutUnit::fromPixels(base.toDouble() * double(m_value) / 100);
        case Kind::Calc:
            return LayoutUnit::fromPixels(m_calc->resolve(base.toDouble()));
        default:
            return {};
        }
    }

    friend bool operator==(const Length &, const Length &) = default;

private:
    std::shared_ptr<const CalcExpression> m_calc;
    float m_value = 0;
    Kind m_kind = Kind::Auto;
};

/// Top, right, bottom, left.
struct LengthEdges
{
    Length top, right, bottom, left;
    friend bool operator==(const LengthEdges &, const LengthEdges &) = default;
};

struct LengthPair
{
    Length x, y;
    friend bool operator==(const LengthPair &, const LengthPair &) = default;
};

} // namespace bulkhead::engine
