// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/positioned.h"
#include "renderer/engine/layout/sizes.h"
#include "renderer/engine/layout/table_layout.h"

#include <algorithm>

namespace bulkhead::engine {
namespace {

/// Makes a table's fragments: the wrapper, captions, the table, columns, row groups, rows and cells.
class TableFragments
{
public:
    TableFragments(LayoutPass &pass, TableModel &model, const Space &space, const TableLayoutResult &result)
        : m_pass(&pass), m_model(&model), m_space(space), m_result(&result)
    {
    }

    FragmentId place(BoxId wrapper)
    {
        const FragmentId fragment =
            m_pass->newFragment(wrapper, {m_space.width, m_result->wrapperHeight}, m_space.containingWidth);
        if (m_model->table == BoxId::None)
            return fragment;
        LayoutUnit top;
        for (const BoxId caption : m_model->topCaptions)
            top += placeCaption(fragment, caption, top);
        placeGrid(fragment);
        top = m_result->tableTop + m_result->height;
        for (const BoxId caption : m_model->bottomCaptions)
            top += placeCaption(fragment, caption, top);
        addOutOfFlow(wrapper, fragment);
        return fragment;
    }

private:
    LayoutUnit placeCaption(FragmentId wrapper, BoxId caption, LayoutUnit top)
    {
        const LayoutEdges margin = marginOf(m_pass->style(caption), m_space.width);
        Space space;
        space.width = std::max(m_space.width - margin.horizontal(), LayoutUnit());
        space.containingWidth = m_space.width;
        const Placed placed = m_pass->place(caption, space);
        m_pass->attach(wrapper, placed.fragment, {margin.left, top + margin.top});
        return placed.height + margin.vertical();
    }

    void addOutOfFlow(BoxId parent, FragmentId fragment)
    {
        for (const BoxId child : m_pass->boxes().children(parent))
            if (m_pass->style(child).isOutOfFlow())
                m_pass->addOutOfFlow(child, {StaticPosition::Edge::Start, StaticPosition::Edge::Start, fragment, {}});
    }

    /// A fragment of a part of the table, moved by relative positioning.
    FragmentId makePart(BoxId box, LayoutSize size)
    {
        const FragmentId fragment = m_pass->newFragment(box, size, m_result->contentWidth);
        m_pass->tree().fragment(fragment).offset =
            relativeOffset(m_pass->style(box), {m_result->contentWidth, {}}, std::nullopt);
        return fragment;
    }

    /// From the left edge of the table, of columns [first, first + count).
    LayoutUnit leftOf(int first, int count) const
    {
        const LayoutUnit start = m_result->columnStarts[std::size_t(first)];
        return m_model->isRightToLeft ? m_result->width - start - widthOf(first, count) : start;
    }
    LayoutUnit widthOf(int first, int count) const { return m_result->cellWidth({0, first, 1, count}); }

    void placeGrid(FragmentId wrapper)
    {
        const FragmentId grid =
            m_pass->newFragment(m_model->table, {m_result->width, m_result->height}, m_space.containingWidth);
        if (m_model->borders)
            m_pass->tree().geometries[m_pass->tree().fragment(grid).extra].padding = {};
        m_pass->attach(wrapper, grid, {LayoutUnit(), m_result->tableTop});
        if (!m_model->columns.empty()) {
            placeColumns(grid);
            for (std::size_t i = 0; i < m_model->sections.size(); ++i)
                placeSection(grid, i);
        }
        if (m_model->borders)
            m_pass->tree().geometries[m_pass->tree().fragment(grid).extra].collapsedBorders = collapsedEdges();
        addOutOfFlow(m_model->table, grid);
    }

    /// Groups with their columns: for their backgrounds, over the height of all rows.
    void placeColumns(FragmentId grid)
    {
        if (m_model->sections.empty())
            return;
        const LayoutUnit top = m_result->sectionTops.front();
        const LayoutUnit height = m_result->sectionTops.back() + m_result->sectionHeights.back() - top;
        const int count = int(m_model->columns.size());
        for (int i = 0; i < count;) {
            const BoxId group = m_model->columns[std::size_t(i)].group;
            int end = i + 1;
            while (end < count && m_model->columns[std::size_t(end)].group == group)
                ++end;
            if (group != BoxId::None) {
                const LayoutUnit left = leftOf(i, end - i);
                const FragmentId fragment = makePart(group, {widthOf(i, end - i), height});
                m_pass->attach(grid, fragment, {left, top});
                for (int column = i; column < end; ++column)
                    placeColumn(fragment, column, left, height);
            }
            i = end;
        }
    }

    void placeColumn(FragmentId group, int column, LayoutUnit groupLeft, LayoutUnit height)
    {
        const TableModel::Column &placed = m_model->columns[std::size_t(column)];
        if (placed.box == BoxId::None || placed.isCollapsed)
            return;
        const FragmentId fragment = makePart(placed.box, {widthOf(column, 1), height});
        m_pass->attach(group, fragment, {leftOf(column, 1) - groupLeft, LayoutUnit()});
    }

