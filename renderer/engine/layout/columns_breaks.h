// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"

#include <cstddef>
#include <vector>

namespace bulkhead::engine {

/// Where content that was laid out as one high strip may be cut, for columns and pages (css-break-3). Lengths are from
/// the strip's top.
class BreakPlaces
{
public:
    /// Nothing is cut inside: a line, a replaced box, a scroll area.
    void addWhole(LayoutUnit top, LayoutUnit bottom) { m_whole.push_back({top, bottom}); }
    /// Better not: break-inside: avoid, orphans and widows, break-before: avoid.
    void addKeepTogether(LayoutUnit top, LayoutUnit bottom) { m_together.push_back({top, bottom}); }
    /// Empty space that belongs to a box: padding, a height without content. It is cut anywhere, and nothing of it is
    /// lost, as is a margin at a break (5.2).
    void addSolid(LayoutUnit top, LayoutUnit bottom) { m_solid.push_back({top, bottom}); }
    /// break-before or break-after.
    void addForced(LayoutUnit at) { m_forced.push_back(at); }
    /// After all that; @p height is the strip's, with its last margin.
    void finish(LayoutUnit height);

    struct Cut
    {
        LayoutUnit end;    ///< where one fragment ends
        LayoutUnit resume; ///< where the next begins: margins between them are gone
        bool isLast = false;
        LayoutUnit missing; ///< how much more room would have let more in
    };
    /// The fragment that begins at @p start and has @p room. It makes progress, also when nothing fits.
    Cut cut(LayoutUnit start, LayoutUnit room) const;
    /// All fragments: where each begins and ends. @p most bounds their count: the last takes what is left.
    struct Piece
    {
        LayoutUnit start, end;
    };
    std::vector<Piece> pieces(LayoutUnit room, std::size_t most) const;

    /// css-multicol-1 7.1: the least height with which @p count columns hold the strip.
    LayoutUnit balancedHeight(std::size_t count) const;
    LayoutUnit height() const { return m_height; }

private:
    struct Interval
    {
        LayoutUnit top, bottom;
    };

    static void sort(std::vector<Interval> &intervals, std::vector<LayoutUnit> &reach);
    static LayoutUnit moveUp(const std::vector<Interval> &intervals, const std::vector<LayoutUnit> &reach,
                             LayoutUnit y);
    LayoutUnit fit(LayoutUnit start, LayoutUnit limit, bool keepsTogether) const;
    LayoutUnit endOfWhole(LayoutUnit start, LayoutUnit limit) const;
    LayoutUnit contentFrom(LayoutUnit y) const;
    LayoutUnit shortage(LayoutUnit end, LayoutUnit limit) const;

    std::vector<Interval> m_whole, m_together, m_solid;
    std::vector<LayoutUnit> m_wholeReach, m_togetherReach, m_solidReach; ///< the lowest bottom so far, by index
    std::vector<LayoutUnit> m_forced;
    LayoutUnit m_height;
};

} // namespace bulkhead::engine
