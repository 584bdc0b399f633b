// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"

#include <QRectF>

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

/// The device's pixels, seen from CSS pixels: everything that is filled begins and ends on them, by one rule, so that
/// two boxes that touch neither overlap nor gape. Edges are rounded, not sizes, as Chromium does.
class PixelGrid
{
public:
    /// @p scale is device pixels per CSS pixel.
    explicit PixelGrid(double scale = 1) : m_scale(scale > 0 ? scale : 1) {}

    double scale() const { return m_scale; }
    double snap(double value) const { return std::floor(value * m_scale + 0.5) / m_scale; }
    double snap(LayoutUnit value) const { return snap(value.toDouble()); }
    QPointF snap(LayoutPoint point) const { return {snap(point.x), snap(point.y)}; }
    QRectF snap(const LayoutRect &rect) const
    {
        const QPointF start = snap(rect.origin);
        return {start, QPointF(std::max(start.x(), snap(rect.right())), std::max(start.y(), snap(rect.bottom())))};
    }
    QRectF snap(const QRectF &rect) const
    {
        const QPointF start(snap(rect.left()), snap(rect.top()));
        return {start, QPointF(std::max(start.x(), snap(rect.right())), std::max(start.y(), snap(rect.bottom())))};
    }
    /// The width of a line: whole pixels, rounded down, at least one unless it is nothing.
    double line(double width) const
    {
        return width <= 0 ? 0 : std::max(1.0, std::floor(width * m_scale + 1e-4)) / m_scale;
    }

private:
    double m_scale;
};

inline QRectF toRectF(const LayoutRect &rect)
{
    return {rect.left().toDouble(), rect.top().toDouble(), rect.size.width.toDouble(), rect.size.height.toDouble()};
}

} // namespace bulkhead::engine
