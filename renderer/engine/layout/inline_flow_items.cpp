// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/inline_flow.h"

#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/marker_shape.h"
#include "renderer/engine/layout/positioned.h"
#include "renderer/engine/layout/sizes.h"
#include "renderer/engine/layout/words.h"

#include <algorithm>

/// Widths of what stands in lines, and what is done with a line that is complete.
namespace bulkhead::engine {

namespace {

// A disc or the like inside of the lines; as far from the text as in Chromium.
void alignDrawnMarker(LayoutPass &pass, BoxId box, AtomicBox &made)
{
    const int ascent = int(pass.shaper().metrics(pass.font(pass.box(box).style)).ascent);
    made.margin.right = LayoutUnit(ascent + 1) - made.size.width;
    made.baseline = LayoutUnit(ascent) - markerShape(ascent).top;
}

} // namespace

LayoutUnit InlineFlow::widthOf(const InlineItem &item, const Filling &filling)
{
    switch (item.kind) {
    case InlineItem::Kind::Word:
        return item.width;
    case InlineItem::Kind::Tab:
        return widthOfTab(*m_pass, item.box, filling.position);
    case InlineItem::Kind::Open:
    case InlineItem::Kind::Close: {
        const ComputedStyle &style = m_pass->style(item.box);
        const LayoutEdges edges = borderAndPadding(style, m_frame->in.width) + marginOf(style, m_frame->in.width);
        const bool isLeft = (item.kind == InlineItem::Kind::Open) == (style.text->direction == Direction::Ltr);
        return isLeft ? edges.left : edges.right;
    }
    case InlineItem::Kind::Atomic:
        return atomic(filling.at).width();
    default:
        return {};
    }
}

LayoutUnit InlineFlow::hyphenWidth(const InlineItem &item) const
{
    return shapeHyphen(*m_pass, m_pass->box(item.box).style).second;
}

const ShapedText &InlineFlow::shaped(const InlineItem &item, bool isFirstLine) const
{
    const InlineContent &content = isFirstLine && m_content->firstLine ? *m_content->firstLine : *m_content;
    return item.word < content.words.size() ? *content.words[item.word]
                                            : *m_moreWords[item.word - content.words.size()];
}

const AtomicBox &InlineFlow::atomic(std::size_t index)
{
    if (m_atomics.size() <= index)
        m_atomics.resize(m_content->items.size());
    AtomicBox &made = m_atomics[index];
    if (made.isKnown)
        return made;
    made.isKnown = true;
    const BoxId box = m_content->items[index].box;
    const ComputedStyle &style = m_pass->style(box);
    const LayoutUnit containing = m_frame->in.width;
    made.margin = marginOf(style, containing);
    Space space;
    space.containingWidth = containing;
    space.containingHeight = m_frame->in.height;
    space.width = shrinkToFitWidth(*m_pass, box, containing, m_frame->in.height, containing - made.margin.horizontal());
    Measured measured;
    if (m_flow->places()) {
        const Placed placed = m_pass->place(box, space);
        made.fragment = placed.fragment;
        measured = {placed.height, placed.baselines};
    } else {
        measured = m_pass->heightAt(box, space);
    }
    made.size = {space.width, measured.height};
    // CSS 2.1 10.8.1: the last line's of an inline-block whose content is not clipped; of others the first.
    const bool isBlock = m_pass->box(box).type == Box::Type::Block && !m_pass->box(box).isTableWrapper;
    const auto baseline = isBlock ? measured.baselines.last : measured.baselines.first;
    const bool usesEdge = !baseline || (isBlock && style.overflowX != Overflow::Visible);
    if (m_pass->box(box).pseudo == PseudoElement::Marker)
        alignDrawnMarker(*m_pass, box, made);
    else
        made.baseline = usesEdge ? made.height() : made.margin.top + *baseline;
    return made;
}

// Spaces at the end of a line go or hang (css-text-3 4.1.2).
void InlineFlow::trim(Line &line)
{
    line.width = line.indent;
    for (const LineItem &item : line.items)
        line.width += item.width;
    for (std::size_t i = line.items.size(); i-- > 0;) {
        LineItem &item = line.items[i];
        if (item.item.kind == InlineItem::Kind::Open || item.item.kind == InlineItem::Kind::Close ||
            item.item.kind == InlineItem::Kind::Absolute || item.item.kind == InlineItem::Kind::ForcedBreak)
            continue;
        if (item.item.kind == InlineItem::Kind::Tab) {
            line.width -= item.width;
            continue;
        }
        if (item.item.kind != InlineItem::Kind::Word)
            break;
        line.width -= item.item.spaceWidth;
        if (item.item.collapses)
            item.width -= item.item.spaceWidth;
        if (item.item.spaces < item.item.textLength)
            break;
    }
}

void InlineFlow::finishLine(Line &line, const Filling &filling, LayoutUnit y)
{
    m_afterBreak = line.endsParagraph && filling.at > 0 && filling.at <= m_content->items.size() &&
                   m_content->items[filling.at - 1].kind == InlineItem::Kind::ForcedBreak;
    const LayoutUnit left = m_frame->contentLeft;
    m_flow->addBaseline(y + line.baseline);
    m_flow->placeMarkers(*m_frame, y + line.baseline, line.band.left - left, m_frame->contentRight() - line.band.right);
    if (!m_flow->places())
        return;
    LineFragments fragments(*m_pass, *m_content, m_moreWords);
    const FragmentId made = fragments.make(line, m_frame->box, m_atomics, m_frame->in.width, m_frame->in.height);
    m_pass->attach(m_frame->fragment, made, {line.band.left - m_frame->x, y - m_frame->top});
    addStatics(line, made);
}

// CSS 2.1 10.3.7: where an inline box would be; what was a block would come below what stands on the line so far.
void InlineFlow::addStatics(const Line &line, FragmentId fragment)
{
    LayoutUnit x = line.indent;
    bool isSolid = false;
    for (const LineItem &item : line.items) {
        if (item.item.kind == InlineItem::Kind::Absolute) {
            StaticPosition position;
            position.fragment = fragment;
            const bool isRtl = m_frame->in.direction == Direction::Rtl;
            const ComputedStyle &style = m_pass->style(item.item.box);
            position.horizontal = isRtl ? StaticPosition::Edge::End : StaticPosition::Edge::Start;
            if (style.originalDisplay.isInlineLevel()) {
                const LayoutUnit start = lineStart(*m_pass, line, m_frame->box);
                position.point.x = isRtl ? start + line.width - x : start + x;
            } else {
                const LayoutUnit edge = isRtl ? m_frame->contentRight() : m_frame->contentLeft;
                position.point = {edge - line.band.left, isSolid ? line.height : LayoutUnit()};
            }
            m_pass->addOutOfFlow(item.item.box, position);
        }
        isSolid |= item.item.isSolid;
        x += item.width;
    }
}

} // namespace bulkhead::engine
