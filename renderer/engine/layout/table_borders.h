// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/layout/fragment.h"
#include "renderer/engine/style/computed_style.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// Whose border it is: a higher one wins among equals (CSS 2.1 17.6.2.1).
enum class BorderOrigin : std::uint8_t { None, Table, ColumnGroup, Column, RowGroup, Row, Cell };

/// An area of cells, lines counted from 0; the end is behind it.
struct TableArea
{
    int rowStart = 0, rowEnd = 0, columnStart = 0, columnEnd = 0;
};

/// Which borders meet where: the edges between the cells of a table whose borders collapse.
class CollapsedBorders
{
public:
    /// Larger tables have none: a page cannot make them cost more than that.
    static constexpr std::int64_t MostCells = 1'000'000;

    CollapsedBorders(int rows, int columns);

    /// No edge is inside of a cell; before add() of anything.
    void addCellArea(const TableArea &area);
    /// The borders of whatever covers @p area, all four; of two that are equal the one that was added first wins, so
    /// add cells from the start to the end and from the top to the bottom. @p rightToLeft: columns run to the left.
    void add(const TableArea &area, const ComputedStyle &style, BorderOrigin origin, bool rightToLeft);

    /// Half of what is at the edges of the area: a cell's used borders.
    LayoutEdges bordersOf(const TableArea &area, bool rightToLeft) const;
    /// The table's own: half of the first row's outer edges, and of the widest at top and bottom.
    LayoutEdges tableBorders(bool rightToLeft) const;

    /// Positions of all lines, one more than there are columns and rows; those of columns fall when they run to the
    /// left.
    struct Lines
    {
        std::span<const LayoutUnit> columns, rows;
        bool rightToLeft = false;
    };
    using Edges = std::vector<BoxGeometry::CollapsedEdge>;
    /// What is to be painted: edges that go on are one.
    Edges paintedEdges(const Lines &lines) const;

private:
    struct Edge
    {
        const BorderSide *side = nullptr;
        BorderOrigin origin = BorderOrigin::None;
        bool isInsideCell = false;
    };

    Edge &vertical(int row, int line)
    {
        return m_vertical[std::size_t(row) * std::size_t(m_columns + 1) + std::size_t(line)];
    }
    Edge &horizontal(int line, int column)
    {
        return m_horizontal[std::size_t(line) * std::size_t(m_columns) + std::size_t(column)];
    }
    const Edge &vertical(int row, int line) const { return const_cast<CollapsedBorders *>(this)->vertical(row, line); }
    const Edge &horizontal(int line, int column) const
    {
        return const_cast<CollapsedBorders *>(this)->horizontal(line, column);
    }
    static void offer(Edge &edge, const BorderSide &side, BorderOrigin origin);
    static LayoutUnit widthOf(const Edge &edge);
    LayoutUnit widestAcross(int line, int column) const;
    LayoutUnit widestAlong(int row, int line) const;
    void paintVertical(int line, const Lines &lines, Edges &found) const;
    void paintHorizontal(int line, const Lines &lines, Edges &found) const;

    int m_rows, m_columns;
    std::vector<Edge> m_vertical, m_horizontal;
};

} // namespace bulkhead::engine
