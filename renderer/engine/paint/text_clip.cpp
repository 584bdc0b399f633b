// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/text_clip.h"

#include <QImage>

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

constexpr double mostPixels = 16'000'000;

} // namespace

void TextClipDrawing::paint(QPainter &painter, const ReplayContext &context) const
{
    const QRectF area = m_area.intersected(context.damage);
    const double scale = context.scale;
    if (area.isEmpty() || area.width() * area.height() * scale * scale > mostPixels)
        return;
    const QPoint start(int(std::floor(area.x() * scale)), int(std::floor(area.y() * scale)));
    const QSize size(int(std::ceil(area.width() * scale)) + 1, int(std::ceil(area.height() * scale)) + 1);
    QImage image(size, QImage::Format_ARGB32_Premultiplied);
    QImage mask(size, QImage::Format_ARGB32_Premultiplied);
    if (image.isNull() || mask.isNull())
        return;
    const auto draw = [&](QImage &into, const auto &drawings) {
        into.fill(Qt::transparent);
        QPainter inner(&into);
        inner.setRenderHint(QPainter::SmoothPixmapTransform);
        inner.translate(-start);
        inner.scale(scale, scale);
        for (const auto &drawing : drawings)
            drawing->paint(inner, {area, scale, nullptr});
    };
    draw(image, m_backgrounds);
    draw(mask, m_texts);
    {
        QPainter inner(&image);
        inner.setCompositionMode(QPainter::CompositionMode_DestinationIn);
        inner.drawImage(0, 0, mask);
    }
    painter.drawImage(QRectF(QPointF(start) / scale, QSizeF(size) / scale), image);
}

} // namespace bulkhead::engine
