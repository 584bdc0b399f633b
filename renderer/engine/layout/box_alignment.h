// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/style/keywords.h"

#include <cstddef>
#include <cstdint>

namespace bulkhead::engine {

/// How an axis runs, for the alignment keywords that care.
struct AlignmentAxis
{
    bool isReversed = false;     ///< flex-start is where the container ends: row-reverse, wrap-reverse
    bool isRightToLeft = false;  ///< horizontal, and its start is on the right
    bool isHorizontal = true;    ///< left and right have a meaning, else they are start
    bool isItemOpposite = false; ///< self-start of the item is the container's end
};

/// An alignment keyword without its dependence on direction: one of Start, End, Center, Stretch, Baseline,
/// LastBaseline, SpaceBetween, SpaceAround, SpaceEvenly. Start is the axis's flex-start, so that a layout in that order
/// may be mirrored at the end.
Alignment resolveAlignment(Alignment value, const AlignmentAxis &axis, Alignment normal);

/// Where subjects (lines, tracks, items) come to stand besides their own sizes and gaps (css-align-3 5).
class ContentDistribution
{
public:
    /// @p value as resolveAlignment() gives it; @p free may be negative.
    ContentDistribution(AlignmentValue value, LayoutUnit free, std::size_t count);
    /// What is before the subject of that index because of the distribution.
    LayoutUnit offset(std::size_t index) const
    {
        return LayoutUnit::fromRaw(m_free * (m_step * std::int64_t(index) + m_first) / m_parts);
    }

private:
    std::int64_t m_free = 0;
    std::int64_t m_step = 0, m_first = 0, m_parts = 1;
};

/// Where one subject stands in its area, given what is free there (css-align-3 6). Stretch and baselines count as
/// Start.
LayoutUnit alignedOffset(AlignmentValue value, LayoutUnit free);

} // namespace bulkhead::engine
