// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/space.h"
#include "renderer/engine/style/computed_style.h"

#include <optional>

namespace bulkhead::engine {

class LayoutPass;

/// The used width of a block-level box in the flow, and where that leaves it (CSS 2.1 10.3.3, 10.3.4).
struct BlockWidth
{
    LayoutUnit width; ///< of the border box
    LayoutUnit marginLeft;
    LayoutUnit marginRight;
};

/// What a containing block is for its children.
struct Containing
{
    LayoutUnit width;
    std::optional<LayoutUnit> height;
    Direction direction = Direction::Ltr;
    TextAlign align = TextAlign::Start; ///< only BlockLeft and its like matter
};

BlockWidth blockWidth(LayoutPass &pass, BoxId box, const Containing &in);
/// The same for a box that stands beside floats (CSS 2.1 9.5): @p available is what is between them.
/// Margins are those against the containing block where no float is; the float itself does the rest.
LayoutUnit blockWidthBeside(LayoutPass &pass, BoxId box, const Containing &in, LayoutUnit available);

} // namespace bulkhead::engine
