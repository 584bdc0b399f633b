// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/flex_lines.h"
#include "renderer/engine/layout/layout_pass.h"

#include <optional>
#include <vector>

namespace bulkhead::engine {

/// A flex container, its axes turned into physical ones.
struct FlexContainer
{
    BoxId box = BoxId::None;
    const ComputedStyle *style = nullptr;
    bool isRow = true;
    bool isMainReversed = false;  ///< main start is on the right or at the bottom
    bool isCrossReversed = false; ///< cross start likewise
    bool isMultiLine = false;
    LayoutEdges edges; ///< border and padding
    LayoutUnit contentWidth;
    std::optional<LayoutUnit> contentHeight; ///< when definite
    LayoutUnit mainGap, crossGap;

    std::optional<LayoutUnit> innerMain() const { return isRow ? std::optional(contentWidth) : contentHeight; }
    std::optional<LayoutUnit> innerCross() const { return isRow ? contentHeight : std::optional(contentWidth); }
    AlignmentValue alignContent() const;
    AlignmentValue justifyContent() const;
    /// Of a child, auto being the container's align-items.
    AlignmentValue alignSelf(const ComputedStyle &child) const;
};

FlexContainer flexContainer(LayoutPass &pass, BoxId box, const Space &space);

/// An item with what only layout knows of it.
struct FlexChild
{
    BoxId box = BoxId::None;
    bool isHeightDefinite = false; ///< in columns: percentages of its main size have a meaning (9.8)
    Baselines baselines;           ///< as measured
};

struct FlexItems
{
    std::vector<FlexItem> items; ///< in order-modified document order
    std::vector<FlexChild> children;
};

/// css-flexbox-1 9.2: all items that are in the flow with their flex base sizes and limits.
FlexItems flexItems(LayoutPass &pass, const FlexContainer &container);

/// What an item is measured or placed in, with its main size as it is in @p item.
Space spaceOfFlexItem(const FlexContainer &container, const FlexItem &item, const FlexChild &child);

} // namespace bulkhead::engine
