// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/formatting_context.h"

#include "renderer/engine/layout/flex_alignment.h"
#include "renderer/engine/layout/flex_items.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bulkhead::engine {
namespace {

/// A flex container that is being measured or placed.
class FlexLayout
{
public:
    FlexLayout(LayoutPass &pass, BoxId box, const Space &space)
        : m_pass(&pass), m_space(space), m_container(flexContainer(pass, box, space))
    {
    }

    Measured measure()
    {
        layOut();
        Measured measured;
        measured.height = height();
        measured.baselines = baselines();
        return measured;
    }

    Placed place()
    {
        layOut();
        Placed placed;
        placed.height = height();
        placed.fragment = m_pass->newFragment(m_container.box, {m_space.width, placed.height}, m_space.containingWidth);
        for (std::size_t i = 0; i < m_flex.items.size(); ++i)
            placeItem(placed.fragment, m_flex.items[i], m_flex.children[i]);
        for (const BoxId child : m_pass->boxes().children(m_container.box))
            if (m_pass->style(child).isOutOfFlow())
                m_pass->addOutOfFlow(child, staticPosition(placed.fragment, child));
        placed.baselines = baselines();
        return placed;
    }

private:
    void layOut()
    {
        m_flex = flexItems(*m_pass, m_container);
        m_lines = collectFlexLines(m_flex.items, lineLimit(), m_container.mainGap, m_container.isMultiLine);
        m_innerMain = innerMain();
        for (const FlexLine &line : m_lines)
            resolveFlexibleLengths(itemsOf(line), m_innerMain, m_container.mainGap);
        FlexCrossAxis axis;
        axis.inner = m_container.innerCross();
        axis.gap = m_container.crossGap;
        axis.content = m_container.alignContent();
        axis.isMultiLine = m_container.isMultiLine;
        if (m_container.isRow && !axis.inner)
            std::tie(axis.minInner, axis.maxInner) = heightLimits();
        measureCross(axis);
        sizeFlexLines(m_flex.items, m_lines, axis);
        m_innerCross = placeFlexLines(m_flex.items, m_lines, axis);
        for (const FlexLine &line : m_lines)
            alignAlongMain(itemsOf(line), m_innerMain, m_container.mainGap, m_container.justifyContent());
        alignAcross(m_flex.items, m_lines);
    }

    std::span<FlexItem> itemsOf(const FlexLine &line)
    {
        return std::span(m_flex.items).subspan(line.first, line.count);
    }

    /// min-height and max-height, of the content box.
    std::pair<LayoutUnit, LayoutUnit> heightLimits() const
    {
        if (m_space.rule == HeightRule::Content)
            return {LayoutUnit(), LayoutUnit::max()};
        const BoxStyle &style = *m_container.style->box;
        const LayoutUnit extra = m_container.edges.vertical();
        const auto limit = [&](const Length &length, LayoutUnit otherwise) {
            const auto found =
                resolveHeight(*m_pass, m_container.box, length, m_space.containingHeight, m_space.containingWidth);
            return found ? *found - extra : otherwise;
        };
        return {limit(style.minHeight, LayoutUnit()), limit(style.maxHeight, LayoutUnit::max())};
    }

    std::optional<LayoutUnit> lineLimit() const
    {
        if (m_container.innerMain())
            return m_container.innerMain();
        const LayoutUnit most = heightLimits().second;
        return most == LayoutUnit::max() ? std::nullopt : std::optional(most);
    }

    LayoutUnit innerMain() const
    {
        if (const auto definite = m_container.innerMain())
            return *definite;
        if (m_space.height) // decided, if not for percentages inside
            return std::max(*m_space.height - m_container.edges.vertical(), LayoutUnit());
        LayoutUnit longest;
        for (const FlexLine &line : m_lines)
            longest = std::max(longest, hypotheticalLineSize(std::span(m_flex.items).subspan(line.first, line.count),
                                                             m_container.mainGap));
        const auto [least, most] = heightLimits();
        return std::max(std::min(longest, most), least);
    }

    /// 9.4 step 7. An item that stretches over a definite height need not be measured, unless for its baseline.
    void measureCross(const FlexCrossAxis &axis)
    {
        if (!m_container.isRow)
            return;
        const bool heightIsKnown = axis.inner && !axis.isMultiLine;
        for (std::size_t i = 0; i < m_flex.items.size(); ++i) {
            FlexItem &item = m_flex.items[i];
            FlexChild &child = m_flex.children[i];
            Space space = spaceOfFlexItem(m_container, item, child);
            if (heightIsKnown && item.canStretch && item.alignSelf.value == Alignment::Stretch &&
                !item.hasAutoCrossMargin()) {
                item.crossSize = std::max(std::min(*axis.inner - item.crossMargins(), item.maxCross), item.minCross);
                if (i > 0)
                    continue;
                space.height = item.crossSize;
            }
            const Measured measured = m_pass->heightAt(child.box, space);
            item.crossSize = measured.height;
            child.baselines = measured.baselines;
            const bool ofLast = item.alignSelf.value == Alignment::LastBaseline;
            const LayoutUnit baseline =
                (ofLast ? measured.baselines.last : measured.baselines.first).value_or(measured.height);
            item.baseline = ofLast != m_container.isCrossReversed ? measured.height - baseline : baseline;
        }
    }

    LayoutUnit height() const
    {
        const LayoutUnit inner = m_container.isRow ? m_innerCross : m_innerMain;
        return usedHeight(*m_pass, m_container.box, m_space, inner + m_container.edges.vertical());
    }

