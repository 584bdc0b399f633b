// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/rounded_rect.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

// A quarter of an ellipse as a Bezier curve: this far along each tangent.
constexpr double kappa = 0.5522847498;

QSizeF shrunk(QSizeF radius, double x, double y)
{
    const QSizeF result(std::max(0.0, radius.width() - x), std::max(0.0, radius.height() - y));
    return result.width() > 0 && result.height() > 0 ? result : QSizeF(0, 0);
}

// Small radii grow less than the spread, so that nearly sharp corners stay so.
double spreadRadius(double radius, double distance)
{
    if (radius <= 0)
        return 0;
    if (distance <= 0 || radius >= distance)
        return std::max(0.0, radius + distance);
    const double ratio = radius / distance;
    return radius + distance * (1 + std::pow(ratio - 1, 3));
}

} // namespace

bool RoundedRect::isRounded() const
{
    return std::any_of(radii.begin(), radii.end(), [](QSizeF r) { return r.width() > 0 && r.height() > 0; });
}

void RoundedRect::reduceOverlap()
{
    double factor = 1;
    const auto fit = [&factor](double room, double a, double b) {
        if (a + b > room && a + b > 0)
            factor = std::min(factor, std::max(0.0, room) / (a + b));
    };
    fit(rect.width(), radii[0].width(), radii[1].width());
    fit(rect.height(), radii[1].height(), radii[2].height());
    fit(rect.width(), radii[2].width(), radii[3].width());
    fit(rect.height(), radii[3].height(), radii[0].height());
    if (factor < 1) {
        for (QSizeF &radius : radii)
            radius *= factor;
    }
}

RoundedRect RoundedRect::inside(const QMarginsF &edges) const
{
    RoundedRect inner;
    const double left = std::min(rect.left() + edges.left(), rect.right());
    const double top = std::min(rect.top() + edges.top(), rect.bottom());
    inner.rect = QRectF(QPointF(left, top), QPointF(std::max(left, rect.right() - edges.right()),
                                                    std::max(top, rect.bottom() - edges.bottom())));
    inner.radii = {shrunk(radii[0], edges.left(), edges.top()), shrunk(radii[1], edges.right(), edges.top()),
                   shrunk(radii[2], edges.right(), edges.bottom()), shrunk(radii[3], edges.left(), edges.bottom())};
    inner.reduceOverlap();
    return inner;
}

RoundedRect RoundedRect::grownBy(double distance) const
{
    RoundedRect grown;
    grown.rect = rect.adjusted(-distance, -distance, distance, distance);
    if (grown.rect.width() < 0 || grown.rect.height() < 0)
        grown.rect = QRectF(rect.center(), QSizeF(0, 0));
    for (std::size_t i = 0; i < 4; ++i)
        grown.radii[i] = {spreadRadius(radii[i].width(), distance), spreadRadius(radii[i].height(), distance)};
    grown.reduceOverlap();
    return grown;
}

QPainterPath RoundedRect::path() const
{
    QPainterPath path;
    if (!isRounded()) {
        path.addRect(rect);
        return path;
    }
    const double l = rect.left(), t = rect.top(), r = rect.right(), b = rect.bottom();
    const auto corner = [&path](QPointF control1, QPointF control2, QPointF end) {
        path.cubicTo(control1, control2, end);
    };
    const auto &[tl, tr, br, bl] = radii;
    const double rest = 1 - kappa;
    path.moveTo(l + tl.width(), t);
    path.lineTo(r - tr.width(), t);
    if (!tr.isEmpty())
        corner({r - tr.width() * rest, t}, {r, t + tr.height() * rest}, {r, t + tr.height()});
    path.lineTo(r, b - br.height());
    if (!br.isEmpty())
        corner({r, b - br.height() * rest}, {r - br.width() * rest, b}, {r - br.width(), b});
    path.lineTo(l + bl.width(), b);
    if (!bl.isEmpty())
        corner({l + bl.width() * rest, b}, {l, b - bl.height() * rest}, {l, b - bl.height()});
    path.lineTo(l, t + tl.height());
    if (!tl.isEmpty())
        corner({l, t + tl.height() * rest}, {l + tl.width() * rest, t}, {l + tl.width(), t});
    path.closeSubpath();
    return path;
}

bool RoundedRect::contains(QPointF point) const
{
    if (point.x() < rect.left() || point.y() < rect.top() || point.x() >= rect.right() || point.y() >= rect.bottom())
        return false;
    for (std::size_t i = 0; i < 4; ++i) {
        const QSizeF radius = radii[i];
        if (radius.isEmpty())
            continue;
        const bool isRight = i == 1 || i == 2, isBottom = i >= 2;
        const double cx = isRight ? rect.right() - radius.width() : rect.left() + radius.width();
        const double cy = isBottom ? rect.bottom() - radius.height() : rect.top() + radius.height();
        const double dx = (point.x() - cx) / radius.width(), dy = (point.y() - cy) / radius.height();
        if ((dx > 0) == isRight && (dy > 0) == isBottom && dx * dx + dy * dy > 1)
            return false;
    }
    return true;
}

RoundedRect roundedBorderRect(const QRectF &rect, const std::array<LengthPair, 4> &radius)
{
    RoundedRect result{rect, {}};
    for (std::size_t i = 0; i < 4; ++i) {
        const double x = radius[i].x.resolve(LayoutUnit::fromPixels(rect.width())).toDouble();
        const double y = radius[i].y.resolve(LayoutUnit::fromPixels(rect.height())).toDouble();
        if (x > 0 && y > 0)
            result.radii[i] = {x, y};
    }
    result.reduceOverlap();
    return result;
}

} // namespace bulkhead::engine
