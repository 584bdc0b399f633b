// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/block_flow.h"

#include "renderer/engine/layout/inline_content.h"
#include "renderer/engine/layout/inline_flow.h"
#include "renderer/engine/layout/marker.h"
#include "renderer/engine/layout/positioned.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>

namespace bulkhead::engine {

BlockFlow::Result BlockFlow::run(BoxId root, const Space &space)
{
    const LayoutEdges extra = borderAndPadding(*m_pass, root, space.containingWidth);
    const ComputedStyle &style = m_pass->style(root);
    Frame frame;
    frame.box = root;
    m_containingWidth = space.containingWidth;
    frame.isTopKnown = true;
    frame.contentLeft = extra.left;
    frame.in = {std::max(LayoutUnit(), space.width - extra.horizontal()), definiteContentHeight(*m_pass, root, space),
                style.text->direction, style.text->textAlign};
    if (!frame.in.height && m_pass->quirks() == QuirksMode::Quirks && m_pass->box(root).type == Box::Type::Block)
        frame.in.height = space.containingHeight; // the percentage height quirk
    if (places())
        frame.fragment = m_pass->newFragment(root, {space.width, {}}, space.containingWidth);
    m_strutStart = extra.top;
    m_innermost = &frame;
    layOutChildren(frame);
    LayoutUnit bottom = currentY();
    if (const auto floats = m_floats.bottom())
        bottom = std::max(bottom, *floats);
    if (frame.marker != BoxId::None && places())
        placeMarker(*m_pass, frame.marker, frame.fragment, {frame.contentLeft, extra.top}, frame.contentRight(), {});
    Result result;
    result.fragment = frame.fragment;
    result.autoHeight = std::max(bottom, extra.top) + extra.bottom;
    result.baselines = m_baselines;
    return result;
}

LayoutUnit BlockFlow::resolve()
{
    const LayoutUnit y = currentY();
    for (Frame *frame = m_innermost; frame && !frame->isTopKnown; frame = frame->parent) {
        frame->isTopKnown = true;
        frame->top = y;
    }
    placeWaitingFloats(y);
    advanceTo(y);
    return y;
}

void BlockFlow::advanceTo(LayoutUnit y)
{
    m_strutStart = y;
    m_strut = {};
    m_fixedTop.reset();
    m_strutHasClearance = false;
}

void BlockFlow::layOutChildren(Frame &frame)
{
    const Box &box = m_pass->box(frame.box);
    if (box.firstChild != BoxId::None && m_pass->box(box.firstChild).type == Box::Type::Marker)
        frame.marker = box.firstChild;
    if (box.isInlineRoot) {
        InlineFlow(*this, frame).run();
        return;
    }
    for (const BoxId child : m_pass->boxes().children(frame.box)) {
        if (child != frame.marker)
            addChild(frame, child);
    }
}

void BlockFlow::addChild(Frame &frame, BoxId child)
{
    const ComputedStyle &style = m_pass->style(child);
    const Box &box = m_pass->box(child);
    if (style.isOutOfFlow())
        addStatic(frame, child);
    else if (style.isFloating())
        addFloat(frame, child);
    else if (box.type == Box::Type::Block && !box.isFlowRoot && !box.isTableWrapper && !box.isColumns)
        addBlock(frame, child);
    else
        addRoot(frame, child);
}

LayoutPoint BlockFlow::relativeToFrame(const Frame &frame, LayoutPoint position) const
{
    // A frame whose top is not known comes to be where everything is that is in it so far.
    return {position.x - frame.x, frame.isTopKnown ? position.y - frame.top : LayoutUnit()};
}

void BlockFlow::addStatic(Frame &frame, BoxId child)
{
    if (!places())
        return;
    const bool isRtl = frame.in.direction == Direction::Rtl;
    StaticPosition position;
    position.fragment = frame.fragment;
    position.horizontal = isRtl ? StaticPosition::Edge::End : StaticPosition::Edge::Start;
    position.point = relativeToFrame(frame, {isRtl ? frame.contentRight() : frame.contentLeft, currentY()});
    m_pass->addOutOfFlow(child, position);
}

void BlockFlow::addBaseline(LayoutUnit y)
{
    if (!m_baselines.first)
        m_baselines.first = y;
    m_baselines.last = y;
}

// Adds the margins that would collapse with the top margin of a block. Gives whether something ended them.
bool BlockFlow::collapseFirstMargins(BoxId block, LayoutUnit containingWidth, MarginStrut &strut)
{
    const Box &box = m_pass->box(block);
    if (box.type != Box::Type::Block || box.isFlowRoot || box.isTableWrapper || box.isColumns ||
        borderAndPadding(*m_pass, block, containingWidth).top > 0)
        return true;
    if (box.isInlineRoot) {
        const InlineContent &content = inlineContent(*m_pass, block);
        return content.nextSolid.front() < content.items.size();
    }
    for (const BoxId child : m_pass->boxes().children(block)) {
        const ComputedStyle &style = m_pass->style(child);
        if (style.isOutOfFlow() || style.isFloating() || m_pass->box(child).type == Box::Type::Marker)
            continue;
        if (style.clear != Clear::None)
            return true;
        const LayoutEdges margin = marginOf(style, containingWidth);
        strut.add(margin.top);
        if (collapseFirstMargins(child, containingWidth, strut) ||
            borderAndPadding(*m_pass, child, containingWidth).vertical() > 0)
            return true;
        strut.add(margin.bottom);
    }
    return false;
}

void BlockFlow::applyClear(Frame &parent, BoxId child, LayoutUnit marginTop)
{
    const Clear clear = m_pass->style(child).clear;
    if (clear == Clear::None)
        return;
    const bool waits = std::any_of(m_waitingFloats.begin(), m_waitingFloats.end(), [&](const FloatBox &box) {
        return clear == Clear::Both || (m_pass->style(box.box).floating == Float::Left) == (clear == Clear::Left);
    });
    // They come to be at the parent's top, which clearance separates from this margin.
    if (waits && !parent.isTopKnown)
        resolve();
    const std::optional<LayoutUnit> cleared = m_floats.clearance(clear);
    if (!cleared)
        return;
    MarginStrut without = m_strut;
    without.add(marginTop);
    collapseFirstMargins(child, parent.in.width, without);
    const LayoutUnit hypothetical = m_fixedTop.value_or(m_strutStart + without.sum());
    if (hypothetical >= *cleared)
        return;
    resolve();
    m_fixedTop = *cleared;
}

void BlockFlow::addBlock(Frame &parent, BoxId child)
{
    const ComputedStyle &style = m_pass->style(child);
    const LayoutEdges margin = marginOf(style, parent.in.width);
    const LayoutEdges extra = borderAndPadding(*m_pass, child, parent.in.width);
    const BlockWidth width = blockWidth(*m_pass, child, parent.in);
    Space space;
    space.width = width.width;
    space.containingWidth = parent.in.width;
    space.containingHeight = parent.in.height;

    Frame frame;
    frame.box = child;
    frame.parent = &parent;
    frame.x = parent.contentLeft + width.marginLeft;
    frame.contentLeft = frame.x + extra.left;
    frame.in = {std::max(LayoutUnit(), width.width - extra.horizontal()), definiteContentHeight(*m_pass, child, space),
                style.text->direction, style.text->textAlign};
    if (!frame.in.height && (m_pass->quirks() == QuirksMode::Quirks || m_pass->box(child).isAnonymous))
        frame.in.height = parent.in.height;
    if (places())
        frame.fragment = m_pass->newFragment(child, {width.width, {}}, parent.in.width);
    applyClear(parent, child, margin.top);
    m_strut.add(margin.top);
    if (m_fixedTop && parent.isTopKnown && !frame.isTopKnown && style.clear != Clear::None) {
        frame.isTopKnown = true;
        frame.top = *m_fixedTop;
    }
    m_innermost = &frame;
    if (extra.top > 0)
        advanceTo(resolve() + extra.top);
    layOutChildren(frame);
    closeBlock(frame, space, extra, margin.bottom);
    m_innermost = &parent;
}

bool BlockFlow::collapsesThrough(const Frame &frame, const Space &space, const LayoutEdges &extra)
{
    if (extra.vertical() > 0)
        return false;
    if (frame.isTopKnown && !m_fixedTop)
        return false; // there was something in it
    return usedHeight(*m_pass, frame.box, space, LayoutUnit()) <= 0;
}

void BlockFlow::closeEmpty(Frame &frame, LayoutUnit marginBottom)
{
    Frame &parent = *frame.parent;
    const bool hasClearance = m_fixedTop.has_value() && frame.isTopKnown;
    if (hasClearance) {
        m_strutStart = *m_fixedTop - m_strut.sum();
        m_fixedTop.reset();
        m_strutHasClearance = true;
    }
    if (parent.isTopKnown && !frame.isTopKnown) {
        frame.isTopKnown = true;
        frame.top = currentY();
        placeWaitingFloats(frame.top);
    }
    m_strut.add(marginBottom);
    finish(frame, LayoutUnit());
}

void BlockFlow::closeBlock(Frame &frame, const Space &space, const LayoutEdges &extra, LayoutUnit marginBottom)
{
    if (collapsesThrough(frame, space, extra)) {
        closeEmpty(frame, marginBottom);
        return;
    }
    if (!frame.isTopKnown || m_fixedTop)
        resolve();
    const bool isAdjoining = extra.bottom == 0 && !m_strutHasClearance;
    const LayoutUnit contentBottom = isAdjoining ? m_strutStart : currentY();
    const LayoutUnit autoHeight = std::max(extra.vertical(), contentBottom + extra.bottom - frame.top);
    const bool isAuto = !definiteHeight(*m_pass, frame.box, space);
    const LayoutUnit height = usedHeight(*m_pass, frame.box, space, autoHeight);
    if (isAdjoining && isAuto && height <= autoHeight && contentBottom >= frame.top) {
        m_strutStart = frame.top + height; // the margin of the last child goes on
        m_strut.add(marginBottom);
    } else {
        advanceTo(frame.top + height);
        m_strut.add(marginBottom);
    }
    finish(frame, height);
}

void BlockFlow::finish(const Frame &frame, LayoutUnit height)
{
    if (!places())
        return;
    LayoutTree &tree = m_pass->tree();
    if (frame.marker != BoxId::None)
        placeMarker(*m_pass, frame.marker, frame.fragment, {frame.contentLeft - frame.x, {}},
                    frame.contentRight() - frame.x, {});
    tree.fragment(frame.fragment).size.height = height;
    const Frame &parent = *frame.parent;
    const LayoutPoint offset =
        frame.isTopKnown ? relativeToFrame(parent, {frame.x, frame.top}) : LayoutPoint{frame.x - parent.x, {}};
    const LayoutPoint shift = relativeOffset(m_pass->style(frame.box), {parent.in.width, {}}, parent.in.height) +
                              inlineShift(*m_pass, frame.box, parent.box, parent.in);
    m_pass->attach(parent.fragment, frame.fragment, offset + shift);
}

void BlockFlow::placeMarkers(Frame &inner, LayoutUnit baseline, LayoutUnit insetLeft, LayoutUnit insetRight)
{
    for (Frame *frame = &inner; frame; frame = frame->parent) {
        if (frame->marker == BoxId::None)
            continue;
        if (places())
            placeMarker(*m_pass, frame->marker, frame->fragment, {frame->contentLeft - frame->x + insetLeft, {}},
                        frame->contentRight() - frame->x - insetRight, baseline - frame->top);
        frame->marker = BoxId::None;
    }
}

} // namespace bulkhead::engine
