// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/grid_spans.h"

#include <algorithm>

namespace bulkhead::engine {
namespace {

using Kind = GridTrackLimit::Kind;

LayoutUnit roomIn(const GridTrack &track, bool ofLimits, LayoutUnit increase)
{
    if (!ofLimits)
        return track.limit == LayoutUnit::max() ? LayoutUnit::max() : track.limit - track.base - increase;
    const bool isInfinite = track.limit == LayoutUnit::max();
    if (!isInfinite && !track.isInfinitelyGrowable)
        return {};
    if (track.max.kind != Kind::FitContent)
        return LayoutUnit::max();
    // 11.5.1: the argument of fit-content() is where it stops.
    return std::max(track.max.length - (isInfinite ? track.base : track.limit) - increase, LayoutUnit());
}

/// Gives @p space in equal parts to tracks, none more than its room. Returns what is left.
template <typename Room>
LayoutUnit shareEqually(std::vector<std::size_t> tracks, LayoutUnit space, std::vector<LayoutUnit> &increase, Room room)
{
    std::sort(tracks.begin(), tracks.end(), [&](std::size_t a, std::size_t b) { return room(a) < room(b); });
    for (std::size_t i = 0; i < tracks.size() && space > LayoutUnit(); ++i) {
        const auto left = std::int64_t(tracks.size() - i);
        const LayoutUnit part = std::min(LayoutUnit::fromRaw((space.raw() + left - 1) / left), room(tracks[i]));
        increase[tracks[i]] += part;
        space -= part;
    }
    return space;
}

} // namespace

IntrinsicTracks::IntrinsicTracks(std::vector<GridTrack> &tracks, const GridAxisSpace &space)
    : m_tracks(&tracks), m_space(space), m_flexibleBefore(tracks.size() + 1), m_planned(tracks.size()),
      m_itemIncrease(tracks.size()), m_isTouched(tracks.size())
{
    for (std::size_t i = 0; i < tracks.size(); ++i)
        m_flexibleBefore[i + 1] = m_flexibleBefore[i] + (tracks[i].isFlexible() ? 1 : 0);
}

void IntrinsicTracks::resolve(std::vector<GridContribution> &items)
{
    std::stable_sort(items.begin(), items.end(), [this](const GridContribution &a, const GridContribution &b) {
        const bool aFlexible = crossesFlexible(a), bFlexible = crossesFlexible(b);
        return aFlexible != bFlexible ? bFlexible : !aFlexible && a.tracks.span() < b.tracks.span();
    });
    std::size_t at = 0;
    for (; at < items.size() && items[at].tracks.span() == 1 && !crossesFlexible(items[at]); ++at)
        resolveSingle(items[at]);
    for (GridTrack &track : *m_tracks)
        track.limit = std::max(track.limit, track.base);
    while (at < items.size()) {
        std::size_t end = at + 1;
        const bool flexible = crossesFlexible(items[at]);
        while (end < items.size() &&
               (flexible || (!crossesFlexible(items[end]) && items[end].tracks.span() == items[at].tracks.span())))
            ++end;
        resolveGroup(std::span(items).subspan(at, end - at), flexible);
        at = end;
    }
    for (GridTrack &track : *m_tracks)
        if (track.limit == LayoutUnit::max())
            track.limit = track.base;
}

LayoutUnit IntrinsicTracks::limitedMinContent(const GridContribution &item) const
{
    LayoutUnit limit;
    for (int i = item.tracks.start; i < item.tracks.end; ++i) {
        const GridTrackLimit &max = (*m_tracks)[std::size_t(i)].max;
        if (max.kind != Kind::Fixed && max.kind != Kind::FitContent)
            return item.minContent;
        limit += max.length;
    }
    return std::max(std::min(item.minContent, limit), item.minimum);
}

/// 11.5 step 2.
void IntrinsicTracks::resolveSingle(const GridContribution &item)
{
    GridTrack &track = (*m_tracks)[std::size_t(item.tracks.start)];
    switch (track.min.kind) {
    case Kind::Auto:
        track.base = std::max(track.base, contribution(item, Phase::Minimums));
        break;
    case Kind::MinContent:
        track.base = std::max(track.base, item.minContent);
        break;
    case Kind::MaxContent:
        track.base = std::max(track.base, item.maxContent);
        break;
    default:
        break;
    }
    LayoutUnit wanted;
    if (track.max.kind == Kind::MinContent)
        wanted = item.minContent;
    else if (track.max.kind == Kind::Auto || track.max.kind == Kind::MaxContent)
        wanted = item.maxContent;
    else if (track.max.kind == Kind::FitContent)
        wanted = std::min(item.maxContent, track.max.length);
    else
        return;
    track.limit = track.limit == LayoutUnit::max() ? wanted : std::max(track.limit, wanted);
}

LayoutUnit IntrinsicTracks::contribution(const GridContribution &item, Phase phase) const
{
    switch (phase) {
    case Phase::Minimums:
        return m_space.kind == GridAxisSpace::Kind::Definite ? item.minimum : limitedMinContent(item);
    case Phase::MaxContentMinimums:
        return item.maxContent;
    case Phase::MaxContentMaximums:
        return item.maxContent;
    default:
        return item.minContent;
    }
}

bool IntrinsicTracks::isAffected(const GridTrack &track, Phase phase, bool crossesFlexible) const
{
    if (track.isCollapsed || (crossesFlexible && !track.isFlexible()))
        return false;
    const Kind min = track.min.kind, max = track.max.kind;
    switch (phase) {
    case Phase::Minimums:
        return min != Kind::Fixed;
    case Phase::ContentMinimums:
        return min == Kind::MinContent || min == Kind::MaxContent;
    case Phase::MaxContentMinimums:
        return min == Kind::MaxContent || (min == Kind::Auto && m_space.kind == GridAxisSpace::Kind::MaxContent);
    case Phase::Maximums:
        return track.max.isIntrinsic();
    case Phase::MaxContentMaximums:
        return max == Kind::MaxContent || max == Kind::Auto || max == Kind::FitContent;
    }
    return false;
}

void IntrinsicTracks::resolveGroup(std::span<const GridContribution> group, bool crossesFlexible)
{
    runPhase(group, Phase::Minimums, crossesFlexible);
    runPhase(group, Phase::ContentMinimums, crossesFlexible);
    runPhase(group, Phase::MaxContentMinimums, crossesFlexible);
    if (crossesFlexible)
        return;
    for (GridTrack &track : *m_tracks)
        track.limit = std::max(track.limit, track.base);
    runPhase(group, Phase::Maximums, false);
    runPhase(group, Phase::MaxContentMaximums, false);
}

void IntrinsicTracks::runPhase(std::span<const GridContribution> group, Phase phase, bool crossesFlexible)
{
    const bool ofLimits = phase == Phase::Maximums || phase == Phase::MaxContentMaximums;
    m_steps += m_tracks->size();
    if (m_steps > MostSteps)
        return;
    std::fill(m_planned.begin(), m_planned.end(), LayoutUnit());
    std::fill(m_isTouched.begin(), m_isTouched.end(), false);
    bool any = false;
    for (const GridContribution &item : group) {
        m_steps += std::size_t(item.tracks.span());
        if (m_steps > MostSteps)
            break;
        LayoutUnit space = contribution(item, phase);
        bool isFirst = true;
        for (int i = item.tracks.start; i < item.tracks.end; ++i) {
            const GridTrack &track = (*m_tracks)[std::size_t(i)];
            if (track.isCollapsed)
                continue;
            space -= (ofLimits && track.limit != LayoutUnit::max() ? track.limit : track.base) +
                     (isFirst ? LayoutUnit() : m_space.gap);
            isFirst = false;
        }
        if (space > LayoutUnit() || ofLimits) {
            distribute(item, std::max(space, LayoutUnit()), phase, crossesFlexible);
            any = true;
        }
    }
    if (!any)
        return;
    for (std::size_t i = 0; i < m_tracks->size(); ++i) {
        GridTrack &track = (*m_tracks)[i];
        if (!ofLimits) {
            track.base += m_planned[i];
            track.limit = std::max(track.limit, track.base);
        } else if (m_isTouched[i] && track.limit == LayoutUnit::max()) {
            track.limit = track.base + m_planned[i];
            track.isInfinitelyGrowable = phase == Phase::Maximums;
        } else if (track.limit != LayoutUnit::max()) {
            track.limit += m_planned[i];
        }
    }
}

/// 11.5.1.
void IntrinsicTracks::distribute(const GridContribution &item, LayoutUnit space, Phase phase, bool crossesFlexible)
{
    const bool ofLimits = phase == Phase::Maximums || phase == Phase::MaxContentMaximums;
    std::vector<std::size_t> affected;
    for (auto i = std::size_t(item.tracks.start); i < std::size_t(item.tracks.end); ++i) {
        m_itemIncrease[i] = {};
        if (isAffected((*m_tracks)[i], phase, crossesFlexible))
            affected.push_back(i);
    }
    if (affected.empty())
        return;
    if (crossesFlexible) {
        growFlexible(affected, space);
    } else {
        space = shareEqually(affected, space, m_itemIncrease,
                             [&](std::size_t i) { return roomIn((*m_tracks)[i], ofLimits, m_itemIncrease[i]); });
        if (space > LayoutUnit())
            shareEqually(beyondLimits(affected, phase), space, m_itemIncrease,
                         [](std::size_t) { return LayoutUnit::max(); });
    }
    for (const std::size_t i : affected) {
        m_isTouched[i] = true;
        m_planned[i] = std::max(m_planned[i], m_itemIncrease[i]);
    }
}

std::vector<std::size_t> IntrinsicTracks::beyondLimits(const std::vector<std::size_t> &affected, Phase phase) const
{
    if (phase == Phase::Maximums || phase == Phase::MaxContentMaximums) {
        std::vector<std::size_t> open;
        for (const std::size_t i : affected)
            if ((*m_tracks)[i].max.kind != Kind::FitContent)
                open.push_back(i);
        return open;
    }
    std::vector<std::size_t> wanted;
    for (const std::size_t i : affected) {
        const Kind max = (*m_tracks)[i].max.kind;
        const bool byMaxContent = max == Kind::MaxContent || max == Kind::Auto || max == Kind::FitContent;
        if (phase == Phase::MaxContentMinimums ? byMaxContent : (*m_tracks)[i].max.isIntrinsic())
            wanted.push_back(i);
    }
    return wanted.empty() ? affected : wanted;
}

/// 11.5 step 4: flexible tracks share by their factors.
void IntrinsicTracks::growFlexible(const std::vector<std::size_t> &affected, LayoutUnit space)
{
    double sum = 0;
    for (const std::size_t i : affected)
        sum += double((*m_tracks)[i].max.factor);
    for (const std::size_t i : affected)
        m_itemIncrease[i] = sum > 0 ? space.scaled(double((*m_tracks)[i].max.factor) / std::max(sum, 1.0))
                                    : space / int(affected.size());
}

} // namespace bulkhead::engine
