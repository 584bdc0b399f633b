// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/border_image.h"

#include "renderer/engine/paint/background.h"
#include "renderer/engine/paint/gradient_painting.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bulkhead::engine {

namespace {

constexpr double mostParts = 10'000; // of one side

double numberOr(const Length &length, double base, double unit)
{
    if (length.is(Length::Kind::Number))
        return double(length.value()) * unit;
    return length.resolve(LayoutUnit::fromPixels(base)).toDouble();
}

// Top and bottom (or left and right) must not overlap: all four shrink together.
void reduce(std::array<double, 4> &edges, double width, double height)
{
    double factor = 1;
    if (edges[0] + edges[2] > height)
        factor = std::min(factor, height / (edges[0] + edges[2]));
    if (edges[1] + edges[3] > width)
        factor = std::min(factor, width / (edges[1] + edges[3]));
    for (double &edge : edges)
        edge *= factor;
}

// Copies along one side (6.4): where the first begins, how long each is, and from one to the next.
struct Copies
{
    double start = 0, length = 0, step = 0;
};

Copies copiesAlong(BorderImage::Repeat repeat, double room, double tile)
{
    tile = std::max(tile, room / mostParts);
    switch (repeat) {
    case BorderImage::Repeat::Stretch:
        break;
    case BorderImage::Repeat::Repeat: {
        // One is in the middle.
        const double before = std::ceil((room - tile) / 2 / tile);
        return {(room - tile) / 2 - before * tile, tile, tile};
    }
    case BorderImage::Repeat::Round: {
        const double copies = std::max(1.0, std::round(room / tile));
        return {0, room / copies, room / copies};
    }
    case BorderImage::Repeat::Space: {
        const double copies = std::floor(room / tile);
        if (copies < 1)
            return {0, 0, 0};
        const double gap = (room - copies * tile) / (copies + 1);
        return {gap, tile, tile + gap};
    }
    }
    return {0, room, room};
}

} // namespace

std::unique_ptr<BorderImageDrawing> BorderImageDrawing::make(const ImageSource *images, const BorderImage &image,
                                                             const QRectF &border,
                                                             const std::array<double, 4> &borderWidths,
                                                             const PixelGrid &grid)
{
    std::unique_ptr<BorderImageDrawing> drawing(new BorderImageDrawing);
    drawing->m_images = images;
    drawing->m_image = image;
    const auto outset = [&](std::size_t i) { return numberOr(image.outset[i], 0, borderWidths[i]); };
    drawing->m_area = grid.snap(border.adjusted(-outset(3), -outset(0), outset(1), outset(2)));
    const QSizeF area = drawing->m_area.size();
    drawing->m_natural = area;
    if (!image.source.gradient) {
        if (!images || images->state(image.source.url) != ImageSource::State::Ready)
            return {};
        const LayoutSize size =
            defaultObjectSize(images->naturalSize(image.source.url),
                              {LayoutUnit::fromPixels(area.width()), LayoutUnit::fromPixels(area.height())});
        drawing->m_natural = QSizeF(size.width.toDouble(), size.height.toDouble());
    }
    const QSizeF natural = drawing->m_natural;
    if (natural.isEmpty() || area.isEmpty())
        return {};
    for (std::size_t i = 0; i < 4; ++i) {
        const bool isVertical = i % 2 == 0; // measured from the top or bottom
        const double whole = isVertical ? natural.height() : natural.width();
        drawing->m_slices[i] = std::clamp(numberOr(image.slice[i], whole, 1), 0.0, whole);
        const double side = isVertical ? area.height() : area.width();
        drawing->m_widths[i] = image.width[i].isAuto() ? drawing->m_slices[i]
                                                       : std::max(0.0, numberOr(image.width[i], side, borderWidths[i]));
    }
    reduce(drawing->m_widths, area.width(), area.height());
    for (double &width : drawing->m_widths)
        width = grid.snap(width);
    return drawing;
}

