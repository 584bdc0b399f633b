// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QPointF>
#include <QRawFont>

#include <cstdint>
#include <span>

class QPainter;

namespace bulkhead::engine {

/// What painting needs of a face that shaped text names (ShapedText::Glyph::face).
struct PaintFace
{
    QRawFont font;          ///< at the size that was shaped
    float boldBy = 0;       ///< pixels by which outlines are widened: there is no bold face
    bool isSlanted = false; ///< sheared by a quarter: there is no italic face
};

/// The faces of a page's text.
class Faces
{
public:
    virtual ~Faces() = default;
    /// Valid until the next call.
    virtual const PaintFace &paintFace(std::uint16_t face) = 0;
};

/// Draws glyphs of one face in the painter's pen colour. @p positions are relative to @p baseline, which should be on a
/// whole device pixel vertically.
void drawGlyphs(QPainter &painter, const PaintFace &face, QPointF baseline, std::span<const std::uint32_t> glyphs,
                std::span<const QPointF> positions);

} // namespace bulkhead::engine