    LayoutPoint positionOf(const FlexItem &item) const
    {
        const LayoutUnit main =
            m_container.isMainReversed ? m_innerMain - item.mainPosition - item.mainSize : item.mainPosition;
        const LayoutUnit cross =
            m_container.isCrossReversed ? m_innerCross - item.crossPosition - item.crossSize : item.crossPosition;
        const LayoutPoint origin{m_container.edges.left, m_container.edges.top};
        return origin + (m_container.isRow ? LayoutPoint{main, cross} : LayoutPoint{cross, main});
    }

    void placeItem(FragmentId parent, const FlexItem &item, FlexChild &child)
    {
        const Placed placed = m_pass->place(child.box, spaceOfFlexItem(m_container, item, child));
        child.baselines = placed.baselines;
        m_pass->attach(parent, placed.fragment, positionOf(item));
    }

    /// 8.5: of the first line, an item aligned by its baseline or else the first; the last line likewise.
    Baselines baselines() const
    {
        Baselines found;
        if (m_lines.empty())
            return found;
        found.first = baselineOf(m_lines.front(), Alignment::Baseline);
        found.last = baselineOf(m_lines.back(), Alignment::LastBaseline);
        return found;
    }

    LayoutUnit baselineOf(const FlexLine &line, Alignment which) const
    {
        const bool isFirst = which == Alignment::Baseline;
        std::size_t index = isFirst ? line.first : line.first + line.count - 1;
        for (std::size_t i = line.first; m_container.isRow && i < line.first + line.count; ++i) {
            if (m_flex.items[i].alignSelf.value == which && !m_flex.items[i].hasAutoCrossMargin()) {
                index = i;
                break;
            }
        }
        const FlexItem &item = m_flex.items[index];
        const Baselines &own = m_flex.children[index].baselines;
        const LayoutUnit height = m_container.isRow ? item.crossSize : item.mainSize;
        return positionOf(item).y + (isFirst ? own.first : own.last).value_or(height);
    }

    /// 4.1: as if the child were the only item.
    StaticPosition staticPosition(FragmentId fragment, BoxId child) const
    {
        const AlignmentValue justify = m_container.justifyContent();
        const AlignmentValue align = m_container.alignSelf(m_pass->style(child));
        const auto [mainEdge, mainPoint] = edgeOf(justify.value, m_container.isMainReversed, m_innerMain);
        const auto [crossEdge, crossPoint] = edgeOf(align.value, m_container.isCrossReversed, m_innerCross);
        StaticPosition position;
        position.fragment = fragment;
        position.horizontal = m_container.isRow ? mainEdge : crossEdge;
        position.vertical = m_container.isRow ? crossEdge : mainEdge;
        position.point = LayoutPoint{m_container.edges.left, m_container.edges.top} +
                         (m_container.isRow ? LayoutPoint{mainPoint, crossPoint} : LayoutPoint{crossPoint, mainPoint});
        return position;
    }

    static std::pair<StaticPosition::Edge, LayoutUnit> edgeOf(Alignment value, bool isReversed, LayoutUnit inner)
    {
        if (value == Alignment::Center || value == Alignment::SpaceAround || value == Alignment::SpaceEvenly)
            return {StaticPosition::Edge::Center, inner / 2};
        const bool isEnd = (value == Alignment::End || value == Alignment::LastBaseline) != isReversed;
        return {isEnd ? StaticPosition::Edge::End : StaticPosition::Edge::Start, isEnd ? inner : LayoutUnit()};
    }

    LayoutPass *m_pass;
    Space m_space;
    FlexContainer m_container;
    FlexItems m_flex;
    std::vector<FlexLine> m_lines;
    LayoutUnit m_innerMain, m_innerCross;
};

} // namespace

namespace flex {

/// 9.9: as browsers do, items count with their contributions, whatever their flex factors are.
Intrinsic intrinsic(LayoutPass &pass, BoxId box)
{
    const ComputedStyle &style = pass.style(box);
    const FlexGridStyle &flex = *style.flexGrid;
    const bool isRow = flex.flexDirection == FlexDirection::Row || flex.flexDirection == FlexDirection::RowReverse;
    const bool isMultiLine = flex.flexWrap != FlexWrap::NoWrap;
    const LayoutUnit gap = style.columnGap.isLength() ? style.columnGap.resolve(LayoutUnit()) : LayoutUnit();
    Intrinsic found;
    bool isFirst = true;
    for (const BoxId child : pass.boxes().children(box)) {
        if (pass.style(child).isOutOfFlow())
            continue;
        const Intrinsic item = pass.contribution(child);
        const LayoutUnit between = isFirst ? LayoutUnit() : gap;
        found.min = isRow && !isMultiLine ? found.min + item.min + between : std::max(found.min, item.min);
        found.max = isRow ? found.max + item.max + between : std::max(found.max, item.max);
        isFirst = false;
    }
    const LayoutUnit extra = borderAndPadding(pass, box, LayoutUnit()).horizontal();
    return {found.min + extra, found.max + extra};
}

Measured heightAt(LayoutPass &pass, BoxId box, const Space &space)
{
    return FlexLayout(pass, box, space).measure();
}

Placed place(LayoutPass &pass, BoxId box, const Space &space)
{
    return FlexLayout(pass, box, space).place();
}

} // namespace flex

} // namespace bulkhead::engine
