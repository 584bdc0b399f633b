// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/formatting_context.h"

#include "renderer/engine/layout/box_alignment.h"
#include "renderer/engine/layout/grid_items.h"
#include "renderer/engine/layout/grid_structure.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace bulkhead::engine {
namespace {

/// A grid container that is being measured or placed: columns, then what their widths make of the rows.
class GridLayout
{
public:
    GridLayout(LayoutPass &pass, BoxId box, const Space &space)
        : m_pass(&pass), m_box(box), m_space(space), m_style(&pass.style(box)),
          m_edges(borderAndPadding(pass, box, space.containingWidth)),
          m_contentWidth(std::max(space.width - m_edges.horizontal(), LayoutUnit())),
          m_contentHeight(definiteContentHeight(pass, box, space)), m_structure(&gridStructure(pass, box, innerSize()))
    {
    }

    Measured measure()
    {
        layOut();
        Measured measured;
        measured.height = m_height;
        measured.baselines = baselines();
        return measured;
    }

    Placed place()
    {
        layOut();
        Placed placed;
        placed.height = m_height;
        placed.fragment = m_pass->newFragment(m_box, {m_space.width, m_height}, m_space.containingWidth);
        const LayoutUnit innerHeight = m_height - m_edges.vertical();
        const AlignmentAxis axis{false, isRightToLeft(), true, false};
        AlignmentValue justify = m_style->flexGrid->justifyContent, align = m_style->flexGrid->alignContent;
        justify.value = resolveAlignment(justify.value, axis, Alignment::Start);
        align.value = resolveAlignment(align.value, {false, false, false, false}, Alignment::Start);
        placeTracks(m_columns, m_contentWidth, m_columnGap, justify);
        placeTracks(m_rows, innerHeight, m_rowGap, align);
        for (std::size_t i = 0; i < m_items.size(); ++i)
            placeItem(placed.fragment, m_items[i]);
        for (const BoxId child : m_pass->boxes().children(m_box))
            if (m_pass->style(child).isOutOfFlow())
                m_pass->addOutOfFlow(child, staticPosition(placed.fragment, child, innerHeight));
        placed.baselines = baselines();
        return placed;
    }

private:
    bool isRightToLeft() const { return m_style->text->direction == Direction::Rtl; }

    std::pair<std::optional<LayoutUnit>, std::optional<LayoutUnit>> heightLimits() const
    {
        if (m_space.rule == HeightRule::Content)
            return {};
        const auto limit = [&](const Length &length) {
            auto found = resolveHeight(*m_pass, m_box, length, m_space.containingHeight, m_space.containingWidth);
            if (found)
                *found -= m_edges.vertical();
            return found;
        };
        return {limit(m_style->box->minHeight), limit(m_style->box->maxHeight)};
    }

    GridInnerSize innerSize() const
    {
        GridInnerSize inner;
        inner.width = m_contentWidth;
        inner.height = m_contentHeight;
        std::tie(inner.minHeight, inner.maxHeight) = heightLimits();
        return inner;
    }

    void layOut()
    {
        m_columnGap = gridGap(m_style->columnGap, m_contentWidth);
        m_columns = m_structure->columnTracks(*m_style, m_contentWidth);
        m_items = gridItems(*m_pass, *m_style, *m_structure);
        GridAxisSpace across;
        across.kind = GridAxisSpace::Kind::Definite;
        across.available = m_contentWidth;
        across.gap = m_columnGap;
        across.stretchesAuto = stretches(m_style->flexGrid->justifyContent);
        sizeTracks(m_columns, columnContributions(*m_pass, m_items, m_columns), across);
        placeTracks(m_columns, m_contentWidth, m_columnGap, {Alignment::Start});
        for (GridItem &item : m_items)
            sizeAcross(item);
        sizeRows();
    }

    static bool stretches(AlignmentValue value)
    {
        return value.value == Alignment::Normal || value.value == Alignment::Stretch;
    }

