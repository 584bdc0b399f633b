// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/grid_tracks.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// css-grid-1 11.5: resolves intrinsic track sizes from what items ask for. A page's spans are bounded by a count of
/// steps: items that come after it do not count.
class IntrinsicTracks
{
public:
    IntrinsicTracks(std::vector<GridTrack> &tracks, const GridAxisSpace &space);
    /// @p items are sorted by it.
    void resolve(std::vector<GridContribution> &items);

private:
    /// The steps of 11.5.3, in order.
    enum class Phase : std::uint8_t { Minimums, ContentMinimums, MaxContentMinimums, Maximums, MaxContentMaximums };

    void resolveSingle(const GridContribution &item);
    void resolveGroup(std::span<const GridContribution> group, bool crossesFlexible);
    void runPhase(std::span<const GridContribution> group, Phase phase, bool crossesFlexible);
    bool isAffected(const GridTrack &track, Phase phase, bool crossesFlexible) const;
    LayoutUnit contribution(const GridContribution &item, Phase phase) const;
    LayoutUnit limitedMinContent(const GridContribution &item) const;
    void distribute(const GridContribution &item, LayoutUnit space, Phase phase, bool crossesFlexible);
    std::vector<std::size_t> beyondLimits(const std::vector<std::size_t> &affected, Phase phase) const;
    void growFlexible(const std::vector<std::size_t> &affected, LayoutUnit space);
    bool crossesFlexible(const GridContribution &item) const { return flexibleIn(item.tracks) > 0; }
    int flexibleIn(GridRange tracks) const
    {
        return m_flexibleBefore[std::size_t(tracks.end)] - m_flexibleBefore[std::size_t(tracks.start)];
    }

    static constexpr std::size_t MostSteps = 10'000'000;

    std::vector<GridTrack> *m_tracks;
    GridAxisSpace m_space;
    std::vector<int> m_flexibleBefore;
    std::vector<LayoutUnit> m_planned, m_itemIncrease; // by track
    std::vector<bool> m_isTouched;
    std::size_t m_steps = 0;
};

} // namespace bulkhead::engine
