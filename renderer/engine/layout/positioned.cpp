// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/positioned.h"

#include "renderer/engine/layout/replaced_size.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

/// One axis of an absolute box: CSS 2.1 10.3.7 and 10.6.4 are the same up to what "auto" gives.
struct AxisInput
{
    LayoutUnit containing;
    std::optional<LayoutUnit> start, end; // insets; nothing: auto
    std::optional<LayoutUnit> marginStart, marginEnd;
    LayoutUnit staticStart; // of the margin box
    LayoutUnit size;
    bool staticIsEnd = false; // both insets auto: the box ends at staticStart
    bool staticIsCenter = false;
    bool startGivesWay = false;   // over-constrained: in right-to-left containing blocks
    bool negativeAtStart = false; // auto margins never make it stick out at the start
};

struct AxisResult
{
    LayoutUnit position; // of the border box, from the containing block's padding edge
};

AxisResult solve(const AxisInput &in)
{
    const LayoutUnit marginStart = in.marginStart.value_or(LayoutUnit());
    const LayoutUnit marginEnd = in.marginEnd.value_or(LayoutUnit());
    if (!in.start && !in.end) {
        if (in.staticIsCenter)
            return {in.staticStart - (in.size + marginStart + marginEnd) / 2 + marginStart};
        return {in.staticIsEnd ? in.staticStart - marginEnd - in.size : in.staticStart + marginStart};
    }
    if (in.start && in.end) {
        const LayoutUnit rest = in.containing - *in.start - *in.end - in.size;
        if (!in.marginStart && !in.marginEnd)
            return {*in.start + (rest < 0 && in.negativeAtStart ? LayoutUnit() : rest / 2)};
        if (!in.marginStart)
            return {*in.start + rest - marginEnd};
        if (in.startGivesWay && in.marginEnd)
            return {in.containing - *in.end - marginEnd - in.size};
        return {*in.start + marginStart};
    }
    if (in.start)
        return {*in.start + marginStart};
    return {in.containing - *in.end - marginEnd - in.size};
}

std::optional<LayoutUnit> resolved(const Length &length, LayoutUnit base)
{
    return length.isAuto() ? std::nullopt : std::optional(length.resolve(base));
}

/// A containing block: the padding box of a fragment, or what the fragments of an inline box span.
struct ContainingBlock
{
    FragmentId fragment = FragmentId::None;
    LayoutRect area; // relative to the fragment's border box
    Direction direction = Direction::Ltr;
};

bool containsAbsolute(const ComputedStyle &style, Position position)
{
    if (!style.rare->transform.empty())
        return true;
    return position == Position::Absolute && style.isPositioned();
}

LayoutRect paddingBox(const LayoutTree &tree, FragmentId id)
{
    const Fragment &fragment = tree.fragment(id);
    const LayoutEdges &border = tree.geometry(id).border;
    return {{border.left, border.top},
            {fragment.size.width - border.horizontal(), fragment.size.height - border.vertical()}};
}

// CSS 2.1 10.1: from the top left of the first part to the bottom right of the last.
LayoutRect inlineArea(const LayoutTree &tree, FragmentId first, FragmentId last)
{
    LayoutRect area = paddingBox(tree, first);
    if (first == last)
        return area;
    const LayoutRect end = paddingBox(tree, last);
    const LayoutPoint corner =
        tree.absolutePosition(last) - tree.absolutePosition(first) + LayoutPoint{end.right(), end.bottom()};
    area.size = {corner.x - area.left(), corner.y - area.top()};
    return area;
}

ContainingBlock containingBlock(LayoutPass &pass, BoxId box)
{
    const LayoutTree &tree = pass.tree();
    const Position position = pass.style(box).position;
    for (BoxId id = pass.box(box).parent; id != BoxId::None && id != BoxId::Root; id = pass.box(id).parent) {
        const FragmentId first = tree.firstOfBox[std::size_t(id)];
        if (first == FragmentId::None || !containsAbsolute(pass.style(id), position))
            continue;
        if (pass.box(id).type == Box::Type::Inline)
            return {first, inlineArea(tree, first, tree.lastOfBox[std::size_t(id)]), pass.style(id).text->direction};
        return {first, paddingBox(tree, first), pass.style(id).text->direction};
    }
    return {tree.root, {{}, pass.viewport()}, pass.style(BoxId::Root).text->direction};
}

LayoutUnit absoluteWidth(LayoutPass &pass, BoxId box, const AxisInput &in, LayoutUnit height)
{
    const Box &asked = pass.box(box);
    const ComputedStyle &style = pass.style(box);
    LayoutUnit available = in.containing - in.marginStart.value_or(LayoutUnit()) - in.marginEnd.value_or(LayoutUnit());
    if (in.start)
        available -= *in.start;
    if (in.end)
        available -= *in.end;
    if (!in.start && !in.end && !in.staticIsCenter)
        available = in.staticIsEnd ? std::min(available, in.staticStart) : available - in.staticStart;
    available = std::max(available, LayoutUnit());
    const bool stretches = in.start && in.end && style.box->width.isAuto() && !asked.isTableWrapper &&
                           asked.type != Box::Type::Replaced && !style.box->aspectRatio;
    if (!stretches)
        return shrinkToFitWidth(pass, box, in.containing, height, available);
    const LayoutUnit least = borderAndPadding(pass, box, in.containing).horizontal();
    return clampWidth(pass, box, std::max(available, least), in.containing, available);
}

