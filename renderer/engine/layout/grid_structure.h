// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/grid_placement.h"
#include "renderer/engine/layout/grid_tracks.h"
#include "renderer/engine/layout/layout_pass.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// The inner sizes of a grid container that are known before its tracks are.
struct GridInnerSize
{
    std::optional<LayoutUnit> width, height;
    /// When there is no size: what auto repetitions have to fit into or at least to reach.
    std::optional<LayoutUnit> maxWidth, minWidth, maxHeight, minHeight;
};

/// The lines of a grid and the items between them: what does not depend on sizes, but for auto repetitions.
struct GridStructure
{
    ExplicitGrid columns, rows;
    std::vector<BoxId> items; ///< in the flow, in order-modified document order
    GridPlacement placement;  ///< areas by item

    std::vector<GridTrack> columnTracks(const ComputedStyle &style, std::optional<LayoutUnit> base) const;
    std::vector<GridTrack> rowTracks(const ComputedStyle &style, std::optional<LayoutUnit> base) const;
};

/// Made once for each pair of counts of auto repetitions, and kept in the pass.
const GridStructure &gridStructure(LayoutPass &pass, BoxId box, const GridInnerSize &inner);

} // namespace bulkhead::engine
