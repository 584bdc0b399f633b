// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/grid_placement.h"

#include "renderer/engine/layout/grid_occupancy.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <tuple>
#include <utility>

namespace bulkhead::engine {
namespace {

/// The algorithm for a flow by rows; for one by columns the axes are exchanged before and after.
class AutoPlacement
{
public:
    AutoPlacement(std::span<const GridRequest> items, int rows, int columns, bool isDense)
        : m_items(items), m_isDense(isDense)
    {
        m_result.areas.resize(items.size());
        m_result.rowCount = rows;
        m_result.columnCount = columns;
        findBounds();
    }

    GridPlacement run()
    {
        for (std::size_t i = 0; i < m_items.size(); ++i)
            if (m_items[i].row.start && m_items[i].column.start)
                put(i, rowOf(i), columnOf(i));
        for (std::size_t i = 0; i < m_items.size(); ++i)
            if (m_items[i].row.start && !m_items[i].column.start)
                placeInRow(i);
        m_result.columnCount = std::max(m_result.columnCount, m_widest);
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (m_items[i].row.start)
                continue;
            if (m_items[i].column.start)
                placeInColumn(i);
            else
                placeAnywhere(i);
        }
        return std::move(m_result);
    }

private:
    struct Cursor
    {
        int row = 0, column = 0;
    };

    /// Implicit lines before the explicit grid, and the columns that items need (8.5 step 2).
    void findBounds()
    {
        int firstRow = 0, firstColumn = 0, lastRow = m_result.rowCount, lastColumn = m_result.columnCount;
        for (const GridRequest &item : m_items) {
            if (item.row.start) {
                firstRow = std::min(firstRow, *item.row.start);
                lastRow = std::max(lastRow, *item.row.start + item.row.span);
            }
            if (item.column.start) {
                firstColumn = std::min(firstColumn, *item.column.start);
                lastColumn = std::max(lastColumn, *item.column.start + item.column.span);
            } else {
                m_widest = std::max(m_widest, item.column.span);
            }
        }
        m_result.rowsBefore = -firstRow;
        m_result.columnsBefore = -firstColumn;
        m_result.rowCount = lastRow - firstRow;
        m_result.columnCount = lastColumn - firstColumn;
    }

    GridRange rowOf(std::size_t item) const
    {
        const int start = *m_items[item].row.start + m_result.rowsBefore;
        return {start, start + m_items[item].row.span};
    }
    GridRange columnOf(std::size_t item) const
    {
        const int start = *m_items[item].column.start + m_result.columnsBefore;
        return {start, start + m_items[item].column.span};
    }

    void put(std::size_t item, GridRange rows, GridRange columns)
    {
        m_result.areas[item] = {rows, columns};
        m_result.rowCount = std::max(m_result.rowCount, rows.end);
        m_result.columnCount = std::max(m_result.columnCount, columns.end);
        m_taken.take(rows, columns);
    }

    /// Step 1: a given row, any column. Items of one size never fit before the last of their size.
    void placeInRow(std::size_t item)
    {
        const GridRange rows = rowOf(item);
        const int span = m_items[item].column.span;
        int &cursor =
            m_rowCursors[m_isDense ? std::tuple(rows.start, rows.span(), span) : std::tuple(rows.start, 0, 0)];
        GridRange columns{cursor, cursor + span};
        while (m_taken.isWithinBudget()) {
            const int free = m_taken.firstFree(rows, columns);
            if (free == columns.start)
                break;
            columns = {free, free + span};
        }
        // Nothing goes past the last line that there may be.
        if (columns.end > 2 * MostGridLines)
            columns = {std::max(2 * MostGridLines - span, 0), 2 * MostGridLines};
        put(item, rows, columns);
        cursor = columns.start;
        if (!m_isDense)
            cursor = columns.end;
    }

    /// Step 4, a given column: the next row in which it is free.
    void placeInColumn(std::size_t item)
    {
        const GridRange columns = columnOf(item);
        const int span = m_items[item].row.span;
        Cursor &cursor =
            m_isDense ? m_cursors[std::tuple(span, columns.span(), columns.start)] : m_cursors[std::tuple(0, 0, 0)];
        if (!m_isDense && columns.start < cursor.column)
            ++cursor.row;
        cursor.column = m_isDense ? 0 : columns.start;
        cursor.row = clampedRow(cursor.row, span);
        while (cursor.row < m_taken.rowCount() && m_taken.isWithinBudget() &&
               m_taken.firstFree({cursor.row, cursor.row + span}, columns) != columns.start)
            ++cursor.row;
        cursor.row = belowAllIfTired(cursor.row, span);
        put(item, {cursor.row, cursor.row + span}, columns);
    }

    void placeAnywhere(std::size_t item)
    {
        const int rowSpan = m_items[item].row.span, columnSpan = m_items[item].column.span;
        Cursor &cursor = m_isDense ? m_cursors[std::tuple(rowSpan, columnSpan, -1)] : m_cursors[std::tuple(0, 0, 0)];
        cursor.row = clampedRow(cursor.row, rowSpan);
        while (m_taken.isWithinBudget()) {
            if (cursor.column + columnSpan > m_result.columnCount) {
                cursor = {cursor.row + 1, 0};
                continue;
            }
            const int free =
                m_taken.firstFree({cursor.row, cursor.row + rowSpan}, {cursor.column, cursor.column + columnSpan});
            if (free == cursor.column)
                break;
            cursor.column = free;
        }
        const int row = belowAllIfTired(cursor.row, rowSpan);
        if (row != cursor.row)
            cursor = {row, 0};
        put(item, {cursor.row, cursor.row + rowSpan}, {cursor.column, cursor.column + columnSpan});
    }

    int clampedRow(int row, int span) const { return std::min(row, MostRows - span); }
    int belowAllIfTired(int row, int span) const
    {
        return clampedRow(m_taken.isWithinBudget() ? row : std::max(row, m_result.rowCount), span);
    }

    /// Auto-placement makes rows, one for each item if need be; hence more than lines may name.
    static constexpr int MostRows = 200'000;

    std::span<const GridRequest> m_items;
    bool m_isDense;
    GridPlacement m_result;
    GridOccupancy m_taken;
    int m_widest = 0;
    std::map<std::tuple<int, int, int>, int> m_rowCursors;
    std::map<std::tuple<int, int, int>, Cursor> m_cursors;
};

} // namespace

GridPlacement placeGridItems(std::span<const GridRequest> items, int explicitRows, int explicitColumns, GridFlow flow)
{
    const bool isDense = flow == GridFlow::RowDense || flow == GridFlow::ColumnDense;
    if (flow == GridFlow::Row || flow == GridFlow::RowDense)
        return AutoPlacement(items, explicitRows, explicitColumns, isDense).run();
    std::vector<GridRequest> turned(items.begin(), items.end());
    for (GridRequest &item : turned)
        std::swap(item.row, item.column);
    GridPlacement placement = AutoPlacement(turned, explicitColumns, explicitRows, isDense).run();
    for (GridArea &area : placement.areas)
        std::swap(area.rows, area.columns);
    std::swap(placement.rowCount, placement.columnCount);
    std::swap(placement.rowsBefore, placement.columnsBefore);
    return placement;
}

} // namespace bulkhead::engine
