// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/grid_structure.h"
#include "renderer/engine/layout/grid_tracks.h"
#include "renderer/engine/layout/layout_pass.h"

#include <optional>
#include <vector>

namespace bulkhead::engine {

/// justify-self and align-self, resolved: Start, End, Center, Stretch, Baseline or LastBaseline.
struct GridAlignment
{
    AlignmentValue justify, align;
};

/// A grid item while its container is laid out.
struct GridItem
{
    BoxId box = BoxId::None;
    GridArea area;
    AlignmentValue justify, align;
    LayoutUnit areaWidth;
    LayoutEdges margin; ///< auto counts as 0
    LayoutUnit width;   ///< of the border box
    LayoutUnit height;  ///< likewise, as measured or placed
    Baselines baselines;
    LayoutUnit shim;               ///< above it, so that baselines of a row meet
    std::optional<LayoutUnit> top; ///< of its border box, when placed

    bool isOnBaseline() const { return align.value == Alignment::Baseline; }
};

/// normal counts as 0, percentages of nothing likewise.
LayoutUnit gridGap(const Length &gap, std::optional<LayoutUnit> base);

GridAlignment gridAlignment(LayoutPass &pass, const ComputedStyle &container, BoxId box);
std::vector<GridItem> gridItems(LayoutPass &pass, const ComputedStyle &container, const GridStructure &structure);

/// What items ask of the columns, from their intrinsic widths.
std::vector<GridContribution> columnContributions(LayoutPass &pass, const std::vector<GridItem> &items,
                                                  const std::vector<GridTrack> &columns);
/// The width of an item in its area: stretched, its own, or what fits.
LayoutUnit gridItemWidth(LayoutPass &pass, const GridItem &item);
/// Heights and baselines of items whose rows depend on them.
void measureGridItems(LayoutPass &pass, std::vector<GridItem> &items, const std::vector<GridTrack> &rows);
std::vector<GridContribution> rowContributions(LayoutPass &pass, const std::vector<GridItem> &items,
                                               const std::vector<GridTrack> &rows);
/// Nothing when the item keeps its own height.
std::optional<LayoutUnit> stretchedGridItemHeight(LayoutPass &pass, const GridItem &item, LayoutUnit areaHeight);
/// Of its border box in its area: auto margins, justify-self, align-self (10.2 to 10.4).
LayoutPoint gridItemOffset(LayoutPass &pass, const GridItem &item, LayoutSize area, bool isRightToLeft);

} // namespace bulkhead::engine