    void sizeAcross(GridItem &item)
    {
        const LayoutUnit area = sizeOf(m_columns, item.area.columns);
        item.areaWidth = area;
        item.margin = marginOf(m_pass->style(item.box), area);
        item.width = gridItemWidth(*m_pass, item);
    }

    static LayoutUnit sizeOf(const std::vector<GridTrack> &tracks, GridRange range)
    {
        const GridTrack &last = tracks[std::size_t(range.end - 1)];
        return last.position + (last.isCollapsed ? LayoutUnit() : last.base) -
               tracks[std::size_t(range.start)].position;
    }

    void sizeRows()
    {
        m_rowGap = gridGap(m_style->rowGap, m_contentHeight);
        m_rows = m_structure->rowTracks(*m_style, m_contentHeight);
        measureGridItems(*m_pass, m_items, m_rows);
        GridAxisSpace down;
        down.gap = m_rowGap;
        down.stretchesAuto = stretches(m_style->flexGrid->alignContent);
        std::optional<LayoutUnit> known = m_contentHeight;
        if (!known && m_space.height)
            known = std::max(*m_space.height - m_edges.vertical(), LayoutUnit());
        if (known) {
            down.kind = GridAxisSpace::Kind::Definite;
            down.available = *known;
        } else {
            const auto [least, most] = heightLimits();
            down.minInner = least.value_or(LayoutUnit());
            down.maxInner = most.value_or(LayoutUnit::max());
        }
        const auto contributions = rowContributions(*m_pass, m_items, m_rows);
        sizeTracks(m_rows, contributions, down);
        const LayoutUnit inner = tracksSize(m_rows, m_rowGap);
        m_height = usedHeight(*m_pass, m_box, m_space, inner + m_edges.vertical());
        if (!known && (m_style->rowGap.dependsOnBase() || hasPercentRows())) {
            // 7.2.1, css-align-3 8.3: percentages are then of the height that came out.
            const LayoutUnit height = m_height - m_edges.vertical();
            m_rowGap = gridGap(m_style->rowGap, height);
            m_rows = m_structure->rowTracks(*m_style, height);
            down.kind = GridAxisSpace::Kind::Definite;
            down.available = height;
            down.gap = m_rowGap;
            sizeTracks(m_rows, contributions, down);
        }
        placeTracks(m_rows, tracksSize(m_rows, m_rowGap), m_rowGap, {Alignment::Start});
    }

    bool hasPercentRows() const
    {
        const auto depends = [](const TrackSize &size) { return size.min.dependsOnBase() || size.max.dependsOnBase(); };
        const std::vector<TrackSize> &named = m_structure->rows.sizes(), &implicit = m_style->flexGrid->autoRows;
        return std::any_of(named.begin(), named.end(), depends) ||
               std::any_of(implicit.begin(), implicit.end(), depends);
    }

    LayoutPoint areaPosition(const GridItem &item) const
    {
        LayoutUnit x = m_columns[std::size_t(item.area.columns.start)].position;
        if (isRightToLeft())
            x = m_contentWidth - x - sizeOf(m_columns, item.area.columns);
        return {m_edges.left + x, m_edges.top + m_rows[std::size_t(item.area.rows.start)].position};
    }

    void placeItem(FragmentId parent, GridItem &item)
    {
        // Content that is distributed may have made the area larger.
        const LayoutUnit areaWidth = sizeOf(m_columns, item.area.columns);
        const LayoutUnit areaHeight = sizeOf(m_rows, item.area.rows);
        if (areaWidth != item.areaWidth)
            sizeAcross(item);
        Space space;
        space.width = item.width;
        space.containingWidth = areaWidth;
        space.containingHeight = areaHeight;
        space.height = stretchedGridItemHeight(*m_pass, item, areaHeight);
        const Placed placed = m_pass->place(item.box, space);
        item.baselines = placed.baselines;
        item.height = placed.height;
        const LayoutPoint offset = gridItemOffset(*m_pass, item, {areaWidth, areaHeight}, isRightToLeft());
        item.top = areaPosition(item).y + offset.y;
        m_pass->attach(parent, placed.fragment, areaPosition(item) + offset);
    }

