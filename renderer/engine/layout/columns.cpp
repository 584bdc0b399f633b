// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/formatting_context.h"

#include "renderer/engine/layout/block_widths.h"
#include "renderer/engine/layout/columns_fragments.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace bulkhead::engine {
namespace {

constexpr std::size_t MostColumns = 1'000; // of one container

/// css-multicol-1 3.4.
struct ColumnSizes
{
    std::size_t count = 1;
    LayoutUnit width, gap;

    ColumnSizes(const ComputedStyle &style, LayoutUnit available)
    {
        const RareStyle &rare = *style.rare;
        gap = style.columnGap.isLength() ? std::max(style.columnGap.resolve(available), LayoutUnit())
                                         : LayoutUnit::fromPixels(double(style.font->size));
        const auto asked = std::size_t(std::clamp(rare.columnCount.value_or(0), 0, int(MostColumns)));
        count = std::max<std::size_t>(asked, 1);
        if (rare.columnWidth.isLength()) {
            const LayoutUnit least = std::max(rare.columnWidth.resolve(LayoutUnit()), LayoutUnit::fromRaw(1));
            const std::int64_t fitting =
                (std::int64_t(available.raw()) + gap.raw()) / (std::int64_t(least.raw()) + gap.raw());
            const auto most = std::size_t(std::clamp<std::int64_t>(fitting, 1, std::int64_t(MostColumns)));
            count = asked > 0 ? std::min(asked, most) : most;
        }
        width = std::max((available - gap * int(count - 1)) / int(count), LayoutUnit());
    }
};

/// A multi-column container: rows of columns between what spans all of them.
class ColumnsLayout
{
public:
    ColumnsLayout(LayoutPass &pass, BoxId box, const Space &space)
        : m_pass(&pass), m_box(box), m_space(space), m_style(&pass.style(box)),
          m_edges(borderAndPadding(pass, box, space.containingWidth)),
          m_width(std::max(space.width - m_edges.horizontal(), LayoutUnit())),
          m_height(definiteContentHeight(pass, box, space)), m_columns(*m_style, m_width)
    {
        m_limit = m_height;
        if (!m_limit && space.rule == HeightRule::Style) {
            m_limit = resolveHeight(pass, box, m_style->box->maxHeight, space.containingHeight, space.containingWidth);
            if (m_limit)
                m_limit = std::max(*m_limit - m_edges.vertical(), LayoutUnit());
        }
    }

    Placed place()
    {
        const FragmentId made = m_pass->newFragment(m_box, {m_space.width, LayoutUnit()}, m_space.containingWidth);
        for (const BoxId child : m_pass->boxes().children(m_box)) {
            const ComputedStyle &style = m_pass->style(child);
            if (style.isOutOfFlow())
                m_pass->addOutOfFlow(child, {StaticPosition::Edge::Start,
                                             StaticPosition::Edge::Start,
                                             made,
                                             {m_edges.left, m_edges.top + m_at}});
            else if (style.rare->columnSpanAll && !m_pass->box(child).isAnonymous)
                placeSpanning(made, child);
            else
                placeColumns(made, child);
        }
        m_at += m_margin;
        Placed placed;
        placed.fragment = made;
        placed.height = usedHeight(*m_pass, m_box, m_space, m_at + m_edges.vertical());
        placed.baselines = m_baselines;
        Fragment &fragment = m_pass->tree().fragment(made);
        fragment.size.height = placed.height;
        m_pass->tree().geometries[fragment.extra].columnRules = std::move(m_rules);
        return placed;
    }

private:
    bool isRightToLeft() const { return m_style->text->direction == Direction::Rtl; }

    void addBaselines(const Baselines &of, LayoutUnit top)
    {
        if (of.first && !m_baselines.first)
            m_baselines.first = top + *of.first;
        if (of.last)
            m_baselines.last = top + *of.last;
    }

    /// 6: column-span: all. Its margins collapse with those of others beside it only.
    void placeSpanning(FragmentId parent, BoxId child)
    {
        const ComputedStyle &style = m_pass->style(child);
        const BlockWidth width =
            blockWidth(*m_pass, child, {m_width, m_height, m_style->text->direction, m_style->text->textAlign});
        const LayoutEdges margin = marginOf(style, m_width);
        Space space;
        space.width = width.width;
        space.containingWidth = m_width;
        space.containingHeight = m_height;
        const Placed placed = m_pass->place(child, space);
        m_at += std::max(m_margin, margin.top);
        const LayoutPoint at{m_edges.left + width.marginLeft, m_edges.top + m_at};
        m_pass->attach(parent, placed.fragment, at);
        addBaselines(placed.baselines, at.y);
        m_at += placed.height;
        m_margin = margin.bottom;
    }

    bool hasSpanningAfter(BoxId child) const
    {
        for (BoxId next = m_pass->box(child).next; next != BoxId::None; next = m_pass->box(next).next)
            if (m_pass->style(next).rare->columnSpanAll && !m_pass->style(next).isOutOfFlow())
                return true;
        return false;
    }

