// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/faces.h"

#include <QGlyphRun>
#include <QPainter>
#include <QPainterPath>
#include <QPen>

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

/// As Skia slants: a shear by a quarter.
constexpr qreal Slant = -0.25;

void drawPaths(QPainter &painter, const PaintFace &face, QPointF baseline, std::span<const std::uint32_t> glyphs,
               std::span<const QPointF> positions)
{
    QPainterPath all;
    all.setFillRule(Qt::WindingFill);
    for (std::size_t i = 0; i < glyphs.size(); ++i) {
        QPainterPath path = face.font.pathForGlyph(glyphs[i]);
        if (face.isSlanted)
            path = QTransform(1, 0, Slant, 1, 0, 0).map(path);
        // Widened outlines grow to the right and upwards.
        const QPointF grown(qreal(face.boldBy) / 2, -qreal(face.boldBy) / 2);
        all.addPath(path.translated(baseline + positions[i] + (face.boldBy > 0 ? grown : QPointF())));
    }
    const QPen pen = painter.pen();
    const bool isSmooth = painter.testRenderHint(QPainter::Antialiasing);
    painter.setRenderHint(QPainter::Antialiasing, true);
    painter.fillPath(all, pen.brush());
    if (face.boldBy > 0)
        painter.strokePath(all, QPen(pen.brush(), qreal(face.boldBy), Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.setRenderHint(QPainter::Antialiasing, isSmooth);
}

/// On a whole device pixel, as Skia snaps the baselines of upright text: outlines look like cached glyphs then.
QPointF snapped(const QPainter &painter, QPointF baseline)
{
    const QTransform transform = painter.deviceTransform();
    if (transform.type() > QTransform::TxScale || transform.m22() == 0)
        return baseline;
    const qreal y = transform.map(baseline).y();
    return baseline + QPointF(0, (std::floor(y + 0.5) - y) / transform.m22());
}

} // namespace

void drawGlyphs(QPainter &painter, const PaintFace &face, QPointF baseline, std::span<const std::uint32_t> glyphs,
                std::span<const QPointF> positions)
{
    const std::size_t count = std::min(glyphs.size(), positions.size());
    if (count == 0 || !face.font.isValid())
        return;
    baseline = snapped(painter, baseline);
    if (face.boldBy > 0 || face.isSlanted) {
        drawPaths(painter, face, baseline, glyphs.first(count), positions);
        return;
    }
    QGlyphRun run;
    run.setRawFont(face.font);
    run.setRawData(glyphs.data(), positions.data(), int(count));
    painter.drawGlyphRun(baseline, run);
}

} // namespace bulkhead::engine
