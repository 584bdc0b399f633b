// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>

namespace bulkhead::engine {

/// A length in sixty-fourths of a CSS pixel, as Chromium counts: sums are exact, which reference tests see. Arithmetic
/// saturates, so that no style sheet overflows it.
class LayoutUnit
{
public:
    static constexpr int Denominator = 64;

    constexpr LayoutUnit() = default;
    constexpr LayoutUnit(int pixels) : m_value(clamped(std::int64_t(pixels) * Denominator)) {}
    /// Rounded down (towards minus infinity) to a sixty-fourth; not-a-number is 0.
    static LayoutUnit fromPixels(double pixels) { return fromRaw(clampedFloor(pixels * Denominator)); }
    static LayoutUnit fromPixelsCeil(double pixels) { return fromRaw(-clampedFloor(-pixels * Denominator)); }
    static constexpr LayoutUnit fromRaw(std::int64_t sixtyFourths)
    {
        LayoutUnit unit;
        unit.m_value = clamped(sixtyFourths);
        return unit;
    }
    static constexpr LayoutUnit max() { return fromRaw(std::numeric_limits<std::int32_t>::max()); }
    static constexpr LayoutUnit min() { return fromRaw(std::numeric_limits<std::int32_t>::min()); }

    constexpr std::int32_t raw() const { return m_value; }
    constexpr double toDouble() const { return double(m_value) / Denominator; }
    constexpr int floor() const { return int(m_value >> 6); }
    constexpr int ceil() const { return int((std::int64_t(m_value) + Denominator - 1) >> 6); }
    constexpr int round() const { return int((std::int64_t(m_value) + Denominator / 2) >> 6); }

    constexpr LayoutUnit operator-() const { return fromRaw(-std::int64_t(m_value)); }
    constexpr LayoutUnit &operator+=(LayoutUnit other) { return *this = *this + other; }
    constexpr LayoutUnit &operator-=(LayoutUnit other) { return *this = *this - other; }
    friend constexpr LayoutUnit operator+(LayoutUnit a, LayoutUnit b)
    {
        return fromRaw(std::int64_t(a.m_value) + b.m_value);
    }
    friend constexpr LayoutUnit operator-(LayoutUnit a, LayoutUnit b)
    {
        return fromRaw(std::int64_t(a.m_value) - b.m_value);
    }
    friend constexpr LayoutUnit operator*(LayoutUnit a, int factor)
    {
        return fromRaw(std::int64_t(a.m_value) * factor);
    }
    /// Rounded towards zero; @p divisor is not 0.
    friend constexpr LayoutUnit operator/(LayoutUnit a, int divisor) { return fromRaw(a.m_value / divisor); }
    LayoutUnit scaled(double factor) const { return fromRaw(clampedFloor(double(m_value) * factor)); }
    /// This times @p numerator over @p denominator, which is not 0, without the loss of an intermediate step.
    constexpr LayoutUnit mulDiv(LayoutUnit numerator, LayoutUnit denominator) const
    {
        return fromRaw(std::int64_t(m_value) * numerator.m_value / denominator.m_value);
    }

    friend constexpr auto operator<=>(LayoutUnit, LayoutUnit) = default;

private:
    static constexpr std::int32_t clamped(std::int64_t value)
    {
        return std::int32_t(std::clamp<std::int64_t>(value, std::numeric_limits<std::int32_t>::min(),
                                                     std::numeric_limits<std::int32_t>::max()));
    }
    static std::int64_t clampedFloor(double value)
    {
        if (std::isnan(value))
            return 0;
        return std::int64_t(std::floor(std::clamp(value, -2147483648.0, 2147483647.0)));
    }

    std::int32_t m_value = 0;
};

struct LayoutPoint
{
    LayoutUnit x;
    LayoutUnit y;

    friend constexpr LayoutPoint operator+(LayoutPoint a, LayoutPoint b) { return {a.x + b.x, a.y + b.y}; }
    friend constexpr LayoutPoint operator-(LayoutPoint a, LayoutPoint b) { return {a.x - b.x, a.y - b.y}; }
    friend constexpr bool operator==(LayoutPoint, LayoutPoint) = default;
};

struct LayoutSize
{
    LayoutUnit width;
    LayoutUnit height;

    friend constexpr bool operator==(LayoutSize, LayoutSize) = default;
};

struct LayoutRect
{
    LayoutPoint origin;
    LayoutSize size;

    constexpr LayoutUnit left() const { return origin.x; }
    constexpr LayoutUnit top() const { return origin.y; }
    constexpr LayoutUnit right() const { return origin.x + size.width; }
    constexpr LayoutUnit bottom() const { return origin.y + size.height; }
    friend constexpr bool operator==(const LayoutRect &, const LayoutRect &) = default;
};

/// Four lengths round a box.
struct LayoutEdges
{
    LayoutUnit top;
    LayoutUnit right;
    LayoutUnit bottom;
    LayoutUnit left;

    constexpr LayoutUnit horizontal() const { return left + right; }
    constexpr LayoutUnit vertical() const { return top + bottom; }
    friend constexpr LayoutEdges operator+(const LayoutEdges &a, const LayoutEdges &b)
    {
        return {a.top + b.top, a.right + b.right, a.bottom + b.bottom, a.left + b.left};
    }
    friend constexpr bool operator==(const LayoutEdges &, const LayoutEdges &) = default;
};

} // namespace bulkhead::engine