    /// A strip as wide as a column, cut into columns.
    void placeColumns(FragmentId parent, BoxId child)
    {
        m_at += std::exchange(m_margin, LayoutUnit());
        const std::size_t firstStatic = m_pass->outOfFlowCount();
        Space space;
        space.width = m_columns.width;
        space.containingWidth = m_columns.width;
        space.containingHeight = m_height;
        // Percentages of heights in it are of the container.
        space.height = m_height;
        const Placed strip = m_pass->place(child, space);
        const BreakPlaces places =
            breakPlaces(*m_pass, strip.fragment, m_height ? LayoutUnit() : strip.height, Fragmentainer::Column);
        const std::optional<LayoutUnit> left =
            m_limit ? std::optional(std::max(*m_limit - m_at, LayoutUnit(1))) : std::nullopt;
        const bool balances =
            !left || m_style->rare->columnFill == ColumnFill::Balance || !m_height || hasSpanningAfter(child);
        LayoutUnit room = balances ? places.balancedHeight(m_columns.count) : *left;
        if (left)
            room = std::min(room, *left);
        const std::vector<BreakPlaces::Piece> pieces = places.pieces(room, MostColumns);
        const std::vector<FragmentId> parts = cutFragments(*m_pass, strip.fragment, pieces, room, firstStatic);
        for (std::size_t i = 0; i < parts.size(); ++i) {
            m_pass->tree().fragment(parts[i]).offset = {};
            m_pass->tree().fragment(parts[i]).size.height = room;
            m_pass->attach(parent, parts[i], {m_edges.left + columnLeft(i), m_edges.top + m_at});
        }
        // Rules of the last row go down to a height that is given.
        addRules(parts.size(), m_height && left && !hasSpanningAfter(child) ? std::max(room, *left) : room);
        addBaselines(strip.baselines, m_edges.top + m_at);
        m_at += room;
    }

    LayoutUnit columnLeft(std::size_t index) const
    {
        const LayoutUnit left = (m_columns.width + m_columns.gap) * int(index);
        return isRightToLeft() ? m_width - left - m_columns.width : left;
    }

    /// 4: in the middle of the gaps between columns that have content.
    void addRules(std::size_t count, LayoutUnit height)
    {
        const BorderSide &rule = m_style->rare->columnRule;
        if (rule.width <= 0 || rule.style == BorderStyle::None || rule.style == BorderStyle::Hidden)
            return;
        const LayoutUnit width = LayoutUnit::fromPixels(double(rule.width));
        for (std::size_t i = 1; i < count; ++i) {
            const LayoutUnit gapLeft =
                isRightToLeft() ? columnLeft(i) + m_columns.width : columnLeft(i) - m_columns.gap;
            m_rules.push_back(
                {{m_edges.left + gapLeft + (m_columns.gap - width) / 2, m_edges.top + m_at}, {width, height}});
        }
    }

    LayoutPass *m_pass;
    BoxId m_box;
    Space m_space;
    const ComputedStyle *m_style;
    LayoutEdges m_edges;
    LayoutUnit m_width;                 // of the content box
    std::optional<LayoutUnit> m_height; // likewise, when definite
    std::optional<LayoutUnit> m_limit;  // max-height, too
    ColumnSizes m_columns;
    LayoutUnit m_at;     // from the top of the content box
    LayoutUnit m_margin; // below what spans, not yet used
    Baselines m_baselines;
    std::vector<LayoutRect> m_rules;
};

} // namespace

namespace columns {

Intrinsic intrinsic(LayoutPass &pass, BoxId box)
{
    const ComputedStyle &style = pass.style(box);
    Intrinsic spanning, column;
    for (const BoxId child : pass.boxes().children(box)) {
        if (pass.style(child).isOutOfFlow())
            continue;
        const Intrinsic own = pass.contribution(child);
        Intrinsic &widest = pass.style(child).rare->columnSpanAll && !pass.box(child).isAnonymous ? spanning : column;
        widest = {std::max(widest.min, own.min), std::max(widest.max, own.max)};
    }
    const Length &width = style.rare->columnWidth;
    const bool hasWidth = width.isLength();
    if (hasWidth) {
        const LayoutUnit asked = width.resolve(LayoutUnit());
        column.min = std::min(column.min, asked);
        column.max = std::max(column.max, asked);
    }
    const int count = std::clamp(style.rare->columnCount.value_or(1), 1, int(MostColumns));
    const LayoutUnit gaps = ColumnSizes(style, LayoutUnit()).gap * (count - 1);
    column.max = column.max * count + gaps;
    if (!hasWidth)
        column.min = column.min * count + gaps;
    const LayoutUnit extra = borderAndPadding(pass, box, LayoutUnit()).horizontal();
    return {std::max(column.min, spanning.min) + extra, std::max(column.max, spanning.max) + extra};
}

/// Where lines break only placing knows: it is done, and forgotten.
Measured heightAt(LayoutPass &pass, BoxId box, const Space &space)
{
    const LayoutPass::Mark before = pass.mark();
    const Placed placed = ColumnsLayout(pass, box, space).place();
    pass.forget(before);
    return {placed.height, placed.baselines};
}

Placed place(LayoutPass &pass, BoxId box, const Space &space)
{
    return ColumnsLayout(pass, box, space).place();
}

} // namespace columns

} // namespace bulkhead::engine
