// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/grid_tracks.h"

#include "renderer/engine/layout/box_alignment.h"
#include "renderer/engine/layout/grid_spans.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine {
namespace {

using Kind = GridTrackLimit::Kind;
using SpaceKind = GridAxisSpace::Kind;

/// 11.4.
void initialize(std::vector<GridTrack> &tracks)
{
    for (GridTrack &track : tracks) {
        track.isInfinitelyGrowable = false;
        track.base = track.min.kind == Kind::Fixed && !track.isCollapsed ? track.min.length : LayoutUnit();
        track.limit = track.max.kind == Kind::Fixed ? track.max.length : LayoutUnit::max();
        if (track.isCollapsed)
            track.limit = {};
        track.limit = std::max(track.limit, track.base);
    }
}

/// Gives @p free in equal parts to @p tracks until they reach their limit (11.6).
void maximizeWithin(std::vector<GridTrack> &tracks, LayoutUnit free)
{
    std::vector<GridTrack *> growing;
    for (GridTrack &track : tracks)
        if (!track.isCollapsed && track.limit > track.base)
            growing.push_back(&track);
    std::sort(growing.begin(), growing.end(),
              [](const GridTrack *a, const GridTrack *b) { return a->limit - a->base < b->limit - b->base; });
    for (std::size_t i = 0; i < growing.size() && free > LayoutUnit(); ++i) {
        const auto left = std::int64_t(growing.size() - i);
        const LayoutUnit part =
            std::min(LayoutUnit::fromRaw((free.raw() + left - 1) / left), growing[i]->limit - growing[i]->base);
        growing[i]->base += part;
        free -= part;
    }
}

void maximize(std::vector<GridTrack> &tracks, const GridAxisSpace &space)
{
    if (space.kind == SpaceKind::MinContent)
        return;
    if (space.kind == SpaceKind::Definite) {
        maximizeWithin(tracks, space.available - tracksSize(tracks, space.gap));
        return;
    }
    std::vector<GridTrack> grown = tracks;
    for (GridTrack &track : grown)
        if (!track.isFlexible() && track.limit != LayoutUnit::max())
            track.base = std::max(track.base, track.limit);
    if (tracksSize(grown, space.gap) > space.maxInner)
        maximizeWithin(tracks, space.maxInner - tracksSize(tracks, space.gap));
    else
        tracks = std::move(grown);
}

/// 11.7.1: how long 1fr is if the tracks are to fill @p space.
double fractionFilling(std::span<const GridTrack> tracks, LayoutUnit gap, LayoutUnit space)
{
    double leftOver = space.toDouble(), factors = 0;
    std::vector<const GridTrack *> flexible;
    bool isFirst = true;
    for (const GridTrack &track : tracks) {
        if (track.isCollapsed)
            continue;
        leftOver -= isFirst ? 0 : gap.toDouble();
        isFirst = false;
        if (track.isFlexible()) {
            flexible.push_back(&track);
            factors += double(track.max.factor);
        } else {
            leftOver -= track.base.toDouble();
        }
    }
    // A track whose base size is more than its share is treated as inflexible. Those with the highest ratio of base
    // size to factor come first.
    const auto ratio = [](const GridTrack *track) {
        return track->max.factor > 0 ? track->base.toDouble() / double(track->max.factor)
                                     : (track->base > LayoutUnit() ? 1e30 : 0.0);
    };
    std::sort(flexible.begin(), flexible.end(),
              [&](const GridTrack *a, const GridTrack *b) { return ratio(a) > ratio(b); });
    for (const GridTrack *track : flexible) {
        const double fraction = leftOver / std::max(factors, 1.0);
        if (fraction * double(track->max.factor) >= track->base.toDouble())
            return std::max(fraction, 0.0);
        leftOver -= track->base.toDouble();
        factors -= double(track->max.factor);
    }
    return 0;
}

double fractionOfContent(const std::vector<GridTrack> &tracks, const std::vector<GridContribution> &items,
                         const GridAxisSpace &space)
{
    double fraction = 0;
    for (const GridTrack &track : tracks)
        if (track.isFlexible())
            fraction = std::max(fraction, track.base.toDouble() / std::max(double(track.max.factor), 1.0));
    std::size_t steps = 0;
    for (const GridContribution &item : items) {
        const auto spanned = std::span(tracks).subspan(std::size_t(item.tracks.start), std::size_t(item.tracks.span()));
        steps += spanned.size();
        if (steps > 20'000'000)
            break;
        if (std::any_of(spanned.begin(), spanned.end(), [](const GridTrack &track) { return track.isFlexible(); }))
            fraction = std::max(fraction, fractionFilling(spanned, space.gap, item.maxContent));
    }
    return fraction;
}

/// 11.7. Fractions add up to the space: the ends are rounded, not the sizes.
void applyFraction(std::vector<GridTrack> &tracks, double fraction)
{
    double end = 0;
    LayoutUnit given;
    for (GridTrack &track : tracks) {
        if (!track.isFlexible() || track.isCollapsed)
            continue;
        const double share = fraction * double(track.max.factor);
        if (LayoutUnit::fromPixels(share) <= track.base)
            continue;
        end += share;
        const LayoutUnit upTo = LayoutUnit::fromPixels(end + 0.5 / LayoutUnit::Denominator);
        track.base = std::max(track.base, upTo - given);
        given = upTo;
    }
}

void expandFlexible(std::vector<GridTrack> &tracks, const std::vector<GridContribution> &items,
                    const GridAxisSpace &space)
{
    const auto isFlexible = [](const GridTrack &track) { return track.isFlexible(); };
    if (space.kind == SpaceKind::MinContent || std::none_of(tracks.begin(), tracks.end(), isFlexible))
        return;
    if (space.kind == SpaceKind::Definite) {
        applyFraction(tracks, fractionFilling(tracks, space.gap, space.available));
        return;
    }
    const double fraction = fractionOfContent(tracks, items, space);
    std::vector<GridTrack> grown = tracks;
    applyFraction(grown, fraction);
    const LayoutUnit size = tracksSize(grown, space.gap);
    const LayoutUnit allowed = std::max(std::min(size, space.maxInner), space.minInner);
    if (allowed != size)
        applyFraction(tracks, fractionFilling(tracks, space.gap, allowed));
    else
        tracks = std::move(grown);
}

/// 11.8.
void stretchAuto(std::vector<GridTrack> &tracks, const GridAxisSpace &space)
{
    if (!space.stretchesAuto || space.kind == SpaceKind::MinContent)
        return;
    const LayoutUnit inner = space.kind == SpaceKind::Definite ? space.available : space.minInner;
    const LayoutUnit free = inner - tracksSize(tracks, space.gap);
    const auto stretches = [](const GridTrack &track) { return track.max.kind == Kind::Auto && !track.isCollapsed; };
    const auto count = std::size_t(std::count_if(tracks.begin(), tracks.end(), stretches));
    if (free <= LayoutUnit() || count == 0)
        return;
    const ContentDistribution shares({Alignment::SpaceBetween}, free, count + 1);
    std::size_t index = 0;
    for (GridTrack &track : tracks) {
        if (stretches(track)) {
            track.base += shares.offset(index + 1) - shares.offset(index);
            ++index;
        }
    }
}

} // namespace

