// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/box_painting.h"

#include <algorithm>

namespace bulkhead {

namespace {

QRectF sideRect(const BorderBox &box, const BorderSide &side)
{
    const QRectF r = box.rect;
    if (&side == &box.top)
        return {r.left(), r.top(), r.width(), qreal(side.width)};
    if (&side == &box.bottom)
        return {r.left(), r.bottom() - side.width, r.width(), qreal(side.width)};
    if (&side == &box.left)
        return {r.left(), r.top(), qreal(side.width), r.height()};
    return {r.right() - side.width, r.top(), qreal(side.width), r.height()};
}

// The side with its corners cut along the diagonals to its neighbours.
QPolygonF sidePolygon(const BorderBox &box, const BorderSide &side)
{
    const QRectF o = box.rect;
    const QRectF i = o.adjusted(box.left.width, box.top.width, -box.right.width, -box.bottom.width);
    if (&side == &box.top)
        return QPolygonF({o.topLeft(), o.topRight(), i.topRight(), i.topLeft()});
    if (&side == &box.bottom)
        return QPolygonF({o.bottomLeft(), o.bottomRight(), i.bottomRight(), i.bottomLeft()});
    if (&side == &box.left)
        return QPolygonF({o.topLeft(), i.topLeft(), i.bottomLeft(), o.bottomLeft()});
    return QPolygonF({o.topRight(), i.topRight(), i.bottomRight(), o.bottomRight()});
}

QColor shaded(const BorderBox &box, const BorderSide &side)
{
    const bool upperLeft = &side == &box.top || &side == &box.left;
    switch (side.style) {
    case BorderStyle::Inset:
    case BorderStyle::Groove:
        return upperLeft ? side.color.darker(140) : side.color;
    case BorderStyle::Outset:
    case BorderStyle::Ridge:
        return upperLeft ? side.color : side.color.darker(140);
    default:
        return side.color;
    }
}

Qt::PenStyle penStyle(BorderStyle style)
{
    return style == BorderStyle::Dashed ? Qt::DashLine : style == BorderStyle::Dotted ? Qt::DotLine : Qt::SolidLine;
}

void paintSide(QPainter &painter, const BorderBox &box, const BorderSide &side)
{
    if (!side.isVisible())
        return;
    const QRectF rect = sideRect(box, side);
    const bool horizontal = &side == &box.top || &side == &box.bottom;
    const QColor color = shaded(box, side);
    if (side.style == BorderStyle::Dashed || side.style == BorderStyle::Dotted) {
        QPen pen(color, side.width, penStyle(side.style), Qt::FlatCap);
        painter.setPen(pen);
        if (horizontal)
            painter.drawLine(QLineF(rect.left(), rect.center().y(), rect.right(), rect.center().y()));
        else
            painter.drawLine(QLineF(rect.center().x(), rect.top(), rect.center().x(), rect.bottom()));
    } else if (side.style == BorderStyle::Double && side.width >= 3) {
        const qreal third = side.width / 3.0;
        const QMarginsF inner =
            horizontal ? QMarginsF(0, 0, 0, rect.height() - third) : QMarginsF(0, 0, rect.width() - third, 0);
        const QMarginsF outer =
            horizontal ? QMarginsF(0, rect.height() - third, 0, 0) : QMarginsF(rect.width() - third, 0, 0, 0);
        painter.fillRect(rect.marginsRemoved(inner), color);
        painter.fillRect(rect.marginsRemoved(outer), color);
    } else {
        const bool alone = horizontal ? !box.left.isVisible() && !box.right.isVisible()
                                      : !box.top.isVisible() && !box.bottom.isVisible();
        if (alone ||
            (side.color.alpha() == 255 && box.top == box.left && box.top == box.right && box.top == box.bottom)) {
            painter.fillRect(rect, color);
        } else {
            painter.setPen(Qt::NoPen);
            painter.setBrush(color);
            painter.drawPolygon(sidePolygon(box, side));
        }
    }
}

} // namespace

bool CornerRadii::isNull() const
{
    return std::all_of(corners.begin(), corners.end(), [](QPoint p) { return p.x() <= 0 || p.y() <= 0; });
}

QPainterPath roundedPath(const QRectF &rect, const CornerRadii &radii)
{
    std::array<QSizeF, 4> r;
    for (std::size_t i = 0; i < 4; ++i)
        r[i] = QSizeF(std::clamp(qreal(radii.corners[i].x()), 0.0, rect.width() / 2),
                      std::clamp(qreal(radii.corners[i].y()), 0.0, rect.height() / 2));
    QPainterPath path;
    const qreal left = rect.left();
    const qreal top = rect.top();
    const qreal right = rect.right();
    const qreal bottom = rect.bottom();
    path.moveTo(left + r[0].width(), top);
    path.lineTo(right - r[1].width(), top);
    path.arcTo(QRectF(right - 2 * r[1].width(), top, 2 * r[1].width(), 2 * r[1].height()), 90, -90);
    path.lineTo(right, bottom - r[2].height());
    path.arcTo(QRectF(right - 2 * r[2].width(), bottom - 2 * r[2].height(), 2 * r[2].width(), 2 * r[2].height()), 0,
               -90);
    path.lineTo(left + r[3].width(), bottom);
    path.arcTo(QRectF(left, bottom - 2 * r[3].height(), 2 * r[3].width(), 2 * r[3].height()), 270, -90);
    path.lineTo(left, top + r[0].height());
    path.arcTo(QRectF(left, top, 2 * r[0].width(), 2 * r[0].height()), 180, -90);
    path.closeSubpath();
    return path;
}

void paintBackground(QPainter &painter, const BackgroundBox &box, const QRect &damage)
{
    const bool rounded = !box.radii.isNull();
    if (box.color.alpha() > 0) {
        if (rounded) {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.fillPath(roundedPath(box.border, box.radii), box.color);
            painter.setRenderHint(QPainter::Antialiasing, false);
        } else {
            painter.fillRect(box.area, box.color);
        }
    }
    if (!box.image || box.image->state() != PageImage::State::Ready || box.tile.isEmpty())
        return;
    painter.save();
    if (rounded)
        painter.setClipPath(roundedPath(box.border, box.radii), Qt::IntersectClip);
    painter.setClipRect(box.area, Qt::IntersectClip);
    // Only the tiles that the damage touches: a one-pixel tile over a long page would be millions.
    const QRect visible = damage.intersected(box.area);
    const QRect &tile = box.tile;
    const auto firstTile = [](int from, int origin, int step) {
        const int steps = (from - origin) / step - (from < origin ? 1 : 0);
        return origin + steps * step;
    };
    const int x0 = box.repeatX ? firstTile(visible.left(), tile.left(), tile.width()) : tile.left();
    const int y0 = box.repeatY ? firstTile(visible.top(), tile.top(), tile.height()) : tile.top();
    const int x1 = box.repeatX ? visible.right() : x0;
    const int y1 = box.repeatY ? visible.bottom() : y0;
    if (qint64(x1 - x0) / tile.width() * (qint64(y1 - y0) / tile.height() + 1) < 100'000) {
        for (int y = y0; y <= y1; y += tile.height()) {
            for (int x = x0; x <= x1; x += tile.width()) {
                if (QRect(QPoint(x, y), tile.size()).intersects(visible))
                    box.image->draw(painter, QRectF(x, y, tile.width(), tile.height()));
            }
        }
    }
    painter.restore();
}

void paintBorder(QPainter &painter, const BorderBox &box)
{
    const bool rounded = !box.radii.isNull();
    const bool uniform = box.top == box.left && box.top == box.right && box.top == box.bottom;
    if (!rounded) {
        for (const BorderSide *side : {&box.top, &box.bottom, &box.left, &box.right})
            paintSide(painter, box, *side);
        return;
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const QPainterPath outer = roundedPath(box.rect, box.radii);
    if (uniform && (box.top.style == BorderStyle::Dashed || box.top.style == BorderStyle::Dotted)) {
        const qreal half = box.top.width / 2.0;
        painter.strokePath(roundedPath(QRectF(box.rect).adjusted(half, half, -half, -half), box.radii),
                           QPen(box.top.color, box.top.width, penStyle(box.top.style)));
    } else {
        CornerRadii inner = box.radii;
        inner.corners[0] -= QPoint(box.left.width, box.top.width);
        inner.corners[1] -= QPoint(box.right.width, box.top.width);
        inner.corners[2] -= QPoint(box.right.width, box.bottom.width);
        inner.corners[3] -= QPoint(box.left.width, box.bottom.width);
        const QRectF innerRect =
            QRectF(box.rect).adjusted(box.left.width, box.top.width, -box.right.width, -box.bottom.width);
        QPainterPath ring = outer;
        ring.setFillRule(Qt::OddEvenFill);
        if (innerRect.isValid())
            ring.addPath(roundedPath(innerRect, inner));
        if (uniform) {
            painter.fillPath(ring, box.top.color);
        } else {
            painter.setRenderHint(QPainter::Antialiasing);
            painter.setClipPath(ring, Qt::IntersectClip);
            for (const BorderSide *side : {&box.top, &box.bottom, &box.left, &box.right}) {
                if (!side->isVisible())
                    continue;
                painter.setPen(Qt::NoPen);
                painter.setBrush(shaded(box, *side));
                // The cut goes through the whole corner, not only through the width of the sides.
                QRectF r = sideRect(box, *side);
                const bool horizontal = side == &box.top || side == &box.bottom;
                painter.drawRect(horizontal ? r.adjusted(0, -1, 0, 1) : r.adjusted(-1, 0, 1, 0));
            }
        }
    }
    painter.restore();
}

void paintMarker(QPainter &painter, const ListMarker &marker)
{
    const QRectF rect = marker.rect;
    switch (marker.shape) {
    case MarkerShape::Image:
        if (marker.image)
            marker.image->draw(painter, QRectF(rect.topLeft(), marker.image->size()));
        break;
    case MarkerShape::Square:
        painter.fillRect(rect, marker.color);
        break;
    case MarkerShape::Disc:
    case MarkerShape::Circle:
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(marker.shape == MarkerShape::Circle ? QPen(marker.color, 1) : QPen(Qt::NoPen));
        painter.setBrush(marker.shape == MarkerShape::Circle ? QBrush(Qt::NoBrush) : QBrush(marker.color));
        painter.drawEllipse(marker.shape == MarkerShape::Circle ? rect.adjusted(0.5, 0.5, -0.5, -0.5) : rect);
        painter.setRenderHint(QPainter::Antialiasing, false);
        break;
    }
}

} // namespace bulkhead
