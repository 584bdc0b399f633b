// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/line.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>

/// Vertical alignment in lines (CSS 2.1 10.8).
namespace bulkhead::engine {

namespace {

constexpr std::size_t BoxesOfLine = 60'000; // they are numbered by 16 bits

LayoutUnit percentOfLineHeight(const ComputedStyle &style, const FontMetrics &metrics)
{
    return style.verticalAlignLength.resolve(lineHeight(style, metrics));
}

} // namespace

LayoutUnit lineHeight(const ComputedStyle &style, const FontMetrics &metrics)
{
    const Length &height = style.text->lineHeight;
    if (height.is(Length::Kind::Number))
        return LayoutUnit::fromPixels(double(height.value()) * double(style.font->size));
    if (height.isLength())
        return height.resolve(LayoutUnit::fromPixels(double(style.font->size)));
    return LayoutUnit::fromPixels(double(metrics.ascent) + double(metrics.descent) +
                                  std::round(double(metrics.lineGap)));
}

void LineHeights::Group::include(LayoutUnit up, LayoutUnit down)
{
    above = isEmpty ? up : std::max(above, up);
    below = isEmpty ? down : std::max(below, down);
    isEmpty = false;
}

LayoutUnit LineHeights::shift(const Line &, const ComputedStyle &style, const LineBox &parent, LayoutUnit above,
                              LayoutUnit below) const
{
    const ComputedStyle &outer = m_pass->styles().style(parent.style);
    const int size = int(outer.font->size);
    switch (style.verticalAlign) {
    case VerticalAlign::Sub:
        return LayoutUnit(size / 5 + 1);
    case VerticalAlign::Super:
        return LayoutUnit(-(size / 3 + 1));
    case VerticalAlign::TextTop:
        return above - parent.ascent;
    case VerticalAlign::TextBottom:
        return parent.descent - below;
    case VerticalAlign::Middle: {
        const FontMetrics &metrics = m_pass->shaper().metrics(m_pass->font(parent.style));
        return (above - below) / 2 - LayoutUnit::fromPixels(double(metrics.xHeight) / 2);
    }
    case VerticalAlign::Length:
        return -percentOfLineHeight(style, m_pass->shaper().metrics(m_pass->shaper().font(*style.font)));
    default:
        return {};
    }
}

void LineHeights::addBox(Line &line, BoxId box, std::uint16_t parent, bool opensHere) const
{
    if (line.boxes.size() >= BoxesOfLine)
        return;
    LineBox made;
    made.box = box;
    made.style = line.isFirst ? m_pass->boxes().firstLineStyle(box) : m_pass->box(box).style;
    made.parent = parent;
    made.opensHere = opensHere;
    const ComputedStyle &style = m_pass->styles().style(made.style);
    const FontMetrics &metrics = m_pass->shaper().metrics(m_pass->font(made.style));
    made.ascent = LayoutUnit::fromPixels(double(metrics.ascent));
    made.descent = LayoutUnit::fromPixels(double(metrics.descent));
    const LayoutUnit height = lineHeight(style, metrics);
    // Half of the leading on both sides, in whole pixels as Chromium does.
    const LayoutUnit leading = height - made.ascent - made.descent;
    made.above = made.ascent + LayoutUnit((leading / 2).floor());
    made.below = height - made.above;
    line.boxes.push_back(made);
}

void LineHeights::makeBoxes(Line &line, BoxId root, const std::vector<BoxId> &open) const
{
    line.boxes.clear();
    addBox(line, root, 0, false);
    std::vector<std::uint16_t> stack{0};
    const auto push = [&](BoxId box, bool opensHere) {
        addBox(line, box, stack.back(), opensHere);
        stack.push_back(std::uint16_t(line.boxes.size() - 1));
    };
    for (const BoxId box : open)
        push(box, false);
    for (LineItem &item : line.items) {
        if (item.item.kind == InlineItem::Kind::Open)
            push(item.item.box, true);
        item.box = stack.back();
        if (item.item.kind == InlineItem::Kind::Close && stack.size() > 1) {
            line.boxes[stack.back()].closesHere = true;
            stack.pop_back();
        }
        if (item.item.kind == InlineItem::Kind::Word || item.item.kind == InlineItem::Kind::Tab ||
            item.item.kind == InlineItem::Kind::ForcedBreak)
            line.boxes[item.box].hasText |= item.item.isSolid;
    }
}

// The line height quirk: boxes without text do not make a line higher.
bool LineHeights::counts(const LineBox &box) const
{
    if (m_pass->quirks() == QuirksMode::None || box.hasText)
        return true;
    if (m_pass->box(box.box).type != Box::Type::Inline)
        return false;
    const ComputedStyle &style = m_pass->styles().style(box.style);
    return borderAndPadding(style, LayoutUnit(100)).horizontal() != 0;
}

void LineHeights::align(Line &line, const std::vector<AtomicBox> &atomics) const
{
    std::vector<Group> groups(1);
    const auto newGroup = [&](VerticalAlign how) {
        groups.push_back({});
        groups.back().align = how;
        return std::uint16_t(groups.size() - 1);
    };
    for (std::size_t i = 0; i < line.boxes.size(); ++i) {
        LineBox &box = line.boxes[i];
        if (i > 0) {
            const LineBox &parent = line.boxes[box.parent];
            const ComputedStyle &style = m_pass->styles().style(box.style);
            if (style.verticalAlign == VerticalAlign::Top || style.verticalAlign == VerticalAlign::Bottom) {
                box.group = newGroup(style.verticalAlign);
                box.baseline = LayoutUnit();
            } else {
                box.group = parent.group;
                box.baseline = parent.baseline + shift(line, style, parent, box.above, box.below);
            }
        }
        if (counts(box))
            groups[box.group].include(box.above - box.baseline, box.below + box.baseline);
    }
    std::vector<std::pair<LineItem *, std::uint16_t>> placed;
    for (LineItem &item : line.items) {
        if (item.item.kind != InlineItem::Kind::Atomic)
            continue;
        const AtomicBox &atomic = atomics[item.source];
        const ComputedStyle &style = m_pass->style(item.item.box);
        const LineBox &parent = line.boxes[item.box];
        const LayoutUnit below = atomic.height() - atomic.baseline;
        std::uint16_t group = parent.group;
        LayoutUnit baseline;
        if (style.verticalAlign == VerticalAlign::Top || style.verticalAlign == VerticalAlign::Bottom)
            group = newGroup(style.verticalAlign);
        else
            baseline = parent.baseline + shift(line, style, parent, atomic.baseline, below);
        groups[group].include(atomic.baseline - baseline, below + baseline);
        item.top = baseline - atomic.baseline;
        placed.emplace_back(&item, group);
    }
    // Boxes at the line's top or bottom, which may make it higher.
    Group &all = groups.front();
    for (const Group &group : groups) {
        const LayoutUnit missing = group.above + group.below - (all.above + all.below);
        if (&group != &all && missing > 0)
            (group.align == VerticalAlign::Top ? all.below : all.above) += missing;
    }
    line.height = all.above + all.below;
    line.baseline = all.above;
    const auto baselineOf = [&](std::uint16_t index) {
        const Group &group = groups[index];
        if (index == 0)
            return all.above;
        return group.align == VerticalAlign::Top ? group.above : line.height - group.below;
    };
    for (LineBox &box : line.boxes)
        box.baseline += baselineOf(box.group);
    for (const auto &[item, group] : placed)
        item->top += baselineOf(group);
}

} // namespace bulkhead::engine