AxisInput axis(LayoutUnit containing, const Length &start, const Length &end, const Length &marginStart,
               const Length &marginEnd, LayoutUnit width, StaticPosition::Edge edge, LayoutUnit staticStart)
{
    AxisInput in;
    in.containing = containing;
    in.start = start.isAuto() ? std::nullopt : std::optional(start.resolve(containing));
    in.end = end.isAuto() ? std::nullopt : std::optional(end.resolve(containing));
    in.marginStart = resolved(marginStart, width); // of the width in both axes
    in.marginEnd = resolved(marginEnd, width);
    in.staticStart = staticStart;
    in.staticIsEnd = edge == StaticPosition::Edge::End;
    in.staticIsCenter = edge == StaticPosition::Edge::Center;
    return in;
}

// A height that both insets give.
std::optional<LayoutUnit> stretchedHeight(LayoutPass &pass, BoxId box, const AxisInput &in, LayoutUnit containingWidth)
{
    const ComputedStyle &style = pass.style(box);
    const Box &asked = pass.box(box);
    if (!in.start || !in.end || !style.box->height.isAuto() || asked.isTableWrapper ||
        asked.type == Box::Type::Replaced || style.box->aspectRatio)
        return std::nullopt;
    const LayoutUnit height = in.containing - *in.start - *in.end - in.marginStart.value_or(LayoutUnit()) -
                              in.marginEnd.value_or(LayoutUnit());
    const LayoutUnit least = borderAndPadding(pass, box, containingWidth).vertical();
    return clampHeight(pass, box, std::max(height, least), in.containing, containingWidth);
}

} // namespace

LayoutPoint relativeOffset(const ComputedStyle &style, LayoutSize containing,
                           std::optional<LayoutUnit> containingHeight)
{
    if (style.position != Position::Relative)
        return {};
    const LengthEdges &inset = style.box->inset;
    const auto vertical = [&](const Length &length) -> std::optional<LayoutUnit> {
        if (length.isAuto() || (length.dependsOnBase() && !containingHeight))
            return std::nullopt;
        return length.resolve(containingHeight.value_or(LayoutUnit()));
    };
    const auto left = resolved(inset.left, containing.width);
    const auto right = resolved(inset.right, containing.width);
    const auto top = vertical(inset.top);
    const auto bottom = vertical(inset.bottom);
    LayoutPoint offset;
    if (left && (!right || style.text->direction == Direction::Ltr))
        offset.x = *left;
    else if (right)
        offset.x = -*right;
    if (top)
        offset.y = *top;
    else if (bottom)
        offset.y = -*bottom;
    return offset;
}

LayoutPoint inlineShift(LayoutPass &pass, BoxId box, BoxId root, const Containing &in)
{
    LayoutPoint shift;
    for (BoxId id = pass.box(box).parent; id != root && id != BoxId::None; id = pass.box(id).parent) {
        if (pass.box(id).type != Box::Type::Inline)
            break;
        shift = shift + relativeOffset(pass.style(id), {in.width, {}}, in.height);
    }
    return shift;
}

void placeOutOfFlow(LayoutPass &pass, BoxId box, const StaticPosition &position)
{
    ContainingBlock block = containingBlock(pass, box);
    if (position.area && block.fragment == position.fragment)
        block.area = *position.area;
    const BoxStyle &style = *pass.style(box).box;
    const LayoutTree &tree = pass.tree();
    const LayoutPoint at = tree.absolutePosition(position.fragment) + position.point -
                           tree.absolutePosition(block.fragment) - block.area.origin;
    const LayoutUnit width = block.area.size.width;
    AxisInput x = axis(width, style.inset.left, style.inset.right, style.margin.left, style.margin.right, width,
                       position.horizontal, at.x);
    AxisInput y = axis(block.area.size.height, style.inset.top, style.inset.bottom, style.margin.top,
                       style.margin.bottom, width, position.vertical, at.y);
    x.startGivesWay = block.direction == Direction::Rtl;
    x.negativeAtStart = true;

    Space space;
    space.containingWidth = width;
    space.containingHeight = block.area.size.height;
    space.width = absoluteWidth(pass, box, x, block.area.size.height);
    space.height = stretchedHeight(pass, box, y, width);
    const Placed placed = pass.place(box, space);
    x.size = space.width;
    y.size = placed.height;
    pass.attach(block.fragment, placed.fragment, block.area.origin + LayoutPoint{solve(x).position, solve(y).position});
}

} // namespace bulkhead::engine
