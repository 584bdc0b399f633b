// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/style/keywords.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// A flex item as the algorithm of css-flexbox-1 9 sees it. Sizes are of border boxes; start and end are those of the
/// flex container's main and cross axes, so nothing here knows rows from columns.
struct FlexItem
{
    // Along the main axis.
    LayoutUnit base; ///< flex base size
    LayoutUnit minMain;
    LayoutUnit maxMain = LayoutUnit::max();
    LayoutUnit mainEdges;                      ///< border and padding
    LayoutUnit mainMarginStart, mainMarginEnd; ///< 0 when auto
    bool isMainStartAuto = false, isMainEndAuto = false;
    float grow = 0, shrink = 1;
    // Across.
    LayoutUnit crossSize; ///< hypothetical, then used
    LayoutUnit minCross;
    LayoutUnit maxCross = LayoutUnit::max();
    LayoutUnit crossMarginStart, crossMarginEnd;
    bool isCrossStartAuto = false, isCrossEndAuto = false;
    bool canStretch = false;                      ///< its cross size is auto
    AlignmentValue alignSelf{Alignment::Stretch}; ///< resolved: Start, End, Center, Stretch, Baseline, LastBaseline
    LayoutUnit baseline; ///< from its cross-start edge; for LastBaseline from its cross-end edge
    // Results.
    LayoutUnit mainSize;
    bool isStretched = false;
    LayoutUnit mainPosition, crossPosition; ///< of the border box, in the container's content box

    LayoutUnit hypotheticalMain() const;
    LayoutUnit mainMargins() const { return mainMarginStart + mainMarginEnd; }
    LayoutUnit crossMargins() const { return crossMarginStart + crossMarginEnd; }
    LayoutUnit outerCross() const { return crossSize + crossMargins(); }
    bool hasAutoCrossMargin() const { return isCrossStartAuto || isCrossEndAuto; }
};

struct FlexLine
{
    std::size_t first = 0, count = 0; ///< items
    LayoutUnit crossPosition, crossSize;
    LayoutUnit ascent;      ///< from the line's cross start to the baseline its items share
    LayoutUnit lastDescent; ///< from the last baseline they share to the line's cross end
};

/// 9.3: one line, or as many as @p innerMain (none: unlimited) demands.
std::vector<FlexLine> collectFlexLines(std::span<const FlexItem> items, std::optional<LayoutUnit> innerMain,
                                       LayoutUnit gap, bool isMultiLine);

/// The outer hypothetical sizes of a line with its gaps.
LayoutUnit hypotheticalLineSize(std::span<const FlexItem> line, LayoutUnit gap);

/// 9.7: gives each item of a line its mainSize.
void resolveFlexibleLengths(std::span<FlexItem> line, LayoutUnit innerMain, LayoutUnit gap);

} // namespace bulkhead::engine
