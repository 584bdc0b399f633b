// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/layout/grid_lines.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// One side of a track's size, percentages resolved.
struct GridTrackLimit
{
    enum class Kind : std::uint8_t { Fixed, Auto, MinContent, MaxContent, FitContent, Flex } kind = Kind::Auto;
    LayoutUnit length; ///< of Fixed and of FitContent
    float factor = 0;  ///< of Flex

    bool isIntrinsic() const { return kind != Kind::Fixed && kind != Kind::Flex; }
};

/// A row or column of a grid.
struct GridTrack
{
    GridTrackLimit min, max;  ///< min never is Flex or FitContent: these have Auto there
    bool isCollapsed = false; ///< an empty one of repeat(auto-fit): it and its gutter are not there
    LayoutUnit base;          ///< result
    LayoutUnit limit;
    LayoutUnit position; ///< result of placeTracks()
    bool isInfinitelyGrowable = false;

    bool isFlexible() const { return max.kind == GridTrackLimit::Kind::Flex; }
};

/// What an item asks of the tracks it spans: sizes of its margin box.
struct GridContribution
{
    GridRange tracks;
    LayoutUnit minimum; ///< css-grid-1 6.6: its automatic minimum or what min-width says
    LayoutUnit minContent, maxContent;
    bool isScrollable = false;
};

/// How much space there is in the axis.
struct GridAxisSpace
{
    enum class Kind : std::uint8_t { Definite, MinContent, MaxContent } kind = Kind::MaxContent;
    LayoutUnit available; ///< for tracks and gutters, when definite
    LayoutUnit gap;
    bool stretchesAuto = true; ///< justify-content or align-content: normal or stretch
    /// The container's own limits, for free space that is not definite.
    LayoutUnit minInner;
    LayoutUnit maxInner = LayoutUnit::max();
};

/// css-grid-1 11: the base sizes of all tracks.
void sizeTracks(std::vector<GridTrack> &tracks, std::vector<GridContribution> items, const GridAxisSpace &space);

/// All tracks with their gutters.
LayoutUnit tracksSize(std::span<const GridTrack> tracks, LayoutUnit gap);

/// 10.5: positions, in @p inner; @p content resolved, Stretch as Start.
void placeTracks(std::span<GridTrack> tracks, LayoutUnit inner, LayoutUnit gap, AlignmentValue content);

/// 7.2.3.2: how often repeat(auto-fill) repeats. @p fixed: the other tracks; sizes of definite tracks, not below 1
/// pixel;
/// @p available: the definite size or maximum; nothing: the minimum is to be reached.
std::size_t autoRepetitions(LayoutUnit fixed, std::size_t fixedTracks, LayoutUnit repeated, std::size_t repeatedTracks,
                            LayoutUnit gap, LayoutUnit available, bool isMinimum);

} // namespace bulkhead::engine
