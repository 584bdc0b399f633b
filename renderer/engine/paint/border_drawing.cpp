// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/border_drawing.h"

#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/paint/styled_line.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace bulkhead::engine {

namespace {

constexpr std::array<Side, 4> paintingOrder{Side::Top, Side::Bottom, Side::Left, Side::Right};

bool isVertical(Side side)
{
    return side == Side::Left || side == Side::Right;
}

bool isPattern(BorderStyle style)
{
    return style == BorderStyle::Dotted || style == BorderStyle::Dashed;
}

// The sides at the two ends of a side: left and right, or top and bottom.
Side startOf(Side side)
{
    return isVertical(side) ? Side::Top : Side::Left;
}

Side endOf(Side side)
{
    return isVertical(side) ? Side::Bottom : Side::Right;
}

QRectF sideRect(const QRectF &outer, const BorderDrawing::Edges &edges, Side side)
{
    const double width = edges[std::size_t(side)].width;
    switch (side) {
    case Side::Top:
        return {outer.left(), outer.top(), outer.width(), width};
    case Side::Bottom:
        return {outer.left(), outer.bottom() - width, outer.width(), width};
    case Side::Left:
        return {outer.left(), outer.top(), width, outer.height()};
    case Side::Right:
        break;
    }
    return {outer.right() - width, outer.top(), width, outer.height()};
}

} // namespace

BorderDrawing::BorderDrawing(const RoundedRect &outer, const Edges &edges) : m_outer(outer), m_edges(edges) {}

// The border edge, moved inwards by a part of each width.
QRectF BorderDrawing::insetBy(double part) const
{
    return m_outer.rect.adjusted(edge(Side::Left).width * part, edge(Side::Top).width * part,
                                 -edge(Side::Right).width * part, -edge(Side::Bottom).width * part);
}

RoundedRect BorderDrawing::roundedInsetBy(double part) const
{
    return m_outer.inside({edge(Side::Left).width * part, edge(Side::Top).width * part, edge(Side::Right).width * part,
                           edge(Side::Bottom).width * part});
}

// A stripe of a side. Where it is not mitred, the horizontal sides have the corner.
QPolygonF BorderDrawing::corners(Side side, double from, double to, bool mitreStart, bool mitreEnd) const
{
    const QRectF a = insetBy(from), b = insetBy(to);
    if (isVertical(side)) {
        const double outer = side == Side::Left ? a.left() : a.right(),
                     inner = side == Side::Left ? b.left() : b.right();
        return QPolygonF({{outer, mitreStart ? a.top() : b.top()},
                          {inner, b.top()},
                          {inner, b.bottom()},
                          {outer, mitreEnd ? a.bottom() : b.bottom()}});
    }
    const double outer = side == Side::Top ? a.top() : a.bottom(), inner = side == Side::Top ? b.top() : b.bottom();
    return QPolygonF({{a.left(), outer},
                      {a.right(), outer},
                      {mitreEnd ? b.right() : a.right(), inner},
                      {mitreStart ? b.left() : a.left(), inner}});
}

