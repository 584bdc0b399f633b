// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/paint/image_source.h"
#include "renderer/engine/paint/pixel_grid.h"
#include "renderer/engine/paint/tiles.h"
#include "renderer/engine/style/computed_style.h"

#include <optional>

namespace bulkhead::engine {

/// The edges of a box that backgrounds refer to, in the coordinates of a space.
struct BackgroundEdges
{
    LayoutRect border;
    LayoutEdges borderWidths;
    LayoutEdges padding;

    LayoutRect paddingBox() const;
    LayoutRect contentBox() const;
    LayoutRect of(BackgroundBox box) const;
};

/// The size of one tile (css-backgrounds-3 3.9) in @p area, before rounding by background-repeat: round.
LayoutSize backgroundTileSize(const BackgroundLayer &layer, LayoutSize area, const NaturalSize &natural);

/// The concrete object size that css-images-3 5.3 gives an image for which nothing is specified.
LayoutSize defaultObjectSize(const NaturalSize &natural, LayoutSize area);

/// Where the tiles of @p layer lie when its positioning area is @p area; nothing when there are none.
/// @p clip is what may be painted.
std::optional<TileLayout> placeBackground(const BackgroundLayer &layer, const LayoutRect &area, const RoundedRect &clip,
                                          const NaturalSize &natural, const PixelGrid &grid);

} // namespace bulkhead::engine
