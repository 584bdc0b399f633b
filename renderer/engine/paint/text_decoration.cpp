// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/text_decoration.h"

#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/pixel_grid.h"
#include "renderer/engine/paint/styled_line.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bulkhead::engine {

namespace {

constexpr std::size_t mostDecorations = 16; // of one text

bool hasDecoration(const ComputedStyle &style)
{
    return style.rare->underline || style.rare->overline || style.rare->lineThrough;
}

// Decorations of the ancestors end here (css-text-decor-3 2.1).
bool isBoundary(const ComputedStyle &style, const Box &box)
{
    return style.isOutOfFlow() || style.isFloating() || box.type == Box::Type::Marker ||
           (style.display.isInlineLevel() && box.type != Box::Type::Inline && box.type != Box::Type::Text &&
            !box.isAnonymous);
}

double thicknessOf(const ComputedStyle &style)
{
    const double size = double(style.font->size);
    const Length &wanted = style.rare->decorationThickness;
    if (wanted.isLength())
        return std::max(1.0, std::round(wanted.resolve(LayoutUnit::fromPixels(size)).toDouble()));
    return std::max(1.0, std::floor(size / 10));
}

void drawWave(QPainter &painter, double left, double right, double middle, double thickness, const QColor &color)
{
    const double height = thickness * 1.5 + 0.5, step = thickness * 2 + 1;
    if (right - left > 20000) // not worth a path of that many parts
        right = left + 20000;
    painter.save();
    painter.setClipRect(QRectF(left, middle - height * 2, right - left, height * 4), Qt::IntersectClip);
    QPainterPath path;
    // In phase over neighbouring texts.
    double x = std::floor(left / (2 * step)) * 2 * step;
    path.moveTo(x, middle);
    for (; x < right; x += 2 * step)
        path.cubicTo(x + step, middle - height * 1.7, x + step, middle + height * 1.7, x + 2 * step, middle);
    const Smooth smooth(painter);
    painter.strokePath(path, QPen(color, thickness));
    painter.restore();
}

} // namespace

Decorations::Decorations(const BoxTree &boxes, const DocumentStyles &styles)
    : m_boxes(boxes), m_styles(styles), m_listOf(boxes.boxes.size(), 0)
{
    m_lists.push_back(std::make_unique<const std::vector<DecoratingBox>>());
}

const std::vector<DecoratingBox> &Decorations::of(BoxId id)
{
    // The chain up to one that is known; then down again.
    std::vector<BoxId> chain;
    std::uint32_t known = 1;
    for (BoxId at = id; at != BoxId::None; at = m_boxes.box(at).parent) {
        if (m_listOf[std::size_t(at)] != 0) {
            known = m_listOf[std::size_t(at)];
            break;
        }
        chain.push_back(at);
    }
    for (auto at = chain.rbegin(); at != chain.rend(); ++at) {
        const Box &box = m_boxes.box(*at);
        const ComputedStyle &style = m_styles.style(box.style);
        if (box.type != Box::Type::Text) {
            if (isBoundary(style, box))
                known = 1;
            if (!box.isAnonymous && hasDecoration(style) && m_lists[known - 1]->size() < mostDecorations) {
                std::vector<DecoratingBox> list = *m_lists[known - 1];
                list.push_back({*at, &style});
                m_lists.push_back(std::make_unique<const std::vector<DecoratingBox>>(std::move(list)));
                known = std::uint32_t(m_lists.size());
            }
        }
        m_listOf[std::size_t(*at)] = known;
    }
    return *m_lists[known - 1];
}

void appendDecorationLines(const ComputedStyle &style, double ascent, double shift, std::vector<DecorationLine> &lines)
{
    const RareStyle &rare = *style.rare;
    const double thickness = thicknessOf(style);
    DecorationLine line;
    line.style = rare.decorationStyle;
    line.color = rare.decorationColor.isValid() ? rare.decorationColor : style.text->color;
    line.thickness = thickness;
    if (rare.underline) {
        line.place = DecorationLine::Place::Under;
        const LayoutUnit size = LayoutUnit::fromPixels(double(style.font->size));
        line.top = shift + (rare.underlineOffset.isLength() ? rare.underlineOffset.resolve(size).toDouble()
                                                            : std::max(1.0, std::ceil(thickness / 2)));
        lines.push_back(line);
    }
    if (rare.overline) {
        line.place = DecorationLine::Place::Over;
        line.top = shift - ascent;
        lines.push_back(line);
    }
    if (rare.lineThrough) {
        line.place = DecorationLine::Place::Through;
        line.top = shift - std::floor(ascent / 3) - thickness / 2;
        lines.push_back(line);
    }
}

void drawDecorationLine(QPainter &painter, const DecorationLine &line, double left, double right, double baseline,
                        const QColor &color, double scale)
{
    const PixelGrid grid(scale);
    const double thickness = grid.line(line.thickness), top = grid.snap(baseline + line.top);
    const QRectF rect(QPointF(grid.snap(left), top), QPointF(grid.snap(right), top + thickness));
    // A second line lies outside the first.
    const double second = line.place == DecorationLine::Place::Over ? -(thickness + 1 / scale) : thickness + 1 / scale;
    switch (line.style) {
    case DecorationStyle::Double:
        painter.fillRect(rect, color);
        painter.fillRect(rect.translated(0, second), color);
        break;
    case DecorationStyle::Dotted:
        drawPatternLine(painter, rect, false, color, LinePattern::Dotted);
        break;
    case DecorationStyle::Dashed:
        drawPatternLine(painter, rect, false, color, LinePattern::Dashed);
        break;
    case DecorationStyle::Wavy:
        drawWave(painter, left, right, rect.center().y() + (second > 0 ? thickness : -thickness), thickness, color);
        break;
    case DecorationStyle::Solid:
        painter.fillRect(rect, color);
        break;
    }
}

} // namespace bulkhead::engine
