// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/grid_structure.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace bulkhead::engine {
namespace {

using Kind = GridTrackLimit::Kind;

class KeptStructure : public FormattingData
{
public:
    KeptStructure(std::size_t forColumns, std::size_t forRows, GridStructure &&made)
        : columnRepetitions(forColumns), rowRepetitions(forRows), structure(std::move(made))
    {
    }
    std::size_t columnRepetitions, rowRepetitions;
    GridStructure structure;
};

GridTrackLimit limitOf(const Length &size, std::optional<LayoutUnit> base)
{
    switch (size.kind()) {
    case Length::Kind::MinContent:
        return {Kind::MinContent};
    case Length::Kind::MaxContent:
        return {Kind::MaxContent};
    case Length::Kind::FitContent:
        return {Kind::FitContent, LayoutUnit::fromPixels(size.value())};
    case Length::Kind::Fraction:
        return {Kind::Flex, {}, std::max(size.value(), 0.0F)};
    default:
        break;
    }
    // 7.2.1: percentages of an indefinite size are auto.
    if (!size.isLength() || (size.dependsOnBase() && !base))
        return {Kind::Auto};
    return {Kind::Fixed, std::max(size.resolve(base.value_or(LayoutUnit())), LayoutUnit())};
}

GridTrack trackOf(const TrackSize &size, std::optional<LayoutUnit> base)
{
    GridTrack track{limitOf(size.min, base), limitOf(size.max, base)};
    if (track.min.kind == Kind::Flex || track.min.kind == Kind::FitContent)
        track.min = {Kind::Auto};
    return track;
}

std::vector<GridTrack> tracksOf(const ExplicitGrid &grid, const std::vector<TrackSize> &autoSizes, int before,
                                int count, std::optional<LayoutUnit> base)
{
    static const std::vector<TrackSize> justAuto{TrackSize{}};
    const std::vector<TrackSize> &pattern = autoSizes.empty() ? justAuto : autoSizes;
    const int period = int(pattern.size());
    const int named = int(grid.sizes().size());
    std::vector<GridTrack> tracks;
    tracks.reserve(std::size_t(count));
    for (int i = -before; i < count - before; ++i) {
        if (i >= 0 && i < named)
            tracks.push_back(trackOf(grid.sizes()[std::size_t(i)], base));
        else
            tracks.push_back(
                trackOf(pattern[std::size_t(i < 0 ? (period + i % period) % period : (i - named) % period)], base));
    }
    return tracks;
}

/// 7.2.3.2: tracks of repeat(auto-fit) that no item is in.
void collapseEmpty(std::vector<GridTrack> &tracks, const ExplicitGrid &grid, int before,
                   const std::vector<GridArea> &areas, GridRange GridArea::*axis)
{
    std::vector<int> begins(tracks.size() + 1);
    for (const GridArea &area : areas) {
        ++begins[std::size_t((area.*axis).start)];
        --begins[std::size_t((area.*axis).end)];
    }
    int covering = 0;
    for (int i = 0; i < int(tracks.size()); ++i) {
        covering += begins[std::size_t(i)];
        const int line = i - before;
        if (covering == 0 && line >= grid.repeated().start && line < grid.repeated().end)
            tracks[std::size_t(i)].isCollapsed = true;
    }
}

std::size_t repetitionsOf(const GridTemplate &tracks, const Length &gapLength, std::optional<LayoutUnit> size,
                          std::optional<LayoutUnit> most, std::optional<LayoutUnit> least)
{
    if (tracks.autoRepeat == GridTemplate::AutoRepeat::None)
        return 0;
    const std::optional<LayoutUnit> available = size ? size : (most ? most : least);
    if (!available)
        return 1;
    const LayoutUnit gap =
        gapLength.isLength() && (size || !gapLength.dependsOnBase()) ? gapLength.resolve(*available) : LayoutUnit();
    LayoutUnit fixed, repeated;
    std::size_t fixedCount = 0, repeatedCount = 0;
    for (std::size_t i = 0; i < tracks.tracks.size(); ++i) {
        const GridTrack track = trackOf(tracks.tracks[i].size, size);
        const LayoutUnit length =
            track.max.kind == Kind::Fixed
                ? std::max(track.max.length, track.min.kind == Kind::Fixed ? track.min.length : LayoutUnit())
                : track.min.length;
        const bool repeats = i >= tracks.autoRepeatAt && i < tracks.autoRepeatAt + tracks.autoRepeatTracks;
        (repeats ? repeated : fixed) += repeats ? std::max(length, LayoutUnit(1)) : length;
        ++(repeats ? repeatedCount : fixedCount);
    }
    return autoRepetitions(fixed, fixedCount, repeated, repeatedCount, gap, *available, !size && !most);
}

std::vector<BoxId> itemsOf(LayoutPass &pass, BoxId box)
{
    std::vector<BoxId> items;
    for (const BoxId child : pass.boxes().children(box))
        if (!pass.style(child).isOutOfFlow())
            items.push_back(child);
    std::stable_sort(items.begin(), items.end(),
                     [&](BoxId a, BoxId b) { return pass.style(a).flexGrid->order < pass.style(b).flexGrid->order; });
    return items;
}

GridFlow flowOf(const FlexGridStyle &style)
{
    if (style.autoFlowColumn)
        return style.autoFlowDense ? GridFlow::ColumnDense : GridFlow::Column;
    return style.autoFlowDense ? GridFlow::RowDense : GridFlow::Row;
}

GridStructure makeStructure(LayoutPass &pass, BoxId box, std::size_t forColumns, std::size_t forRows)
{
    const FlexGridStyle &style = *pass.style(box).flexGrid;
    const TemplateAreas areas = templateAreas(style.templateAreas);
    GridStructure made{{style.templateColumns, forColumns, areas.columns, areas.columnCount},
                       {style.templateRows, forRows, areas.rows, areas.rowCount},
                       itemsOf(pass, box),
                       {}};
    std::vector<GridRequest> requests;
    requests.reserve(made.items.size());
    for (const BoxId item : made.items) {
        const FlexGridStyle &asked = *pass.style(item).flexGrid;
        requests.push_back({made.rows.resolve(asked.rowStart, asked.rowEnd),
                            made.columns.resolve(asked.columnStart, asked.columnEnd)});
    }
    made.placement = placeGridItems(requests, made.rows.trackCount(), made.columns.trackCount(), flowOf(style));
    return made;
}

} // namespace