// What of the ring belongs to a side: between the lines from the outer through the inner corners, as far as rounded
// corners reach.
QPolygonF BorderDrawing::wedge(Side side) const
{
    double radius = 0;
    for (QSizeF corner : m_outer.radii)
        radius = std::max({radius, corner.width(), corner.height()});
    const double width = edge(side).width, start = edge(startOf(side)).width, end = edge(endOf(side)).width;
    const double length = isVertical(side) ? m_outer.rect.height() : m_outer.rect.width();
    double factor = width > 0 ? std::max(1.0, radius / width) : 1;
    if (start + end > 0)
        factor = std::min(factor, length / (start + end));
    const double depth = width * factor, fromStart = start * factor, fromEnd = end * factor;
    const QRectF r = m_outer.rect;
    switch (side) {
    case Side::Top:
        return QPolygonF({r.topLeft(),
                          r.topRight(),
                          {r.right() - fromEnd, r.top() + depth},
                          {r.left() + fromStart, r.top() + depth}});
    case Side::Bottom:
        return QPolygonF({r.bottomLeft(),
                          r.bottomRight(),
                          {r.right() - fromEnd, r.bottom() - depth},
                          {r.left() + fromStart, r.bottom() - depth}});
    case Side::Left:
        return QPolygonF({r.topLeft(),
                          r.bottomLeft(),
                          {r.left() + depth, r.bottom() - fromEnd},
                          {r.left() + depth, r.top() + fromStart}});
    case Side::Right:
        break;
    }
    return QPolygonF({r.topRight(),
                      r.bottomRight(),
                      {r.right() - depth, r.bottom() - fromEnd},
                      {r.right() - depth, r.top() + fromStart}});
}

void BorderDrawing::paintStripe(QPainter &painter, Side side, const BorderStripe &stripe, double pixel) const
{
    // Is the corner cut along its diagonal, so that the neighbour has the other half of it?
    const auto isMitred = [&](Side neighbour) {
        const BorderEdge &other = edge(neighbour);
        if (other.width <= 0)
            return false;
        const auto stripes = stripesOf(other, neighbour, pixel);
        const bool isSame = std::any_of(stripes.begin(), stripes.end(), [&](const BorderStripe &o) {
            return o.color == stripe.color && o.from == stripe.from && o.to == stripe.to;
        });
        if (isSame)
            return false;
        // Both opaque: the horizontal one has all of the corner, and the vertical one is painted over it.
        const bool bothOpaque = stripe.color.alpha() == 255 && other.color.alpha() == 255 && !stripes.empty() &&
                                edge(side).style == BorderStyle::Solid && other.style == BorderStyle::Solid;
        return isVertical(side) || !bothOpaque;
    };
    const bool start = isMitred(startOf(side)), end = isMitred(endOf(side));
    const QPolygonF polygon = corners(side, stripe.from, stripe.to, start, end);
    if (!start && !end && painter.worldTransform().type() <= QTransform::TxScale) {
        painter.fillRect(polygon.boundingRect(), stripe.color);
        return;
    }
    const Smooth smooth(painter);
    painter.setPen(Qt::NoPen);
    painter.setBrush(stripe.color);
    painter.drawPolygon(polygon);
}

void BorderDrawing::paintPattern(QPainter &painter, Side side) const
{
    const auto differs = [&](Side neighbour) {
        const BorderEdge &other = edge(neighbour);
        return other.isVisible() && (other.style != edge(side).style || other.color != edge(side).color);
    };
    const bool isCut = differs(startOf(side)) || differs(endOf(side));
    if (isCut) {
        painter.save();
        const Smooth smooth(painter);
        QPainterPath path;
        path.addPolygon(wedge(side));
        path.closeSubpath();
        painter.setClipPath(path, Qt::IntersectClip);
    }
    drawPatternLine(painter, sideRect(m_outer.rect, m_edges, side), isVertical(side), edge(side).color,
                    edge(side).style == BorderStyle::Dotted ? LinePattern::Dotted : LinePattern::Dashed);
    if (isCut)
        painter.restore();
}

void BorderDrawing::paintRoundedPattern(QPainter &painter, Side side) const
{
    const BorderEdge &one = edge(side);
    const QPainterPath middle = roundedInsetBy(0.5).path();
    painter.strokePath(middle,
                       patternPen(one.color, one.width, middle.length(),
                                  one.style == BorderStyle::Dotted ? LinePattern::Dotted : LinePattern::Dashed, true));
}

