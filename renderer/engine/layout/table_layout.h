// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/table_model.h"
#include "renderer/engine/layout/table_rows.h"

#include <optional>
#include <vector>

namespace bulkhead::engine {

/// Where everything of a table is. Positions are of its border box; those of columns from its start edge.
struct TableLayoutResult
{
    LayoutUnit width;              ///< of the table's border box
    LayoutUnit height;             ///< likewise
    LayoutUnit wrapperHeight;      ///< with captions
    LayoutUnit tableTop;           ///< in the wrapper, below captions
    LayoutUnit contentWidth;       ///< what percentages of cells' padding are of
    bool isHeightDefinite = false; ///< the table has a height: percentages in cells have a meaning
    std::vector<LayoutUnit> columnStarts, columnWidths;
    std::vector<LayoutUnit> rowTops, rowHeights;
    std::vector<LayoutUnit> sectionTops, sectionHeights;
    std::vector<std::optional<LayoutUnit>> rowBaselines; ///< from the row's top, of cells aligned by it
    Baselines baselines;                                 ///< of the wrapper

    LayoutUnit cellWidth(const TableSlot &slot) const;
    LayoutUnit cellHeight(const TableSlot &slot) const;
};

/// Widths of columns and heights of rows (css-tables-3 3.9, 3.10) when the table's width is known.
class TableRows
{
public:
    TableRows(LayoutPass &pass, TableModel &model, const Space &space, LayoutUnit width);
    TableLayoutResult layOut();

private:
    void placeColumns();
    void measureRows();
    void measureCell(const TableModel::Cell &cell, std::vector<TableSpanHeight> &spanning);
    void growSections();
    void growToTableHeight();
    void placeRows();
    void addCaptions();
    void findBaselines();
    std::optional<LayoutUnit> tableHeight();
    LayoutUnit heightOfRows(int first, int count) const;

    LayoutPass *m_pass;
    TableModel *m_model;
    Space m_space;
    LayoutEdges m_edges;
    std::vector<TableRowHeight> m_rows;
    std::vector<LayoutUnit> m_descents; // of cells on the baseline, by row
    LayoutUnit m_captionsHeight;
    TableLayoutResult m_result;
};

bool isBaselineAligned(const ComputedStyle &cell);
/// A cell's baseline from its top: without lines the bottom of its content box.
LayoutUnit cellBaseline(LayoutPass &pass, BoxId cell, const Measured &measured, LayoutUnit containingWidth);
/// What a cell's content needs at a width: its own height does not count.
Measured measureTableCell(LayoutPass &pass, BoxId cell, LayoutUnit width, LayoutUnit containingWidth);

/// Makes the fragments of the wrapper and all that is in it.
FragmentId placeTable(LayoutPass &pass, BoxId wrapper, TableModel &model, const Space &space,
                      const TableLayoutResult &result);

} // namespace bulkhead::engine