std::vector<GridTrack> GridStructure::columnTracks(const ComputedStyle &style, std::optional<LayoutUnit> base) const
{
    auto tracks = tracksOf(columns, style.flexGrid->autoColumns, placement.columnsBefore, placement.columnCount, base);
    if (style.flexGrid->templateColumns.autoRepeat == GridTemplate::AutoRepeat::Fit)
        collapseEmpty(tracks, columns, placement.columnsBefore, placement.areas, &GridArea::columns);
    return tracks;
}

std::vector<GridTrack> GridStructure::rowTracks(const ComputedStyle &style, std::optional<LayoutUnit> base) const
{
    auto tracks = tracksOf(rows, style.flexGrid->autoRows, placement.rowsBefore, placement.rowCount, base);
    if (style.flexGrid->templateRows.autoRepeat == GridTemplate::AutoRepeat::Fit)
        collapseEmpty(tracks, rows, placement.rowsBefore, placement.areas, &GridArea::rows);
    return tracks;
}

const GridStructure &gridStructure(LayoutPass &pass, BoxId box, const GridInnerSize &inner)
{
    const ComputedStyle &style = pass.style(box);
    const std::size_t forColumns =
        repetitionsOf(style.flexGrid->templateColumns, style.columnGap, inner.width, inner.maxWidth, inner.minWidth);
    const std::size_t forRows =
        repetitionsOf(style.flexGrid->templateRows, style.rowGap, inner.height, inner.maxHeight, inner.minHeight);
    const auto *kept = static_cast<KeptStructure *>(pass.data(box));
    if (!kept || kept->columnRepetitions != forColumns || kept->rowRepetitions != forRows)
        kept = static_cast<KeptStructure *>(pass.keep(
            box, std::make_unique<KeptStructure>(forColumns, forRows, makeStructure(pass, box, forColumns, forRows))));
    return kept->structure;
}

} // namespace bulkhead::engine
