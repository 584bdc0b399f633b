// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/grid_items.h"

#include "renderer/engine/layout/box_alignment.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>
#include <map>

namespace bulkhead::engine {
namespace {

using Kind = GridTrackLimit::Kind;

/// 6.2: what has its own proportions is not stretched by "normal".
bool hasOwnSize(LayoutPass &pass, BoxId box)
{
    return pass.box(box).type == Box::Type::Replaced || pass.style(box).box->aspectRatio.has_value();
}

/// What the tracks that an item spans are like, for 6.6.
struct SpannedTracks
{
    bool anyAuto = false, anyFlexible = false, allFixed = true;
    LayoutUnit fixedSize;

    SpannedTracks(const std::vector<GridTrack> &tracks, GridRange range)
    {
        constexpr int Enough = 1000; // hostile spans: what is beyond does not count
        for (int i = range.start; i < range.end && i < range.start + Enough; ++i) {
            const GridTrack &track = tracks[std::size_t(i)];
            anyAuto = anyAuto || track.min.kind == Kind::Auto;
            anyFlexible = anyFlexible || track.isFlexible();
            allFixed = allFixed && track.max.kind == Kind::Fixed;
            fixedSize += track.max.length;
        }
    }
};

/// The automatic minimum size (6.6) of a margin box whose content-based one is @p content.
LayoutUnit automaticMinimum(const SpannedTracks &tracks, GridRange range, LayoutUnit content, LayoutUnit least)
{
    if (!tracks.anyAuto || (range.span() > 1 && tracks.anyFlexible))
        return least;
    return tracks.allFixed ? std::max(std::min(content, tracks.fixedSize), least) : content;
}

} // namespace

LayoutUnit gridGap(const Length &gap, std::optional<LayoutUnit> base)
{
    if (!gap.isLength() || (gap.dependsOnBase() && !base))
        return {};
    return std::max(gap.resolve(base.value_or(LayoutUnit())), LayoutUnit());
}

GridAlignment gridAlignment(LayoutPass &pass, const ComputedStyle &container, BoxId box)
{
    const ComputedStyle &style = pass.style(box);
    const Alignment normal = hasOwnSize(pass, box) ? Alignment::Start : Alignment::Stretch;
    GridAlignment found{style.flexGrid->justifySelf, style.flexGrid->alignSelf};
    if (found.justify.value == Alignment::Auto)
        found.justify = container.flexGrid->justifyItems;
    if (found.align.value == Alignment::Auto)
        found.align = container.flexGrid->alignItems;
    const bool isRightToLeft = container.text->direction == Direction::Rtl;
    found.justify.value = resolveAlignment(
        found.justify.value, {false, isRightToLeft, true, style.text->direction != container.text->direction}, normal);
    found.align.value = resolveAlignment(found.align.value, {false, false, false, false}, normal);
    return found;
}

std::vector<GridItem> gridItems(LayoutPass &pass, const ComputedStyle &container, const GridStructure &structure)
{
    std::vector<GridItem> items(structure.items.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        const GridAlignment aligned = gridAlignment(pass, container, structure.items[i]);
        items[i].box = structure.items[i];
        items[i].area = structure.placement.areas[i];
        items[i].justify = aligned.justify;
        items[i].align = aligned.align;
    }
    return items;
}

std::vector<GridContribution> columnContributions(LayoutPass &pass, const std::vector<GridItem> &items,
                                                  const std::vector<GridTrack> &columns)
{
    std::vector<GridContribution> found;
    found.reserve(items.size());
    for (const GridItem &item : items) {
        const ComputedStyle &style = pass.style(item.box);
        const Intrinsic intrinsic = pass.contribution(item.box);
        GridContribution contribution{item.area.columns, intrinsic.min, intrinsic.min, intrinsic.max};
        const Length &width = style.box->width;
        if (width.isAuto() || width.dependsOnBase()) {
            const LayoutUnit least = borderAndPadding(pass, item.box, LayoutUnit()).horizontal() +
                                     marginOf(style, LayoutUnit()).horizontal();
            const auto own = resolveWidth(pass, item.box, style.box->minWidth, std::nullopt, LayoutUnit());
            if (own)
                contribution.minimum = *own + marginOf(style, LayoutUnit()).horizontal();
            else if (style.isScrollContainer())
                contribution.minimum = least;
            else
                contribution.minimum = automaticMinimum(SpannedTracks(columns, item.area.columns), item.area.columns,
                                                        intrinsic.min, least);
        }
        found.push_back(contribution);
    }
    return found;
}

LayoutUnit gridItemWidth(LayoutPass &pass, const GridItem &item)
{
    const ComputedStyle &style = pass.style(item.box);
    const LayoutUnit available = std::max(item.areaWidth - item.margin.horizontal(), LayoutUnit());
    const bool hasAutoMargin = style.box->margin.left.isAuto() || style.box->margin.right.isAuto();
    if (item.justify.value != Alignment::Stretch || hasAutoMargin || !style.box->width.isAuto() ||
        pass.box(item.box).type == Box::Type::Replaced || pass.box(item.box).isTableWrapper)
        return shrinkToFitWidth(pass, item.box, item.areaWidth, std::nullopt, available);
    const LayoutUnit least = borderAndPadding(pass, item.box, item.areaWidth).horizontal();
    return clampWidth(pass, item.box, std::max(available, least), item.areaWidth, available);
}

void measureGridItems(LayoutPass &pass, std::vector<GridItem> &items, const std::vector<GridTrack> &rows)
{
    std::map<int, LayoutUnit> ascents; // by row
    for (GridItem &item : items) {
        bool isFixed = true;
        for (int i = item.area.rows.start; i < item.area.rows.end && isFixed; ++i)
            isFixed = rows[std::size_t(i)].min.kind == Kind::Fixed && rows[std::size_t(i)].max.kind == Kind::Fixed;
        if (isFixed && !item.isOnBaseline() && item.area.rows.start > 0)
            continue;
        Space space;
        space.width = item.width;
        space.containingWidth = item.areaWidth;
        const Measured measured = pass.heightAt(item.box, space);
        item.height = measured.height;
        item.baselines = measured.baselines;
        if (item.isOnBaseline()) {
            const LayoutUnit ascent = item.margin.top + item.baselines.first.value_or(item.height);
            const auto [found, isNew] = ascents.try_emplace(item.area.rows.start, ascent);
            found->second = std::max(found->second, ascent);
        }
    }
    for (GridItem &item : items)
        if (item.isOnBaseline())
            item.shim = ascents[item.area.rows.start] - item.margin.top - item.baselines.first.value_or(item.height);
}

std::vector<GridContribution> rowContributions(LayoutPass &pass, const std::vector<GridItem> &items,
                                               const std::vector<GridTrack> &rows)
{
    std::vector<GridContribution> found;
    found.reserve(items.size());
    for (const GridItem &item : items) {
        const ComputedStyle &style = pass.style(item.box);
        const LayoutUnit outside = item.margin.vertical() + item.shim;
        const LayoutUnit size = item.height + outside;
        GridContribution contribution{item.area.rows, size, size, size};
        const Length &height = style.box->height;
        if (height.isAuto() || height.dependsOnBase()) {
            const LayoutUnit least = borderAndPadding(pass, item.box, item.areaWidth).vertical() + outside;
            if (const auto own = resolveHeight(pass, item.box, style.box->minHeight, std::nullopt, item.areaWidth))
                contribution.minimum = *own + outside;
            else if (style.isScrollContainer())
                contribution.minimum = least;
            else
                contribution.minimum =
                    automaticMinimum(SpannedTracks(rows, item.area.rows), item.area.rows, size, least);
        }
        found.push_back(contribution);
    }
    return found;
}

std::optional<LayoutUnit> stretchedGridItemHeight(LayoutPass &pass, const GridItem &item, LayoutUnit areaHeight)
{
    const ComputedStyle &style = pass.style(item.box);
    const bool hasAutoMargin = style.box->margin.top.isAuto() || style.box->margin.bottom.isAuto();
    if (item.align.value != Alignment::Stretch || hasAutoMargin || !style.box->height.isAuto() ||
        pass.box(item.box).type == Box::Type::Replaced)
        return std::nullopt;
    const LayoutUnit least = borderAndPadding(pass, item.box, item.areaWidth).vertical();
    return clampHeight(pass, item.box, std::max(areaHeight - item.margin.vertical(), least), areaHeight,
                       item.areaWidth);
}

LayoutPoint gridItemOffset(LayoutPass &pass, const GridItem &item, LayoutSize area, bool isRightToLeft)
{
    const LengthEdges &margin = pass.style(item.box).box->margin;
    const auto along = [](LayoutUnit free, AlignmentValue value, LayoutUnit before, const Length &start,
                          const Length &end) {
        const LayoutUnit room = std::max(free, LayoutUnit());
        if (start.isAuto())
            return end.isAuto() ? room / 2 : room;
        return before + (end.isAuto() ? LayoutUnit() : alignedOffset(value, free));
    };
    const LayoutUnit freeX = area.width - item.width - item.margin.horizontal();
    const LayoutUnit freeY = area.height - item.height - item.margin.vertical();
    LayoutPoint offset;
    if (isRightToLeft)
        offset.x = area.width - item.width - along(freeX, item.justify, item.margin.right, margin.right, margin.left);
    else
        offset.x = along(freeX, item.justify, item.margin.left, margin.left, margin.right);
    offset.y = item.isOnBaseline() ? item.margin.top + item.shim
                                   : along(freeY, item.align, item.margin.top, margin.top, margin.bottom);
    return offset;
}

} // namespace bulkhead::engine
