// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/border_edge.h"
#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/rounded_rect.h"

#include <QPolygonF>

#include <array>
#include <cstddef>

namespace bulkhead::engine {

class DisplayList;

/// The border of a box, or an outline.
class BorderDrawing final : public Drawing
{
public:
    using Edges = std::array<BorderEdge, 4>; ///< by Side

    BorderDrawing(const RoundedRect &outer, const Edges &edges);

    void paint(QPainter &painter, const ReplayContext &context) const override;

private:
    const BorderEdge &edge(Side side) const { return m_edges[std::size_t(side)]; }
    QRectF insetBy(double part) const;
    RoundedRect roundedInsetBy(double part) const;
    QPolygonF corners(Side side, double from, double to, bool mitreStart, bool mitreEnd) const;
    QPolygonF wedge(Side side) const;
    void paintStripe(QPainter &painter, Side side, const BorderStripe &stripe, double pixel) const;
    void paintPattern(QPainter &painter, Side side) const;
    void paintRounded(QPainter &painter, double pixel) const;
    void paintRoundedPattern(QPainter &painter, Side side) const;

    RoundedRect m_outer;
    Edges m_edges;
};

/// Records a border: as plain fills where these do.
void recordBorder(DisplayList &list, const RoundedRect &outer, const BorderDrawing::Edges &edges);

/// One straight line of a style, as between columns and cells. @p side says how it is shaded.
void recordLine(DisplayList &list, const QRectF &rect, const BorderEdge &edge, Side side, double pixel);

} // namespace bulkhead::engine