    /// 11.9: of the first row that has items, one aligned by its baseline or else the first.
    Baselines baselines() const
    {
        const GridItem *first = nullptr, *last = nullptr;
        for (const GridItem &item : m_items) {
            const auto before = [](const GridItem &a, const GridItem &b) {
                return std::tuple(a.area.rows.start, a.align.value != Alignment::Baseline, a.area.columns.start) <
                       std::tuple(b.area.rows.start, b.align.value != Alignment::Baseline, b.area.columns.start);
            };
            if (!first || before(item, *first))
                first = &item;
            if (!last || item.area.rows.end >= last->area.rows.end)
                last = &item;
        }
        Baselines found;
        if (first) {
            found.first = topOf(*first) + first->baselines.first.value_or(first->height);
            found.last = topOf(*last) + last->baselines.last.value_or(last->height);
        }
        return found;
    }

    LayoutUnit topOf(const GridItem &item) const
    {
        if (item.top)
            return *item.top;
        const LayoutUnit areaHeight = sizeOf(m_rows, item.area.rows);
        return m_edges.top + m_rows[std::size_t(item.area.rows.start)].position +
               gridItemOffset(*m_pass, item, {item.areaWidth, areaHeight}, isRightToLeft()).y;
    }

    /// 9.2: as if the child were the only item in the content box.
    StaticPosition staticPosition(FragmentId fragment, BoxId child, LayoutUnit innerHeight) const
    {
        const GridAlignment aligned = gridAlignment(*m_pass, *m_style, child);
        const auto edgeOf = [](Alignment value) {
            if (value == Alignment::Center)
                return StaticPosition::Edge::Center;
            return value == Alignment::End || value == Alignment::LastBaseline ? StaticPosition::Edge::End
                                                                               : StaticPosition::Edge::Start;
        };
        const auto at = [](StaticPosition::Edge edge, LayoutUnit size) {
            return edge == StaticPosition::Edge::Start ? LayoutUnit()
                                                       : (edge == StaticPosition::Edge::End ? size : size / 2);
        };
        StaticPosition position;
        position.fragment = fragment;
        position.horizontal = edgeOf(aligned.justify.value);
        if (isRightToLeft() && position.horizontal != StaticPosition::Edge::Center)
            position.horizontal = position.horizontal == StaticPosition::Edge::Start ? StaticPosition::Edge::End
                                                                                     : StaticPosition::Edge::Start;
        position.vertical = edgeOf(aligned.align.value);
        position.point = {m_edges.left + at(position.horizontal, m_contentWidth),
                          m_edges.top + at(position.vertical, innerHeight)};
        position.area = absoluteArea(fragment, m_pass->style(child));
        return position;
    }

    /// From the padding edge at the start of an axis: what lines say, or else to the padding edges (9.1).
    static std::pair<LayoutUnit, LayoutUnit> between(std::optional<int> start, std::optional<int> end,
                                                     const std::vector<GridTrack> &tracks, int before,
                                                     LayoutUnit contentStart, LayoutUnit paddingSize)
    {
        const auto isThere = [&](std::optional<int> line) {
            return line && *line + before >= 0 && *line + before <= int(tracks.size()) && !tracks.empty();
        };
        LayoutUnit from, to = paddingSize;
        if (isThere(start)) {
            const auto index = std::size_t(*start + before);
            from = contentStart +
                   (index < tracks.size() ? tracks[index].position : tracks.back().position + tracks.back().base);
        }
        if (isThere(end)) {
            const auto index = std::size_t(*end + before);
            to = contentStart + (index > 0 ? tracks[index - 1].position + tracks[index - 1].base : tracks[0].position);
        }
        return {from, std::max(to, from)};
    }

