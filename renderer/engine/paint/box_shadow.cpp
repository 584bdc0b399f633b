// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/box_shadow.h"

#include "renderer/engine/paint/blur.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bulkhead::engine {

namespace {

constexpr double mostSigma = 200; // in pixels: Chromium limits it, too
constexpr int mostPatch = 4096;

// What of @p rect lies outside of @p hole, as up to four rectangles.
std::array<QRectF, 4> difference(const QRectF &rect, const QRectF &hole)
{
    const QRectF cut = rect.intersected(hole);
    if (cut.isEmpty())
        return {rect, {}, {}, {}};
    return {QRectF(rect.left(), rect.top(), rect.width(), cut.top() - rect.top()),
            QRectF(rect.left(), cut.bottom(), rect.width(), rect.bottom() - cut.bottom()),
            QRectF(rect.left(), cut.top(), cut.left() - rect.left(), cut.height()),
            QRectF(cut.right(), cut.top(), rect.right() - cut.right(), cut.height())};
}

QPainterPath outside(const QRectF &all, const RoundedRect &hole)
{
    QPainterPath path;
    path.setFillRule(Qt::OddEvenFill);
    path.addRect(all.united(hole.rect).adjusted(-1, -1, 1, 1));
    path.addPath(hole.path());
    return path;
}

} // namespace

BoxShadowDrawing::BoxShadowDrawing(const RoundedRect &edge, const Shadow &shadow) : m_edge(edge), m_shadow(shadow)
{
    m_shape = edge.grownBy(double(shadow.isInset ? -shadow.spread : shadow.spread))
                  .translated(double(shadow.x), double(shadow.y));
}

QRectF BoxShadowDrawing::bounds() const
{
    if (m_shadow.isInset)
        return m_edge.rect;
    if (m_shape.rect.isEmpty())
        return {};
    const double reach = double(m_shadow.blur) * 1.5 + 2;
    return m_shape.rect.adjusted(-reach, -reach, reach, reach);
}

void BoxShadowDrawing::paint(QPainter &painter, const ReplayContext &context) const
{
    if (m_shadow.blur > 0)
        paintBlurred(painter, context);
    else
        paintSharp(painter);
}

void BoxShadowDrawing::paintSharp(QPainter &painter) const
{
    const RoundedRect &from = m_shadow.isInset ? m_edge : m_shape;
    const RoundedRect &hole = m_shadow.isInset ? m_shape : m_edge;
    if (!from.isRounded() && !hole.isRounded() && painter.worldTransform().type() <= QTransform::TxScale) {
        for (const QRectF &rect : difference(from.rect, hole.rect)) {
            if (!rect.isEmpty())
                painter.fillRect(rect, m_shadow.color);
        }
        return;
    }
    const Smooth smooth(painter);
    painter.save();
    painter.setClipPath(outside(from.rect, hole), Qt::IntersectClip);
    painter.fillPath(from.path(), m_shadow.color);
    painter.restore();
}

// The shape, white on transparent and blurred, with sides that are no longer than the corners need.
QImage BoxShadowDrawing::patch(double scale) const
{
    if (!m_patch.get().isNull() && scale == m_patchScale)
        return m_patch.get();
    const double sigma = std::min(double(m_shadow.blur) / 2 * scale, mostSigma);
    const int reach = blurReach(sigma);
    double radius = 0;
    for (QSizeF corner : m_shape.radii)
        radius = std::max({radius, corner.width() * scale, corner.height() * scale});
    m_corner = std::min(2 * reach + int(std::ceil(radius)) + 1, mostPatch / 2);
    const auto side = [&](double length) {
        return std::min(int(std::lround(length * scale)), 2 * (m_corner - reach) + 1);
    };
    const QSize size(side(m_shape.rect.width()), side(m_shape.rect.height()));
    QImage alpha(size + QSize(2 * reach, 2 * reach), QImage::Format_Alpha8);
    if (alpha.isNull())
        return {};
    alpha.fill(0);
    {
        QPainter painter(&alpha);
        painter.setRenderHint(QPainter::Antialiasing);
        RoundedRect shape{QRectF(QPointF(reach, reach), QSizeF(size)), m_shape.radii};
        for (QSizeF &corner : shape.radii)
            corner *= scale;
        painter.fillPath(shape.path(), Qt::white);
    }
    blurAlpha(alpha, sigma);
    if (m_shadow.isInset)
        invertAlpha(alpha);
    m_patchScale = scale;
    return m_patch.keep(coloredBy(alpha, m_shadow.color));
}

void BoxShadowDrawing::paintBlurred(QPainter &painter, const ReplayContext &context) const
{
    const QImage image = patch(context.scale);
    if (image.isNull())
        return;
    painter.save();
    {
        const bool isExact = !m_edge.isRounded() && painter.worldTransform().type() <= QTransform::TxScale;
        painter.setRenderHint(QPainter::Antialiasing, !isExact);
        const QPainterPath clip = m_shadow.isInset ? m_edge.path() : outside(bounds(), m_edge);
        painter.setClipPath(clip, Qt::IntersectClip);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    const double sigma = std::min(double(m_shadow.blur) / 2 * context.scale, mostSigma);
    const double reach = blurReach(sigma) / context.scale;
    const QRectF target = m_shape.rect.adjusted(-reach, -reach, reach, reach);
    if (m_shadow.isInset) {
        for (const QRectF &rect : difference(m_edge.rect, target)) {
            if (!rect.isEmpty())
                painter.fillRect(rect, m_shadow.color);
        }
    }
    // Three by three parts: corners as they are, sides stretched.
    const auto cuts = [&](double start, double length, int pixels) {
        const int corner = std::min(m_corner, pixels / 2);
        return std::pair(std::array<double, 4>{start, start + corner / context.scale,
                                               start + length - corner / context.scale, start + length},
                         std::array<int, 4>{0, corner, pixels - corner, pixels});
    };
    const auto [xs, us] = cuts(target.x(), target.width(), image.width());
    const auto [ys, vs] = cuts(target.y(), target.height(), image.height());
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            const QRectF to(QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1]));
            const QRect from(us[column], vs[row], us[column + 1] - us[column], vs[row + 1] - vs[row]);
            if (!to.isEmpty() && !from.isEmpty() && to.intersects(context.damage))
                painter.drawImage(to, image, from);
        }
    }
    painter.restore();
}

} // namespace bulkhead::engine
