// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/table_borders.h"
#include "renderer/engine/layout/table_columns.h"
#include "renderer/engine/layout/table_slots.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// A table's boxes as a grid, with all that does not depend on its width. Kept in the pass, for the wrapper.
class TableModel : public FormattingData
{
public:
    struct Cell
    {
        BoxId box = BoxId::None;
        TableSlot slot;
    };
    struct Row
    {
        BoxId box = BoxId::None;
        std::size_t firstCell = 0, cellCount = 0;
        bool isCollapsed = false; ///< visibility: collapse
    };
    struct Section
    {
        BoxId box = BoxId::None;
        int firstRow = 0, rowCount = 0;
        bool isBody = true;
    };
    struct Column
    {
        BoxId box = BoxId::None, group = BoxId::None; ///< None when only cells make it
        bool isCollapsed = false;
    };

    TableModel(LayoutPass &pass, BoxId wrapper);
    /// Of the wrapper, made when it is first asked for.
    static TableModel &of(LayoutPass &pass, BoxId wrapper);

    BoxId table = BoxId::None;
    std::vector<BoxId> topCaptions, bottomCaptions;
    std::vector<Section> sections; ///< as they stand: the header first, the footer last
    std::vector<Row> rows;
    std::vector<Cell> cells; ///< by rows
    std::vector<Column> columns;
    std::optional<CollapsedBorders> borders; ///< when they collapse
    LayoutUnit spacingX, spacingY;
    bool isFixedLayout = false;
    bool isRightToLeft = false;

    std::span<const Cell> cellsOf(const Row &row) const
    {
        return std::span(cells).subspan(row.firstCell, row.cellCount);
    }
    /// What is beside the columns: borders, padding and spacing.
    LayoutUnit outsideColumns(LayoutPass &pass, LayoutUnit containingWidth) const;
    LayoutEdges edges(LayoutPass &pass, LayoutUnit containingWidth) const;
    /// Constraints of the columns, from cells and col elements; found once.
    const std::vector<TableColumn> &columnWidths(LayoutPass &pass);

private:
    void collectChildren(LayoutPass &pass, BoxId wrapper);
    void collectRows(LayoutPass &pass, const std::vector<BoxId> &groups);
    void collectColumns(LayoutPass &pass, BoxId group);
    void addColumn(BoxId column, BoxId group, int span);
    void collapseBorders(LayoutPass &pass);
    void addBorders(LayoutPass &pass);
    TableCellWidth widthOfCell(LayoutPass &pass, const Cell &cell) const;
    std::optional<TableCellWidth> widthOfColumn(LayoutPass &pass, int column) const;
    void findFixedWidths(LayoutPass &pass);

    std::optional<std::vector<TableColumn>> m_columnWidths;
    int m_namedColumns = 0;
};

} // namespace bulkhead::engine
