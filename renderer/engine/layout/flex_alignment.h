// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/flex_lines.h"

#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// The container across its main axis.
struct FlexCrossAxis
{
    std::optional<LayoutUnit> inner; ///< its content size, when definite
    LayoutUnit minInner;
    LayoutUnit maxInner = LayoutUnit::max();
    LayoutUnit gap;
    AlignmentValue content{Alignment::Stretch}; ///< resolved align-content
    bool isMultiLine = false;
};

/// css-flexbox-1 9.4: the cross size of each line, from the hypothetical cross sizes of its items.
void sizeFlexLines(std::span<const FlexItem> items, std::vector<FlexLine> &lines, const FlexCrossAxis &axis);

/// 9.4 step 11: the used cross sizes of items; @p inner is the container's definite cross size or what its lines came
/// to. Lines get their place. Returns the container's inner cross size.
LayoutUnit placeFlexLines(std::span<FlexItem> items, std::vector<FlexLine> &lines, const FlexCrossAxis &axis);

/// 9.5: auto margins and justify-content (resolved), for one line.
void alignAlongMain(std::span<FlexItem> line, LayoutUnit innerMain, LayoutUnit gap, AlignmentValue justify);

/// 9.6: auto margins and align-self, for all lines; after placeFlexLines().
void alignAcross(std::span<FlexItem> items, const std::vector<FlexLine> &lines);

} // namespace bulkhead::engine
