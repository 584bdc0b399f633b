// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/marker_drawing.h"

#include "renderer/engine/paint/drawing.h"

#include <QPolygonF>

#include <memory>

namespace bulkhead::engine {

namespace {

class MarkerDrawing final : public Drawing
{
public:
    MarkerDrawing(MarkerKind shape, const QRectF &rect, const QColor &color)
        : m_shape(shape), m_rect(rect), m_color(color)
    {
    }

    void paint(QPainter &painter, const ReplayContext &) const override
    {
        const Smooth smooth(painter);
        const bool isCircle = m_shape == MarkerKind::Circle;
        painter.setPen(isCircle ? QPen(m_color, 1) : QPen(Qt::NoPen));
        painter.setBrush(isCircle ? QBrush(Qt::NoBrush) : QBrush(m_color));
        if (isCircle)
            painter.drawEllipse(m_rect.adjusted(0.5, 0.5, -0.5, -0.5));
        else if (m_shape == MarkerKind::Disc)
            painter.drawEllipse(m_rect);
        else
            painter.drawPolygon(triangle());
    }

private:
    QPolygonF triangle() const
    {
        const QRectF &r = m_rect;
        const QPointF middle = r.center();
        if (m_shape == MarkerKind::TriangleDown)
            return QPolygonF({r.topLeft(), r.topRight(), {middle.x(), r.bottom()}});
        if (m_shape == MarkerKind::TriangleRight)
            return QPolygonF({r.topLeft(), {r.right(), middle.y()}, r.bottomLeft()});
        return QPolygonF({r.topRight(), {r.left(), middle.y()}, r.bottomRight()});
    }

    MarkerKind m_shape;
    QRectF m_rect;
    QColor m_color;
};

} // namespace

std::optional<MarkerKind> markerKind(const QString &listStyleType, Direction direction)
{
    if (listStyleType == QLatin1String("disc"))
        return MarkerKind::Disc;
    if (listStyleType == QLatin1String("circle"))
        return MarkerKind::Circle;
    if (listStyleType == QLatin1String("square"))
        return MarkerKind::Square;
    if (listStyleType == QLatin1String("disclosure-open"))
        return MarkerKind::TriangleDown;
    if (listStyleType == QLatin1String("disclosure-closed"))
        return direction == Direction::Ltr ? MarkerKind::TriangleRight : MarkerKind::TriangleLeft;
    return {};
}

void recordMarker(DisplayList &list, MarkerKind shape, const QRectF &rect, const QColor &color)
{
    if (color.alpha() == 0)
        return;
    if (shape == MarkerKind::Square)
        list.fill(rect, color);
    else
        list.draw(rect, std::make_unique<MarkerDrawing>(shape, rect, color));
}

} // namespace bulkhead::engine