    /// Lines of an item that is absolute; a span counts from the other line.
    static std::pair<std::optional<int>, std::optional<int>> linesOf(const ExplicitGrid &grid, const GridLine &start,
                                                                     const GridLine &end)
    {
        const bool hasStart = grid.resolveLine(start, false).has_value(),
                   hasEnd = grid.resolveLine(end, true).has_value();
        const GridPosition position = grid.resolve(start, end);
        const bool spansFromStart = hasStart && end.kind == GridLine::Kind::Span;
        const bool spansToEnd = hasEnd && start.kind == GridLine::Kind::Span;
        std::optional<int> first, last;
        if (hasStart || spansToEnd)
            first = position.start;
        if (hasEnd || spansFromStart)
            last = *position.start + position.span;
        return {first, last};
    }

    std::optional<LayoutRect> absoluteArea(FragmentId fragment, const ComputedStyle &child) const
    {
        const FlexGridStyle &asked = *child.flexGrid;
        const auto [left, right] = linesOf(m_structure->columns, asked.columnStart, asked.columnEnd);
        const auto [top, bottom] = linesOf(m_structure->rows, asked.rowStart, asked.rowEnd);
        if (!left && !right && !top && !bottom)
            return std::nullopt;
        const LayoutEdges border = borderOf(*m_pass, m_box);
        const LayoutSize padding{m_space.width - border.horizontal(),
                                 m_pass->tree().fragment(fragment).size.height - border.vertical()};
        const LayoutUnit before = isRightToLeft() ? m_edges.right - border.right : m_edges.left - border.left;
        auto [x0, x1] = between(left, right, m_columns, m_structure->placement.columnsBefore, before, padding.width);
        if (isRightToLeft())
            std::tie(x0, x1) = std::pair(padding.width - x1, padding.width - x0);
        const auto [y0, y1] =
            between(top, bottom, m_rows, m_structure->placement.rowsBefore, m_edges.top - border.top, padding.height);
        return LayoutRect{{border.left + x0, border.top + y0}, {x1 - x0, y1 - y0}};
    }

    LayoutPass *m_pass;
    BoxId m_box;
    Space m_space;
    const ComputedStyle *m_style;
    LayoutEdges m_edges;
    LayoutUnit m_contentWidth;
    std::optional<LayoutUnit> m_contentHeight;
    const GridStructure *m_structure;
    std::vector<GridTrack> m_columns, m_rows;
    std::vector<GridItem> m_items;
    LayoutUnit m_columnGap, m_rowGap, m_height;
};

} // namespace

namespace grid {

Intrinsic intrinsic(LayoutPass &pass, BoxId box)
{
    const ComputedStyle &style = pass.style(box);
    GridInnerSize inner;
    if (style.box->maxWidth.is(Length::Kind::Fixed))
        inner.maxWidth = style.box->maxWidth.resolve(LayoutUnit());
    if (style.box->width.is(Length::Kind::Fixed))
        inner.width = style.box->width.resolve(LayoutUnit());
    else if (style.box->minWidth.is(Length::Kind::Fixed))
        inner.minWidth = style.box->minWidth.resolve(LayoutUnit());
    const GridStructure &structure = gridStructure(pass, box, inner);
    const std::vector<GridItem> items = gridItems(pass, style, structure);
    const auto sizeUnder = [&](GridAxisSpace::Kind kind) {
        std::vector<GridTrack> tracks = structure.columnTracks(style, std::nullopt);
        GridAxisSpace space;
        space.kind = kind;
        space.gap = gridGap(style.columnGap, std::nullopt);
        sizeTracks(tracks, columnContributions(pass, items, tracks), space);
        return tracksSize(tracks, space.gap);
    };
    const LayoutUnit extra = borderAndPadding(pass, box, LayoutUnit()).horizontal();
    return {sizeUnder(GridAxisSpace::Kind::MinContent) + extra, sizeUnder(GridAxisSpace::Kind::MaxContent) + extra};
}

Measured heightAt(LayoutPass &pass, BoxId box, const Space &space)
{
    return GridLayout(pass, box, space).measure();
}

Placed place(LayoutPass &pass, BoxId box, const Space &space)
{
    return GridLayout(pass, box, space).place();
}

} // namespace grid

} // namespace bulkhead::engine
