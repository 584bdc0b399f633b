// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/border_edge.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double c) { return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
    return 0.2126 * linear(double(color.redF())) + 0.7152 * linear(double(color.greenF())) +
           0.0722 * linear(double(color.blueF()));
}

double contrast(const QColor &a, const QColor &b)
{
    const double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return std::max(one, other) / std::min(one, other);
}

QColor scaled(const QColor &color, double factor)
{
    const auto part = [factor](double value) { return float(std::clamp(value * factor, 0.0, 1.0)); };
    return QColor::fromRgbF(part(double(color.redF())), part(double(color.greenF())), part(double(color.blueF())),
                            color.alphaF());
}

double brightest(const QColor &color)
{
    return std::max({double(color.redF()), double(color.greenF()), double(color.blueF())});
}

constexpr double shadeStep = 0.33;
constexpr int greyOfExtremes = 84; // of black made lighter and of white made darker
constexpr double leastContrast = 1.75;

QColor withAlpha(int grey, const QColor &color)
{
    return {grey, grey, grey, color.alpha()};
}

// The colour where light falls on it, or where it does not.
QColor shade(const QColor &color, bool isDark)
{
    const QColor dark = darkShade(color);
    if (isDark)
        return dark;
    return contrast(color, dark) < leastContrast ? lightShade(color) : color;
}

} // namespace

QColor darkShade(const QColor &color)
{
    if (color.red() == 255 && color.green() == 255 && color.blue() == 255)
        return withAlpha(greyOfExtremes, color);
    const double value = brightest(color);
    return value > 0 ? scaled(color, std::max(0.0, (value - shadeStep) / value)) : color;
}

QColor lightShade(const QColor &color)
{
    const double value = brightest(color);
    if (value <= 0)
        return withAlpha(greyOfExtremes, color);
    return scaled(color, std::min(1.0, value + shadeStep) / value);
}

std::vector<BorderStripe> stripesOf(const BorderEdge &edge, Side side, double pixel)
{
    const bool isUpperLeft = side == Side::Top || side == Side::Left;
    const double pixels = std::round(edge.width / pixel);
    switch (edge.style) {
    case BorderStyle::Solid:
        return {{0, 1, edge.color}};
    case BorderStyle::Double: {
        if (pixels < 3)
            return {{0, 1, edge.color}};
        // Whole pixels; the lines get what cannot be divided.
        const double line = std::floor((pixels + 1) / 3) / pixels;
        return {{0, line, edge.color}, {1 - line, 1, edge.color}};
    }
    case BorderStyle::Inset:
        return {{0, 1, shade(edge.color, isUpperLeft)}};
    case BorderStyle::Outset:
        return {{0, 1, shade(edge.color, !isUpperLeft)}};
    case BorderStyle::Groove:
    case BorderStyle::Ridge: {
        const bool outerIsDark = (edge.style == BorderStyle::Groove) == isUpperLeft;
        if (pixels < 2)
            return {{0, 1, shade(edge.color, outerIsDark)}};
        const double half = std::ceil(pixels / 2) / pixels;
        return {{0, half, shade(edge.color, outerIsDark)}, {half, 1, shade(edge.color, !outerIsDark)}};
    }
    default:
        return {};
    }
}

} // namespace bulkhead::engine