QImage BorderImageDrawing::picture(double scale) const
{
    if (m_image.source.gradient) {
        if (m_natural.width() * m_natural.height() * scale * scale > 16e6)
            return {};
        return gradientPicture(*m_image.source.gradient, m_natural, QRectF(QPointF(), m_natural), scale);
    }
    return m_images->picture(m_image.source.url, (m_natural * scale).toSize().expandedTo({1, 1}));
}

void BorderImageDrawing::paintPart(QPainter &painter, const QImage &image, const QRectF &target, const QRectF &source,
                                   QSizeF tile) const
{
    if (target.width() <= 0 || target.height() <= 0 || source.width() <= 0 || source.height() <= 0)
        return;
    const bool isSide = tile.width() > 0 || tile.height() > 0;
    if (!isSide) {
        painter.drawImage(target, image, source);
        return;
    }
    const Copies x =
        copiesAlong(tile.width() > 0 ? m_image.repeatX : BorderImage::Repeat::Stretch, target.width(), tile.width());
    const Copies y =
        copiesAlong(tile.height() > 0 ? m_image.repeatY : BorderImage::Repeat::Stretch, target.height(), tile.height());
    if (x.step <= 0 || y.step <= 0)
        return;
    painter.save();
    painter.setClipRect(target, Qt::IntersectClip);
    double left = mostParts;
    for (double top = y.start; top < target.height() - 1e-6; top += y.step) {
        for (double at = x.start; at < target.width() - 1e-6 && left > 0; at += x.step, --left)
            painter.drawImage(QRectF(target.x() + at, target.y() + top, x.length, y.length), image, source);
    }
    painter.restore();
}

void BorderImageDrawing::paint(QPainter &painter, const ReplayContext &context) const
{
    const QImage image = picture(context.scale);
    if (image.isNull())
        return;
    const double fx = image.width() / m_natural.width(), fy = image.height() / m_natural.height();
    const std::array<double, 4> xs{m_area.left(), m_area.left() + m_widths[3], m_area.right() - m_widths[1],
                                   m_area.right()};
    const std::array<double, 4> ys{m_area.top(), m_area.top() + m_widths[0], m_area.bottom() - m_widths[2],
                                   m_area.bottom()};
    const std::array<double, 4> us{0, m_slices[3] * fx, image.width() - m_slices[1] * fx, double(image.width())};
    const std::array<double, 4> vs{0, m_slices[0] * fy, image.height() - m_slices[2] * fy, double(image.height())};
    const double middleWidth = m_natural.width() - m_slices[1] - m_slices[3];
    const double middleHeight = m_natural.height() - m_slices[0] - m_slices[2];
    // A slice is scaled to the width of its edge; the middle as the top is across and the left is down (6.1.1).
    const auto factor = [&](std::size_t edge, std::size_t other) {
        if (m_slices[edge] > 0 && m_widths[edge] > 0)
            return m_widths[edge] / m_slices[edge];
        return m_slices[other] > 0 && m_widths[other] > 0 ? m_widths[other] / m_slices[other] : 1.0;
    };
    for (std::size_t row = 0; row < 3; ++row) {
        for (std::size_t column = 0; column < 3; ++column) {
            if (row == 1 && column == 1 && !m_image.fill)
                continue;
            QSizeF tile(0, 0);
            if (column == 1)
                tile.setWidth(middleWidth * (row == 1 ? factor(0, 2) : factor(row == 0 ? 0 : 2, row == 0 ? 0 : 2)));
            if (row == 1)
                tile.setHeight(middleHeight *
                               (column == 1 ? factor(3, 1) : factor(column == 0 ? 3 : 1, column == 0 ? 3 : 1)));
            paintPart(painter, image, {QPointF(xs[column], ys[row]), QPointF(xs[column + 1], ys[row + 1])},
                      {QPointF(us[column], vs[row]), QPointF(us[column + 1], vs[row + 1])}, tile);
        }
    }
}

} // namespace bulkhead::engine
