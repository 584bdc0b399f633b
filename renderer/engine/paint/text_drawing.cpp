// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/text_drawing.h"

#include "renderer/engine/paint/blur.h"
#include "renderer/engine/paint/pixel_grid.h"
#include "renderer/engine/paint/run_geometry.h"

#include <QImage>
#include <QVarLengthArray>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace bulkhead::engine {

namespace {

// The ranges of a layer that touch [start, end).
std::pair<std::size_t, std::size_t> touching(const HighlightLayer &layer, std::uint32_t start, std::uint32_t end)
{
    const auto first = std::partition_point(layer.ranges.begin(), layer.ranges.end(),
                                            [start](const HighlightLayer::Range &r) { return r.end <= start; });
    const auto last = std::partition_point(first, layer.ranges.end(),
                                           [end](const HighlightLayer::Range &r) { return r.start < end; });
    return {std::size_t(first - layer.ranges.begin()), std::size_t(last - layer.ranges.begin())};
}

constexpr int mostShadowPixels = 16'000'000;

} // namespace

TextDrawing::TextDrawing(const TextRun &run, const QString &text, Faces &faces, QPointF origin, double width, Look look)
    : m_run(run), m_text(text), m_faces(faces), m_origin(origin), m_width(width), m_look(std::move(look))
{
}

// Glyphs reach beyond their boxes, but seldom further than a letter is wide.
QRectF TextDrawing::bounds() const
{
    const double room = m_look.fontSize;
    QRectF area(m_origin.x() - room, m_origin.y() - 1.5 * room, m_width + 2 * room, 2.5 * room);
    for (const DecorationLine &line : m_look.lines) {
        const double reach = 3 * line.thickness + 3;
        area |= QRectF(m_origin.x(), m_origin.y() + line.top - reach, m_width, 2 * reach);
    }
    QRectF all = area;
    if (m_look.shadows) {
        for (const Shadow &shadow : *m_look.shadows) {
            const double reach = double(shadow.blur) * 1.5 + 2;
            all |= area.translated(double(shadow.x), double(shadow.y)).adjusted(-reach, -reach, reach, reach);
        }
    }
    return all | QRectF(m_origin.x(), m_look.markTop, m_width, m_look.markHeight);
}

void TextDrawing::paintGlyphs(QPainter &painter, QPointF origin) const
{
    QVarLengthArray<std::uint32_t, 128> glyphs;
    QVarLengthArray<QPointF, 128> positions;
    int face = -1;
    const auto flush = [&] {
        if (!glyphs.isEmpty())
            drawGlyphs(painter, m_faces.paintFace(std::uint16_t(face)), origin,
                       {glyphs.constData(), std::size_t(glyphs.size())},
                       {positions.constData(), std::size_t(positions.size())});
        glyphs.clear();
        positions.clear();
    };
    forEachGlyph(m_run, m_text, [&](const ShapedText::Glyph &glyph, std::uint32_t, double x, double) {
        if (glyph.face != face) {
            flush();
            face = glyph.face;
        }
        glyphs.append(glyph.index);
        positions.append(QPointF(x + double(glyph.x), double(glyph.y)));
    });
    flush();
}

// Lines under and over, then glyphs, then lines through (css-text-decor-3 2.1); all in one colour for a shadow.
void TextDrawing::paintAll(QPainter &painter, QPointF origin, const QColor *only, double scale) const
{
    const auto lines = [&](bool through) {
        for (const DecorationLine &line : m_look.lines) {
            if ((line.place == DecorationLine::Place::Through) == through)
                drawDecorationLine(painter, line, origin.x(), origin.x() + m_width, origin.y(),
                                   only ? *only : line.color, scale);
        }
    };
    lines(false);
    const QColor &color = only ? *only : m_look.color;
    if (color.alpha() > 0) {
        painter.setPen(color);
        paintGlyphs(painter, origin);
    }
    lines(true);
}

