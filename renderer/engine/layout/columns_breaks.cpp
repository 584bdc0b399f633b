// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/columns_breaks.h"

#include <algorithm>
#include <cstdint>

namespace bulkhead::engine {
namespace {

constexpr int MostBalancingRounds = 40;

} // namespace

void BreakPlaces::sort(std::vector<Interval> &intervals, std::vector<LayoutUnit> &reach)
{
    std::erase_if(intervals, [](const Interval &each) { return each.bottom <= each.top; });
    std::sort(intervals.begin(), intervals.end(), [](const Interval &a, const Interval &b) { return a.top < b.top; });
    LayoutUnit lowest = LayoutUnit::min();
    reach.clear();
    for (const Interval &each : intervals) {
        lowest = std::max(lowest, each.bottom);
        reach.push_back(lowest);
    }
}

void BreakPlaces::finish(LayoutUnit height)
{
    m_height = height;
    sort(m_whole, m_wholeReach);
    sort(m_together, m_togetherReach);
    sort(m_solid, m_solidReach);
    std::sort(m_forced.begin(), m_forced.end());
}

/// The top of the highest interval that reaches over @p y through any that overlap; @p y when there is none.
LayoutUnit BreakPlaces::moveUp(const std::vector<Interval> &intervals, const std::vector<LayoutUnit> &reach,
                               LayoutUnit y)
{
    const auto after = std::lower_bound(intervals.begin(), intervals.end(), y,
                                        [](const Interval &a, LayoutUnit at) { return a.top < at; });
    for (auto i = std::size_t(after - intervals.begin()); i > 0 && reach[i - 1] > y; --i)
        if (intervals[i - 1].bottom > y)
            y = intervals[i - 1].top;
    return y;
}

LayoutUnit BreakPlaces::fit(LayoutUnit start, LayoutUnit limit, bool keepsTogether) const
{
    LayoutUnit y = limit;
    for (LayoutUnit before = y + LayoutUnit(1); y != before && y > start;) {
        before = y;
        y = moveUp(m_whole, m_wholeReach, y);
        if (keepsTogether)
            y = moveUp(m_together, m_togetherReach, y);
    }
    return y;
}

/// Where what is higher than the room and begins at @p start ends.
LayoutUnit BreakPlaces::endOfWhole(LayoutUnit start, LayoutUnit limit) const
{
    LayoutUnit end = limit;
    for (const Interval &each : m_whole) {
        if (each.top >= end)
            break;
        if (each.bottom > end && each.top < end && each.bottom > start)
            end = each.bottom;
    }
    return end;
}

/// The first content at or after @p y.
LayoutUnit BreakPlaces::contentFrom(LayoutUnit y) const
{
    LayoutUnit found = m_height;
    const auto look = [&](const std::vector<Interval> &intervals, const std::vector<LayoutUnit> &reach) {
        const auto after = std::lower_bound(intervals.begin(), intervals.end(), y,
                                            [](const Interval &a, LayoutUnit at) { return a.top < at; });
        const auto index = std::size_t(after - intervals.begin());
        if (index > 0 && reach[index - 1] > y)
            found = std::min(found, y);
        if (after != intervals.end())
            found = std::min(found, after->top);
    };
    look(m_whole, m_wholeReach);
    look(m_solid, m_solidReach);
    return std::max(found, y);
}

BreakPlaces::Cut BreakPlaces::cut(LayoutUnit start, LayoutUnit room) const
{
    const LayoutUnit limit = start + std::max(room, LayoutUnit());
    const auto forced = std::upper_bound(m_forced.begin(), m_forced.end(), start);
    LayoutUnit end = std::min(limit, m_height);
    const bool isForced = forced != m_forced.end() && *forced <= end;
    if (isForced)
        end = *forced;
    if (!isForced && contentFrom(end) >= m_height)
        return {m_height, m_height, true, {}};
    LayoutUnit found = isForced ? end : fit(start, end, true);
    if (found <= start)
        found = fit(start, end, false);
    if (found <= start)
        found = endOfWhole(start, std::max(end, start + LayoutUnit::fromRaw(1)));
    Cut cut{found, isForced ? found : contentFrom(found), false, {}};
    cut.isLast = cut.resume >= m_height;
    if (!isForced)
        cut.missing = shortage(found, limit);
    return cut;
}

/// How much higher the room would have to be for what was cut off next to it.
LayoutUnit BreakPlaces::shortage(LayoutUnit end, LayoutUnit limit) const
{
    LayoutUnit least = m_height - limit;
    for (const std::vector<Interval> *intervals : {&m_whole, &m_together}) {
        auto each = std::lower_bound(intervals->begin(), intervals->end(), end,
                                     [](const Interval &a, LayoutUnit at) { return a.top < at; });
        for (int looked = 0; each != intervals->end() && looked < 16; ++each, ++looked)
            if (each->bottom > limit)
                least = std::min(least, each->bottom - limit);
    }
    return std::max(least, LayoutUnit::fromRaw(1));
}

std::vector<BreakPlaces::Piece> BreakPlaces::pieces(LayoutUnit room, std::size_t most) const
{
    std::vector<Piece> found;
    LayoutUnit start;
    while (true) {
        const Cut next = cut(start, room);
        const bool isLast = next.isLast || found.size() + 1 >= most;
        found.push_back({start, isLast ? m_height : next.end});
        if (isLast)
            return found;
        start = std::max(next.resume, start + LayoutUnit::fromRaw(1));
    }
}

LayoutUnit BreakPlaces::balancedHeight(std::size_t count) const
{
    // Forced breaks make columns of their own, which share what is left of the count.
    LayoutUnit height =
        LayoutUnit::fromRaw((std::int64_t(m_height.raw()) + std::int64_t(count) - 1) / std::int64_t(count));
    if (!m_forced.empty()) {
        LayoutUnit longest, before;
        for (const LayoutUnit at : m_forced) {
            longest = std::max(longest, at - before);
            before = at;
        }
        longest = std::max(longest, m_height - before);
        const auto runs = std::int64_t(m_forced.size() + 1);
        const std::int64_t share = std::max<std::int64_t>(std::int64_t(count) - runs + 1, 1);
        height = LayoutUnit::fromRaw((std::int64_t(longest.raw()) + share - 1) / share);
    }
    for (const Interval &each : m_whole)
        height = std::max(height, each.bottom - each.top);
    for (int round = 0; round < MostBalancingRounds; ++round) {
        LayoutUnit start, missing = LayoutUnit::max();
        std::size_t used = 0;
        bool fits = false;
        while (used < count && !fits) {
            const Cut next = cut(start, height);
            ++used;
            fits = next.isLast;
            if (!fits && next.missing > LayoutUnit())
                missing = std::min(missing, next.missing);
            start = next.resume;
        }
        if (fits || missing == LayoutUnit::max())
            return height;
        height += round < MostBalancingRounds - 10 ? missing : std::max(missing, height / 8);
    }
    return height;
}

} // namespace bulkhead::engine