void sizeTracks(std::vector<GridTrack> &tracks, std::vector<GridContribution> items, const GridAxisSpace &space)
{
    initialize(tracks);
    IntrinsicTracks(tracks, space).resolve(items);
    maximize(tracks, space);
    expandFlexible(tracks, items, space);
    stretchAuto(tracks, space);
}

LayoutUnit tracksSize(std::span<const GridTrack> tracks, LayoutUnit gap)
{
    LayoutUnit sum;
    bool isFirst = true;
    for (const GridTrack &track : tracks) {
        if (track.isCollapsed)
            continue;
        sum += track.base + (isFirst ? LayoutUnit() : gap);
        isFirst = false;
    }
    return sum;
}

void placeTracks(std::span<GridTrack> tracks, LayoutUnit inner, LayoutUnit gap, AlignmentValue content)
{
    const auto count = std::size_t(
        std::count_if(tracks.begin(), tracks.end(), [](const GridTrack &track) { return !track.isCollapsed; }));
    const ContentDistribution distribution(content, inner - tracksSize(tracks, gap), count);
    LayoutUnit at;
    std::size_t index = 0;
    for (GridTrack &track : tracks) {
        // A collapsed track stands where the one before it ends (7.2.3.2: its gutters collapse, too).
        const LayoutUnit offset = distribution.offset(std::min(index, count == 0 ? 0 : count - 1));
        track.position = at + offset;
        if (!track.isCollapsed) {
            at += track.base + gap;
            ++index;
        }
    }
}

std::size_t autoRepetitions(LayoutUnit fixed, std::size_t fixedTracks, LayoutUnit repeated, std::size_t repeatedTracks,
                            LayoutUnit gap, LayoutUnit available, bool isMinimum)
{
    const std::int64_t each =
        std::max<std::int64_t>(repeated.raw() + std::int64_t(gap.raw()) * std::int64_t(repeatedTracks), 1);
    // n repetitions take fixed + n * repeated + (fixedTracks + n * repeatedTracks - 1) * gap.
    const std::int64_t left =
        std::int64_t(available.raw()) - fixed.raw() - std::int64_t(gap.raw()) * (std::int64_t(fixedTracks) - 1);
    const std::int64_t fitting = left < 0 ? 0 : (isMinimum ? (left + each - 1) / each : left / each);
    const auto most = std::int64_t(MostGridLines) / std::max<std::int64_t>(std::int64_t(repeatedTracks), 1);
    return std::size_t(std::clamp<std::int64_t>(fitting, 1, std::max<std::int64_t>(most, 1)));
}

} // namespace bulkhead::engine
