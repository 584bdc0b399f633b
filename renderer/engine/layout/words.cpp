// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/words.h"

#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/text/line_breaks.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

std::uint32_t fittingPart(LayoutPass &pass, const InlineItem &item, LayoutUnit room, bool hasContent,
                          const ShapedText &shaped)
{
    const TextStyle &style = *pass.style(item.box).text;
    std::vector<double> advances(item.textLength, 0.0); // by character, of the cluster that begins there
    for (const ShapedText::Glyph &glyph : shaped.glyphs) {
        if (glyph.cluster < item.textLength)
            advances[glyph.cluster] += double(glyph.advance);
    }
    const QStringView text = QStringView(pass.boxes().text).mid(item.textStart, item.textLength);
    const std::size_t end = item.textLength - item.spaces;
    double reach = 0;
    std::size_t fit = 0;
    while (fit < end) {
        const std::size_t next = std::min(end, std::max(fit + 1, nextGrapheme(text, fit)));
        for (std::size_t i = fit; i < next; ++i)
            reach += advances[i];
        reach += double(style.letterSpacing);
        if (reach > room.toDouble() + 0.01 && (fit > 0 || hasContent))
            break;
        fit = next;
        if (reach > room.toDouble() + 0.01)
            break; // one, however wide
    }
    return fit >= end ? item.textLength : std::uint32_t(fit);
}

LayoutUnit widthOfTab(LayoutPass &pass, BoxId box, LayoutUnit position)
{
    const ComputedStyle &style = pass.style(box);
    const FontMetrics &metrics = pass.shaper().metrics(pass.font(pass.box(box).style));
    const double space =
        double(metrics.spaceAdvance) + double(style.text->letterSpacing) + double(style.text->wordSpacing);
    const Length &size = style.text->tabSize;
    const double tab = size.is(Length::Kind::Number) ? double(size.value()) * space : double(size.value());
    if (!(tab > 0))
        return {};
    const double at = std::max(0.0, position.toDouble());
    double next = (std::floor(at / tab) + 1) * tab;
    if (next - at < double(metrics.zeroAdvance) / 2)
        next += tab;
    return LayoutUnit::fromPixels(next) - LayoutUnit::fromPixels(at);
}

std::pair<ShapedWord, LayoutUnit> shapeHyphen(LayoutPass &pass, StyleId style)
{
    const QChar hyphen(0x2010);
    ShapedWord shaped = pass.shaper().shape(pass.font(style), QStringView(&hyphen, 1), Direction::Ltr,
                                            pass.styles().style(style).text->language);
    const LayoutUnit width = LayoutUnit::fromPixels(double(shaped->width) + 0.5 / LayoutUnit::Denominator);
    return {std::move(shaped), width};
}

LayoutUnit lineStart(LayoutPass &pass, const Line &line, BoxId root)
{
    const TextStyle &style = *pass.style(root).text;
    const bool isRtl = line.isRightToLeft;
    TextAlign align = style.textAlign;
    if (line.endsParagraph || align == TextAlign::Justify) {
        switch (line.endsParagraph ? style.textAlignLast : TextAlignLast::Auto) {
        case TextAlignLast::Auto:
            if (align == TextAlign::Justify)
                align = TextAlign::Start;
            break;
        case TextAlignLast::Start:
        case TextAlignLast::Justify:
            align = TextAlign::Start;
            break;
        case TextAlignLast::End:
            align = TextAlign::End;
            break;
        case TextAlignLast::Left:
            align = TextAlign::Left;
            break;
        case TextAlignLast::Right:
            align = TextAlign::Right;
            break;
        case TextAlignLast::Center:
            align = TextAlign::Center;
            break;
        }
    }
    const LayoutUnit room = line.band.width() - line.width;
    // What is too wide sticks out at the end of the line.
    if (room <= 0)
        return isRtl ? room : LayoutUnit();
    switch (align) {
    case TextAlign::Start:
    case TextAlign::Justify:
        return isRtl ? room : LayoutUnit();
    case TextAlign::End:
        return isRtl ? LayoutUnit() : room;
    case TextAlign::Left:
    case TextAlign::BlockLeft:
        return {};
    case TextAlign::Right:
    case TextAlign::BlockRight:
        return room;
    case TextAlign::Center:
    case TextAlign::BlockCenter:
        return room / 2;
    }
    return {};
}

} // namespace bulkhead::engine