void BorderDrawing::paintRounded(QPainter &painter, double pixel) const
{
    const Smooth smooth(painter);
    const bool isUniform =
        std::all_of(m_edges.begin(), m_edges.end(), [&](const BorderEdge &e) { return e == m_edges.front(); });
    const auto ring = [&](double from, double to) {
        QPainterPath path = roundedInsetBy(from).path();
        path.setFillRule(Qt::OddEvenFill);
        const RoundedRect inner = roundedInsetBy(to);
        if (!inner.rect.isEmpty())
            path.addPath(inner.path());
        return path;
    };
    for (Side side : paintingOrder) {
        if (!edge(side).isVisible())
            continue;
        const bool isAlone = isUniform && (isPattern(edge(side).style) || edge(side).style == BorderStyle::Solid ||
                                           edge(side).style == BorderStyle::Double);
        painter.save();
        if (!isAlone) {
            QPainterPath path;
            path.addPolygon(wedge(side));
            path.closeSubpath();
            painter.setClipPath(path, Qt::IntersectClip);
        }
        if (isPattern(edge(side).style)) {
            painter.setClipPath(ring(0, 1), Qt::IntersectClip);
            paintRoundedPattern(painter, side);
        }
        for (const BorderStripe &stripe : stripesOf(edge(side), side, pixel))
            painter.fillPath(ring(stripe.from, stripe.to), stripe.color);
        painter.restore();
        if (isAlone)
            break;
    }
}

void BorderDrawing::paint(QPainter &painter, const ReplayContext &context) const
{
    const double pixel = 1 / context.scale;
    if (m_outer.isRounded()) {
        paintRounded(painter, pixel);
        return;
    }
    for (Side side : paintingOrder) {
        if (!edge(side).isVisible())
            continue;
        if (isPattern(edge(side).style))
            paintPattern(painter, side);
        for (const BorderStripe &stripe : stripesOf(edge(side), side, pixel))
            paintStripe(painter, side, stripe, pixel);
    }
}

void recordBorder(DisplayList &list, const RoundedRect &outer, const BorderDrawing::Edges &edges)
{
    if (std::none_of(edges.begin(), edges.end(), [](const BorderEdge &edge) { return edge.isVisible(); }))
        return;
    // Solid sides that differ from no neighbour: rectangles.
    bool isPlain = !outer.isRounded();
    for (std::size_t i = 0; i < 4 && isPlain; ++i) {
        const BorderEdge &edge = edges[i], &next = edges[(i + 1) % 4];
        isPlain = (edge.width <= 0 || edge.style == BorderStyle::Solid) &&
                  (edge.width <= 0 || next.width <= 0 || edge.color == next.color);
    }
    if (!isPlain) {
        list.draw(outer.rect, std::make_unique<BorderDrawing>(outer, edges));
        return;
    }
    const QRectF &r = outer.rect;
    const double top = std::min(edges[0].width, r.height());
    const double bottom = std::min(edges[2].width, r.height() - top);
    const double left = std::min(edges[3].width, r.width()), right = std::min(edges[1].width, r.width() - left);
    const double height = r.height() - top - bottom;
    list.fill({r.left(), r.top(), r.width(), top}, edges[0].color);
    list.fill({r.left(), r.bottom() - bottom, r.width(), bottom}, edges[2].color);
    list.fill({r.left(), r.top() + top, left, height}, edges[3].color);
    list.fill({r.right() - right, r.top() + top, right, height}, edges[1].color);
}

void recordLine(DisplayList &list, const QRectF &rect, const BorderEdge &edge, Side side, double pixel)
{
    if (!edge.isVisible() || rect.isEmpty())
        return;
    if (edge.style == BorderStyle::Solid) {
        list.fill(rect, edge.color);
        return;
    }
    BorderDrawing::Edges edges{};
    edges[std::size_t(side)] = edge;
    edges[std::size_t(side)].width = std::max(pixel, isVertical(side) ? rect.width() : rect.height());
    list.draw(rect, std::make_unique<BorderDrawing>(RoundedRect{rect, {}}, edges));
}

} // namespace bulkhead::engine
