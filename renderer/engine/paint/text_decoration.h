// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/style/document_styles.h"

#include <QColor>
#include <QPainter>

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// A box whose text-decoration applies to text (css-text-decor-3 2.1).
struct DecoratingBox
{
    BoxId box = BoxId::None;
    const ComputedStyle *style = nullptr;
};

/// Which boxes decorate the texts in a box: decorations spread over descendants, except into floats, absolute boxes and
/// what is inline as a whole.
class Decorations
{
public:
    Decorations(const BoxTree &boxes, const DocumentStyles &styles);

    /// Outermost first.
    const std::vector<DecoratingBox> &of(BoxId box);

private:
    const BoxTree &m_boxes;
    const DocumentStyles &m_styles;
    std::vector<std::uint32_t> m_listOf; // by box: index + 1; 0: not yet asked
    std::vector<std::unique_ptr<const std::vector<DecoratingBox>>> m_lists;
};

/// A line to draw with a text.
struct DecorationLine
{
    enum class Place : std::uint8_t { Under, Over, Through } place = Place::Under;
    DecorationStyle style = DecorationStyle::Solid;
    QColor color;
    double top = 0; ///< from the text's baseline
    double thickness = 1;
};

/// The lines of one box, @p shift being how far its baseline lies below the text's. @p ascent is of the box's font.
void appendDecorationLines(const ComputedStyle &style, double ascent, double shift, std::vector<DecorationLine> &lines);

/// From @p left to @p right; @p baseline is on a device pixel.
void drawDecorationLine(QPainter &painter, const DecorationLine &line, double left, double right, double baseline,
                        const QColor &color, double scale);

} // namespace bulkhead::engine
