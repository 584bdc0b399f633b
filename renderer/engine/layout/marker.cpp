// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/marker.h"

#include "renderer/engine/layout/inline_content.h"
#include "renderer/engine/layout/line.h"
#include "renderer/engine/layout/marker_shape.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine {

namespace {

constexpr int ImageDistance = 8; // as Chromium has it

// The marker's text is a line of its own, whose end touches the box's.
FragmentId placeText(LayoutPass &pass, BoxId marker, LayoutUnit ascent, LayoutUnit descent, LayoutUnit &width)
{
    const FragmentId made = pass.newFragment(marker, {}, {});
    const BoxId text = pass.box(marker).firstChild;
    std::vector<ShapedWord> words;
    const Box &textBox = pass.box(text);
    const bool isRtl = pass.style(marker).text->direction == Direction::Rtl;
    const InlineItem item =
        shapeWord(pass, text, textBox.style, textBox.textStart, textBox.textLength, isRtl ? 1 : 0, words);
    width = item.width + item.spaceWidth;
    TextRun run;
    run.font = pass.font(textBox.style);
    run.textStart = textBox.textStart;
    run.textLength = textBox.textLength;
    run.isRightToLeft = isRtl;
    TextRun::Piece piece;
    piece.shaped = words.front();
    piece.glyphCount = std::uint32_t(piece.shaped->glyphs.size());
    piece.textStart = textBox.textStart;
    run.pieces.push_back(std::move(piece));
    Fragment glyphs;
    glyphs.kind = FragmentKind::Text;
    glyphs.box = text;
    glyphs.style = textBox.style;
    glyphs.size = {width, ascent + descent};
    glyphs.baseline = ascent;
    glyphs.extra = std::uint32_t(pass.tree().runs.size());
    pass.tree().runs.push_back(std::move(run));
    pass.attach(made, pass.addFragment(glyphs), {});
    Fragment &fragment = pass.tree().fragment(made);
    fragment.size = {width, ascent + descent};
    fragment.baseline = ascent;
    return made;
}

} // namespace

void placeMarker(LayoutPass &pass, BoxId marker, FragmentId parent, LayoutPoint content, LayoutUnit right,
                 std::optional<LayoutUnit> baseline)
{
    const ComputedStyle &style = pass.style(marker);
    const FontMetrics &metrics = pass.shaper().metrics(pass.font(pass.box(marker).style));
    const LayoutUnit ascent = LayoutUnit::fromPixels(double(metrics.ascent));
    const LayoutUnit descent = LayoutUnit::fromPixels(double(metrics.descent));
    const LayoutUnit at = baseline.value_or(content.y + ascent);
    const bool isRtl = style.text->direction == Direction::Rtl;
    LayoutUnit width, distance, top;
    FragmentId made = FragmentId::None;
    if (pass.box(marker).firstChild != BoxId::None) {
        made = placeText(pass, marker, ascent, descent, width);
        top = at - ascent;
    } else {
        LayoutSize size;
        if (const auto image = pass.naturalSizes().of(style.inherited->listStyleImage);
            image && !style.inherited->listStyleImage.isEmpty()) {
            size = {image->width.value_or(LayoutUnit::fromPixels(double(metrics.ascent) / 2)),
                    image->height.value_or(LayoutUnit::fromPixels(double(metrics.ascent) / 2))};
            distance = ImageDistance;
            top = at - size.height;
        } else {
            const MarkerShape shape = markerShape(int(metrics.ascent));
            size = {shape.size, shape.size};
            distance = shape.distance;
            top = at - ascent + shape.top;
        }
        width = size.width;
        made = pass.newFragment(marker, size, {});
        pass.tree().fragment(made).kind = FragmentKind::Marker;
    }
    pass.attach(parent, made, {isRtl ? right + distance : content.x - distance - width, top});
}

} // namespace bulkhead::engine
