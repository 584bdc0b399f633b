// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/computed_style.h"

#include <QMarginsF>
#include <QPainterPath>
#include <QRectF>

#include <array>

namespace bulkhead::engine {

/// A rectangle with elliptic corners (css-backgrounds-3 5), radii from the top left, clockwise.
struct RoundedRect
{
    QRectF rect;
    std::array<QSizeF, 4> radii{};

    bool isRounded() const;
    /// 5.5: scales all radii down so that no two of one side overlap.
    void reduceOverlap();
    /// The inner edge of a border that is @p edges wide: radii shrink by it, not below 0.
    RoundedRect inside(const QMarginsF &edges) const;
    /// Grown by @p distance in each direction, as the spread of a shadow does it (6.1.1): sharp corners stay sharp.
    RoundedRect grownBy(double distance) const;
    RoundedRect translated(double dx, double dy) const { return {rect.translated(dx, dy), radii}; }
    QPainterPath path() const;
    bool contains(QPointF point) const;
};

/// The border edge @p rect of a box with these corners.
RoundedRect roundedBorderRect(const QRectF &rect, const std::array<LengthPair, 4> &radius);

} // namespace bulkhead::engine
