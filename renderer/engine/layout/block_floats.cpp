// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/block_flow.h"

#include "renderer/engine/layout/positioned.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>
#include <utility>

/// Floats of a block formatting context, and the boxes that may not overlap them (CSS 2.1 9.5).
namespace bulkhead::engine {

BlockFlow::FloatBox BlockFlow::makeFloat(const Frame &frame, BoxId child)
{
    const ComputedStyle &style = m_pass->style(child);
    const LayoutEdges margin = marginOf(style, frame.in.width);
    Space space;
    space.containingWidth = frame.in.width;
    space.containingHeight = frame.in.height;
    space.width =
        shrinkToFitWidth(*m_pass, child, frame.in.width, frame.in.height, frame.in.width - margin.horizontal());
    FloatBox made;
    made.box = child;
    LayoutUnit height;
    if (places()) {
        const Placed placed = m_pass->place(child, space);
        made.fragment = placed.fragment;
        height = placed.height;
    } else {
        height = m_pass->heightAt(child, space).height;
    }
    made.parent = frame.fragment;
    made.parentX = frame.x;
    made.parentTop = frame.top;
    made.isParentTopKnown = frame.isTopKnown;
    made.marginBox = {std::max(LayoutUnit(), space.width + margin.horizontal()), height + margin.vertical()};
    made.marginLeft = margin.left;
    made.marginTop = margin.top;
    made.left = frame.contentLeft;
    made.right = frame.contentRight();
    made.shift = inlineShift(*m_pass, child, frame.box, frame.in);
    return made;
}

LayoutPoint BlockFlow::placeFloat(const FloatBox &box, LayoutUnit y)
{
    const ComputedStyle &style = m_pass->style(box.box);
    if (const auto cleared = m_floats.clearance(style.clear))
        y = std::max(y, *cleared);
    const LayoutPoint position = m_floats.place(style.floating, box.marginBox, y, box.left, box.right);
    if (places())
        m_pass->attach(
            box.parent, box.fragment,
            LayoutPoint{position.x + box.marginLeft - box.parentX, position.y + box.marginTop - box.parentTop} +
                box.shift);
    return position;
}

void BlockFlow::addFloat(Frame &frame, BoxId child)
{
    FloatBox box = makeFloat(frame, child);
    if (frame.isTopKnown)
        placeFloat(box, currentY());
    else
        m_waitingFloats.push_back(std::move(box));
}

void BlockFlow::placeWaitingFloats(LayoutUnit y)
{
    const std::vector<FloatBox> waiting = std::exchange(m_waitingFloats, {});
    for (FloatBox box : waiting) {
        if (!box.isParentTopKnown)
            box.parentTop = y;
        placeFloat(box, y);
    }
}

namespace {

constexpr int RootTries = 40; // places beside floats; each may measure the box

} // namespace

// Beside the floats at the first place from where the margins leave it, that is wide and high enough; else below.
LayoutUnit BlockFlow::findRootPlace(const Frame &parent, BoxId child, BlockWidth &width, LayoutUnit &x, Space &space)
{
    LayoutUnit y = currentY();
    const LayoutEdges margin = marginOf(m_pass->style(child), parent.in.width);
    const LayoutUnit left = parent.contentLeft;
    const LayoutUnit right = parent.contentRight();
    for (int tries = 0; tries < RootTries; ++tries) {
        FloatArea::Band band = m_floats.bandAt(y, y, left, right);
        for (int again = 0; again < 3; ++again) {
            if (band.left == left && band.right == right) {
                space.width = width.width;
                x = left + width.marginLeft;
                return y;
            }
            const LayoutUnit from = std::max(band.left, left + margin.left);
            const LayoutUnit to = std::min(band.right, right - margin.right);
            const LayoutUnit used = blockWidthBeside(*m_pass, child, parent.in, std::max(LayoutUnit(), to - from));
            // A box that keeps its width is where its margins put it, or further in.
            const LayoutUnit wanted = std::max(left + width.marginLeft, from);
            const LayoutUnit at = std::max(from, std::min(wanted, band.right - used));
            if (band.right - band.left < used || at + used > band.right)
                break;
            space.width = used;
            const LayoutUnit height = m_pass->heightAt(child, space).height;
            const FloatArea::Band whole = m_floats.bandAt(y, y + height, left, right);
            if (whole.left <= at && at + used <= whole.right) {
                x = at;
                return y;
            }
            if (whole == band)
                break;
            band = whole;
        }
        const auto next = m_floats.nextEdge(y);
        if (!next)
            break;
        y = *next;
    }
    if (const auto bottom = m_floats.bottom())
        y = std::max(y, *bottom);
    space.width = width.width;
    x = left + width.marginLeft;
    return y;
}

void BlockFlow::addRoot(Frame &parent, BoxId child)
{
    const ComputedStyle &style = m_pass->style(child);
    const LayoutEdges margin = marginOf(style, parent.in.width);
    BlockWidth width = blockWidth(*m_pass, child, parent.in);
    Space space;
    space.width = width.width;
    space.containingWidth = parent.in.width;
    space.containingHeight = parent.in.height;
    applyClear(parent, child, margin.top);
    m_strut.add(margin.top);
    resolve();
    LayoutUnit x = parent.contentLeft + width.marginLeft;
    LayoutUnit y = currentY();
    if (!m_floats.isEmpty())
        y = findRootPlace(parent, child, width, x, space);
    Measured measured;
    if (places()) {
        const Placed placed = m_pass->place(child, space);
        measured = {placed.height, placed.baselines};
        const LayoutPoint shift = inlineShift(*m_pass, child, parent.box, parent.in);
        m_pass->attach(parent.fragment, placed.fragment, LayoutPoint{x - parent.x, y - parent.top} + shift);
    } else {
        measured = m_pass->heightAt(child, space);
    }
    if (measured.baselines.first)
        addBaseline(y + *measured.baselines.first);
    if (measured.baselines.last)
        m_baselines.last = y + *measured.baselines.last;
    advanceTo(y + measured.height);
    m_strut.add(margin.bottom);
}

} // namespace bulkhead::engine
