// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"

namespace bulkhead::engine {

/// The place of a disc, circle, square or triangle beside a list item's content; the proportions are Chromium's.
struct MarkerShape
{
    LayoutUnit size;
    LayoutUnit distance; ///< from the content
    LayoutUnit top;      ///< below the top of the font
};

inline MarkerShape markerShape(int ascent)
{
    const int reach = ascent * 2 / 3;
    MarkerShape shape;
    shape.size = LayoutUnit((reach + 1) / 2);
    shape.distance = LayoutUnit(reach + 8) - shape.size;
    shape.top = LayoutUnit(3 * (ascent - reach) / 2);
    return shape;
}

} // namespace bulkhead::engine
