// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/tiles.h"

#include "renderer/engine/paint/gradient_painting.h"
#include "renderer/engine/paint/pixel_grid.h"

#include <QBrush>

#include <algorithm>
#include <cmath>
#include <utility>

namespace bulkhead::engine {

namespace {

constexpr double mostTilePixels = 4'000'000; // of a tile that is drawn whole and kept
constexpr double mostKeptPixels = 16'384;    // of a gradient that is not painted anew where it is seen
constexpr qint64 mostCopies = 20'000;        // drawn one by one

QSize devicePixels(QSizeF size, double scale)
{
    return {std::max(1, int(std::lround(std::min(size.width() * scale, 30000.0)))),
            std::max(1, int(std::lround(std::min(size.height() * scale, 30000.0))))};
}

bool isWhole(double value)
{
    return std::abs(value - std::round(value)) < 1e-4;
}

} // namespace

TilesDrawing::TilesDrawing(const ImageSource *images, ImageValue image, const TileLayout &layout)
    : m_images(images), m_image(std::move(image)), m_layout(layout)
{
}

QRectF TilesDrawing::bounds() const
{
    QRectF bounds = m_layout.area.rect;
    if (!m_layout.repeatX) {
        bounds.setLeft(std::max(bounds.left(), m_layout.origin.x() - 1));
        bounds.setRight(std::min(bounds.right(), m_layout.origin.x() + m_layout.tile.width() + 1));
    }
    if (!m_layout.repeatY) {
        bounds.setTop(std::max(bounds.top(), m_layout.origin.y() - 1));
        bounds.setBottom(std::min(bounds.bottom(), m_layout.origin.y() + m_layout.tile.height() + 1));
    }
    return bounds.width() > 0 && bounds.height() > 0 ? bounds : QRectF();
}

// A whole tile, exactly as many pixels as it covers.
QImage TilesDrawing::picture(QSizeF tile, double scale) const
{
    const QSize pixels = devicePixels(tile, scale);
    if (m_image.gradient) {
        if (m_texture.get().size() == pixels)
            return m_texture.get();
        return m_texture.keep(
            gradientPicture(*m_image.gradient, tile, QRectF(QPointF(), QSizeF(pixels) / scale), scale));
    }
    const QImage source = m_images ? m_images->picture(m_image.url, pixels) : QImage();
    if (source.isNull() || source.size() == pixels)
        return source;
    if (m_texture.get().size() == pixels && m_textureKey == source.cacheKey())
        return m_texture.get();
    m_textureKey = source.cacheKey();
    return m_texture.keep(source.scaled(pixels, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
                              .convertToFormat(QImage::Format_ARGB32_Premultiplied));
}

void TilesDrawing::paint(QPainter &painter, const ReplayContext &context) const
{
    const QRectF visible = context.damage.intersected(bounds());
    if (visible.isEmpty())
        return;
    const bool isRounded = m_layout.area.isRounded();
    if (isRounded) {
        painter.save();
        const Smooth smooth(painter);
        painter.setClipPath(m_layout.area.path(), Qt::IntersectClip);
    }
    const double scale = context.scale;
    const auto range = [](bool repeats, double origin, double step, double from, double to) {
        if (!repeats)
            return Range{0, 0};
        return Range{qint64(std::floor((from - origin) / step)), qint64(std::floor((to - origin) / step))};
    };
    const QSizeF step = m_layout.step.expandedTo(QSizeF(1 / scale, 1 / scale));
    const Range columns = range(m_layout.repeatX, m_layout.origin.x(), step.width(), visible.left(), visible.right());
    const Range rows = range(m_layout.repeatY, m_layout.origin.y(), step.height(), visible.top(), visible.bottom());
    const qint64 count = (columns.last - columns.first + 1) * (rows.last - rows.first + 1);
    const bool isDense = m_layout.step == m_layout.tile;
    const bool isEven = isWhole(m_layout.tile.width() * scale) && isWhole(m_layout.tile.height() * scale);
    const bool isSmall = m_layout.tile.width() * m_layout.tile.height() * scale * scale <= mostTilePixels;
    if (count > 1 && isDense && isSmall && (isEven || count > mostCopies))
        paintTexture(painter, visible, scale);
    else if (count <= mostCopies)
        paintEach(painter, visible, scale, columns, rows);
    if (isRounded)
        painter.restore();
}

void TilesDrawing::paintTexture(QPainter &painter, const QRectF &visible, double scale) const
{
    const QImage tile = picture(m_layout.tile, scale);
    if (tile.isNull())
        return;
    const PixelGrid grid(scale);
    QBrush brush(tile);
    QTransform place;
    place.translate(grid.snap(m_layout.origin.x()), grid.snap(m_layout.origin.y()));
    place.scale(1 / scale, 1 / scale);
    brush.setTransform(place);
    QRectF area = m_layout.area.rect;
    if (!m_layout.repeatX || !m_layout.repeatY) {
        const QRectF one = grid.snap(QRectF(m_layout.origin, m_layout.tile));
        area = QRectF(m_layout.repeatX ? area.left() : one.left(), m_layout.repeatY ? area.top() : one.top(),
                      m_layout.repeatX ? area.width() : one.width(), m_layout.repeatY ? area.height() : one.height())
                   .intersected(area);
    }
    painter.fillRect(area.intersected(grid.snap(visible.adjusted(-1, -1, 1, 1))), brush);
}

void TilesDrawing::paintEach(QPainter &painter, const QRectF &visible, double scale, Range columns, Range rows) const
{
    const PixelGrid grid(scale);
    painter.save();
    painter.setClipRect(m_layout.area.rect, Qt::IntersectClip);
    for (qint64 row = rows.first; row <= rows.last; ++row) {
        const double y = m_layout.origin.y() + double(row) * m_layout.step.height();
        for (qint64 column = columns.first; column <= columns.last; ++column) {
            const double x = m_layout.origin.x() + double(column) * m_layout.step.width();
            const QRectF tile = grid.snap(QRectF(QPointF(x, y), m_layout.tile));
            if (tile.intersects(visible))
                paintOne(painter, tile, visible, scale);
        }
    }
    painter.restore();
}

void TilesDrawing::paintOne(QPainter &painter, const QRectF &tile, const QRectF &visible, double scale) const
{
    const double pixels = tile.width() * tile.height() * scale * scale;
    if (m_image.gradient && pixels > mostKeptPixels) {
        // Only what is seen of it.
        const PixelGrid grid(scale);
        const QRectF part = grid.snap(visible.intersected(tile).adjusted(-1, -1, 1, 1)).intersected(tile);
        painter.drawImage(part,
                          gradientPicture(*m_image.gradient, tile.size(), part.translated(-tile.topLeft()), scale));
        return;
    }
    if (m_image.gradient) {
        painter.drawImage(tile, picture(tile.size(), scale));
    } else if (m_images) {
        painter.drawImage(tile, m_images->picture(m_image.url, devicePixels(tile.size(), scale)));
    }
}

} // namespace bulkhead::engine
