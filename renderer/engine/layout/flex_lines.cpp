// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/flex_lines.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace bulkhead::engine {
namespace {

/// Above this a line of many items stops being exact: a page may make each round freeze one item only.
constexpr std::size_t MostSteps = 4'000'000;

LayoutUnit gapsOf(std::size_t count, LayoutUnit gap)
{
    return count > 1 ? gap * int(std::min<std::size_t>(count - 1, 1 << 30)) : LayoutUnit();
}

/// A line while its items are frozen one after the other.
class FlexibleLine
{
public:
    FlexibleLine(std::span<FlexItem> items, LayoutUnit innerMain, LayoutUnit gap)
        : m_items(items), m_isFrozen(items.size(), false), m_inner(innerMain - gapsOf(items.size(), gap))
    {
    }

    void resolve()
    {
        m_isGrowing = outerHypothetical() < m_inner.raw();
        freezeInflexible();
        m_initialFree = freeSpace();
        const std::size_t mostRounds = std::max<std::size_t>(16, MostSteps / (m_items.size() + 1));
        for (std::size_t round = 0; m_unfrozen > 0; ++round) {
            distribute();
            freezeViolations(round + 1 >= mostRounds);
        }
    }

private:
    std::int64_t outerHypothetical() const
    {
        std::int64_t sum = 0;
        for (const FlexItem &item : m_items)
            sum += item.hypotheticalMain().raw() + std::int64_t(item.mainMargins().raw());
        return sum;
    }

    void freezeInflexible()
    {
        m_unfrozen = m_items.size();
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            FlexItem &item = m_items[i];
            const LayoutUnit hypothetical = item.hypotheticalMain();
            item.mainSize = item.base;
            if ((m_isGrowing ? item.grow : item.shrink) == 0 || (m_isGrowing && item.base > hypothetical) ||
                (!m_isGrowing && item.base < hypothetical))
                freeze(i, hypothetical);
        }
    }

    void freeze(std::size_t index, LayoutUnit size)
    {
        m_items[index].mainSize = size;
        m_isFrozen[index] = true;
        --m_unfrozen;
    }

    /// What is left when frozen items have their size and others their base size.
    double freeSpace() const
    {
        std::int64_t used = 0;
        for (std::size_t i = 0; i < m_items.size(); ++i)
            used += std::int64_t(m_items[i].mainMargins().raw()) +
                    (m_isFrozen[i] ? m_items[i].mainSize : m_items[i].base).raw();
        return double(m_inner.raw() - used);
    }

    double factor(const FlexItem &item) const
    {
        return m_isGrowing ? double(item.grow) : double(item.shrink) * (item.base - item.mainEdges).toDouble();
    }

    void distribute()
    {
        double flexSum = 0, factorSum = 0;
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (m_isFrozen[i])
                continue;
            flexSum += double(m_isGrowing ? m_items[i].grow : m_items[i].shrink);
            factorSum += factor(m_items[i]);
        }
        double free = freeSpace();
        if (flexSum < 1 && std::abs(m_initialFree * flexSum) < std::abs(free))
            free = m_initialFree * flexSum;
        // Shares are cut from one length, so that they add up to it.
        double given = 0, soFar = 0;
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (m_isFrozen[i])
                continue;
            FlexItem &item = m_items[i];
            soFar += factor(item);
            const double upTo = factorSum > 0 ? std::round(free * (soFar / factorSum)) : 0;
            item.mainSize = item.base + LayoutUnit::fromPixels((upTo - given) / LayoutUnit::Denominator);
            given = upTo;
        }
    }

    static LayoutUnit clamped(const FlexItem &item)
    {
        return std::max({std::min(item.mainSize, item.maxMain), item.minMain, item.mainEdges});
    }

    void freezeViolations(bool freezeAll)
    {
        std::int64_t violation = 0;
        for (std::size_t i = 0; i < m_items.size(); ++i)
            violation += m_isFrozen[i] ? 0 : std::int64_t(clamped(m_items[i]).raw()) - m_items[i].mainSize.raw();
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (m_isFrozen[i])
                continue;
            const LayoutUnit size = clamped(m_items[i]);
            if (freezeAll || violation == 0 ||
                (violation > 0 ? size > m_items[i].mainSize : size < m_items[i].mainSize))
                freeze(i, size);
        }
    }

    std::span<FlexItem> m_items;
    std::vector<bool> m_isFrozen;
    LayoutUnit m_inner;
    std::size_t m_unfrozen = 0;
    double m_initialFree = 0; // in sixty-fourths
    bool m_isGrowing = true;
};

} // namespace

LayoutUnit FlexItem::hypotheticalMain() const
{
    return std::max({std::min(base, maxMain), minMain, mainEdges});
}

std::vector<FlexLine> collectFlexLines(std::span<const FlexItem> items, std::optional<LayoutUnit> innerMain,
                                       LayoutUnit gap, bool isMultiLine)
{
    std::vector<FlexLine> lines;
    if (!isMultiLine || !innerMain) {
        if (!items.empty())
            lines.push_back({0, items.size()});
        return lines;
    }
    LayoutUnit used;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const LayoutUnit size = items[i].hypotheticalMain() + items[i].mainMargins();
        if (lines.empty() || used + gap + size > *innerMain) {
            lines.push_back({i, 1});
            used = size;
        } else {
            ++lines.back().count;
            used += gap + size;
        }
    }
    return lines;
}

LayoutUnit hypotheticalLineSize(std::span<const FlexItem> line, LayoutUnit gap)
{
    LayoutUnit sum = gapsOf(line.size(), gap);
    for (const FlexItem &item : line)
        sum += item.hypotheticalMain() + item.mainMargins();
    return sum;
}

void resolveFlexibleLengths(std::span<FlexItem> line, LayoutUnit innerMain, LayoutUnit gap)
{
    FlexibleLine(line, innerMain, gap).resolve();
}

} // namespace bulkhead::engine