void TextDrawing::paintShadow(QPainter &painter, const Shadow &shadow, QPointF origin,
                              const ReplayContext &context) const
{
    const QPointF moved = origin + QPointF(double(shadow.x), double(shadow.y));
    if (shadow.blur <= 0) {
        paintAll(painter, moved, &shadow.color, context.scale);
        return;
    }
    const double sigma = std::min(double(shadow.blur) / 2 * context.scale, 200.0);
    const double reach = blurReach(sigma) / context.scale;
    const double room = m_look.fontSize;
    const QRectF wanted = context.damage.adjusted(-reach, -reach, reach, reach);
    const QRectF area = QRectF(moved.x() - room, moved.y() - 1.5 * room, m_width + 2 * room, 2.5 * room)
                            .adjusted(-reach, -reach, reach, reach)
                            .intersected(wanted);
    if (area.isEmpty() || area.width() * area.height() * context.scale * context.scale > mostShadowPixels)
        return;
    const QPointF start(std::floor(area.x() * context.scale), std::floor(area.y() * context.scale));
    const QSize size(int(std::ceil(area.width() * context.scale)) + 1,
                     int(std::ceil(area.height() * context.scale)) + 1);
    QImage drawn(size, QImage::Format_ARGB32_Premultiplied);
    if (drawn.isNull())
        return;
    drawn.fill(Qt::transparent);
    {
        QPainter inner(&drawn);
        inner.translate(-start);
        inner.scale(context.scale, context.scale);
        const QColor solid(Qt::black);
        paintAll(inner, moved, &solid, context.scale);
    }
    QImage alpha = drawn.convertToFormat(QImage::Format_Alpha8);
    blurAlpha(alpha, sigma);
    painter.drawImage(QRectF(start / context.scale, QSizeF(size) / context.scale), coloredBy(alpha, shadow.color));
}

void TextDrawing::paintMarks(QPainter &painter, const ReplayContext &context, QPointF origin) const
{
    const PixelGrid grid(context.scale);
    const std::uint32_t end = m_run.textStart + m_run.textLength;
    for (const HighlightLayer &layer : *context.highlights) {
        auto [i, last] = touching(layer, m_run.textStart, end);
        for (; i < last; ++i) {
            const RunSpan span = spanOf(m_run, m_text, layer.ranges[i].start, layer.ranges[i].end);
            if (!span.isEmpty())
                painter.fillRect(grid.snap(QRectF(origin.x() + span.left, m_look.markTop, span.right - span.left,
                                                  m_look.markHeight)),
                                 layer.background);
        }
    }
}

// Marked text in the colour of the mark, over what was painted before.
void TextDrawing::paintMarkedAgain(QPainter &painter, const ReplayContext &context, QPointF origin) const
{
    const std::uint32_t end = m_run.textStart + m_run.textLength;
    for (const HighlightLayer &layer : *context.highlights) {
        if (!layer.foreground.isValid())
            continue;
        auto [i, last] = touching(layer, m_run.textStart, end);
        for (; i < last; ++i) {
            const RunSpan span = spanOf(m_run, m_text, layer.ranges[i].start, layer.ranges[i].end);
            if (span.isEmpty())
                continue;
            painter.save();
            painter.setClipRect(QRectF(origin.x() + span.left, m_look.markTop - m_look.fontSize, span.right - span.left,
                                       m_look.markHeight + 2 * m_look.fontSize),
                                Qt::IntersectClip);
            paintAll(painter, origin, &layer.foreground, context.scale);
            painter.restore();
        }
    }
}

void TextDrawing::paint(QPainter &painter, const ReplayContext &context) const
{
    // Glyphs are sharp only when they stand on a whole pixel; where that is depends on where the painter stands.
    QPointF origin = m_origin;
    const QTransform &device = painter.worldTransform();
    if (device.type() <= QTransform::TxScale && device.m22() > 0)
        origin.setY((std::floor(origin.y() * device.m22() + device.dy() + 0.5) - device.dy()) / device.m22());
    const bool isMarked =
        context.highlights && !context.highlights->empty() && !m_run.isEllipsis && m_run.node != NodeId::None;
    if (isMarked)
        paintMarks(painter, context, origin);
    if (m_look.shadows) {
        for (auto shadow = m_look.shadows->rbegin(); shadow != m_look.shadows->rend(); ++shadow)
            paintShadow(painter, *shadow, origin, context);
    }
    paintAll(painter, origin, nullptr, context.scale);
    if (isMarked)
        paintMarkedAgain(painter, context, origin);
}

} // namespace bulkhead::engine