    void placeSection(FragmentId grid, std::size_t index)
    {
        const TableModel::Section &section = m_model->sections[index];
        const int count = int(m_model->columns.size());
        const LayoutPoint at{leftOf(0, count), m_result->sectionTops[index]};
        const FragmentId fragment = makePart(section.box, {widthOf(0, count), m_result->sectionHeights[index]});
        m_pass->attach(grid, fragment, at);
        for (int i = section.firstRow; i < section.firstRow + section.rowCount; ++i)
            placeRow(fragment, std::size_t(i), at);
        addOutOfFlow(section.box, fragment);
    }

    void placeRow(FragmentId section, std::size_t index, LayoutPoint sectionAt)
    {
        const TableModel::Row &row = m_model->rows[index];
        const LayoutPoint at{sectionAt.x, m_result->rowTops[index]};
        const FragmentId fragment =
            makePart(row.box, {widthOf(0, int(m_model->columns.size())), m_result->rowHeights[index]});
        m_pass->tree().fragment(fragment).isHiddenForPaint = row.isCollapsed;
        m_pass->attach(section, fragment, at - sectionAt);
        for (const TableModel::Cell &cell : m_model->cellsOf(row))
            placeCell(fragment, cell, at);
        addOutOfFlow(row.box, fragment);
    }

    void placeCell(FragmentId row, const TableModel::Cell &cell, LayoutPoint rowAt)
    {
        const ComputedStyle &style = m_pass->style(cell.box);
        const LayoutUnit width = m_result->cellWidth(cell.slot), height = m_result->cellHeight(cell.slot);
        Space space;
        space.width = width;
        space.containingWidth = m_result->contentWidth;
        space.height = height;
        space.isHeightDefinite = m_result->isHeightDefinite || !style.box->height.isAuto() ||
                                 !m_pass->style(m_model->rows[std::size_t(cell.slot.row)].box).box->height.isAuto();
        const Measured measured = measureTableCell(*m_pass, cell.box, width, m_result->contentWidth);
        const Placed placed = m_pass->place(cell.box, space);
        const LayoutUnit down = contentShift(cell, measured, height);
        if (down != LayoutUnit())
            m_pass->moveContent(placed.fragment, down);
        Fragment &fragment = m_pass->tree().fragment(placed.fragment);
        const bool hidesEmpty = style.inherited->emptyCells == EmptyCells::Hide && !m_model->borders &&
                                m_pass->box(cell.box).firstChild == BoxId::None;
        const bool inCollapsedColumn =
            cell.slot.columnSpan == 1 && m_model->columns[std::size_t(cell.slot.column)].isCollapsed;
        const bool inCollapsedRow = m_model->rows[std::size_t(cell.slot.row)].isCollapsed;
        fragment.isHiddenForPaint = hidesEmpty || inCollapsedColumn || inCollapsedRow;
        m_pass->attach(row, placed.fragment, {leftOf(cell.slot.column, cell.slot.columnSpan) - rowAt.x, LayoutUnit()});
    }

    /// How far vertical-align moves a cell's content down (17.5.3).
    LayoutUnit contentShift(const TableModel::Cell &cell, const Measured &measured, LayoutUnit height) const
    {
        const ComputedStyle &style = m_pass->style(cell.box);
        const LayoutUnit free = std::max(height - measured.height, LayoutUnit());
        if (style.verticalAlign == VerticalAlign::Middle)
            return free / 2;
        if (style.verticalAlign == VerticalAlign::Bottom)
            return free;
        const auto &baseline = m_result->rowBaselines[std::size_t(cell.slot.row)];
        if (!isBaselineAligned(style) || !baseline)
            return {};
        return std::max(*baseline - cellBaseline(*m_pass, cell.box, measured, m_result->contentWidth), LayoutUnit());
    }

    std::vector<BoxGeometry::CollapsedEdge> collapsedEdges() const
    {
        const std::size_t columnCount = m_model->columns.size(), rowCount = m_model->rows.size();
        if (columnCount == 0 || rowCount == 0)
            return {};
        std::vector<LayoutUnit> columns, rows;
        for (std::size_t i = 0; i <= columnCount; ++i) {
            const LayoutUnit start = i < columnCount ? m_result->columnStarts[i]
                                                     : m_result->columnStarts[i - 1] + m_result->columnWidths[i - 1];
            columns.push_back(m_model->isRightToLeft ? m_result->width - start : start);
        }
        for (std::size_t i = 0; i < rowCount; ++i)
            rows.push_back(m_result->rowTops[i]);
        rows.push_back(m_result->rowTops.back() + m_result->rowHeights.back());
        return m_model->borders->paintedEdges({columns, rows, m_model->isRightToLeft});
    }

    LayoutPass *m_pass;
    TableModel *m_model;
    Space m_space;
    const TableLayoutResult *m_result;
};

} // namespace

FragmentId placeTable(LayoutPass &pass, BoxId wrapper, TableModel &model, const Space &space,
                      const TableLayoutResult &result)
{
    return TableFragments(pass, model, space, result).place(wrapper);
}

} // namespace bulkhead::engine
