// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// A cell's place among the rows and columns of its table.
struct TableSlot
{
    int row = 0, column = 0;
    int rowSpan = 1, columnSpan = 1;
    friend bool operator==(const TableSlot &, const TableSlot &) = default;
};

/// What a row holds: spans as written; a rowSpan of 0 reaches to the end of the row group.
struct TableRowSpec
{
    std::vector<TableSlot> cells; ///< only the spans count
    bool startsGroup = false;     ///< no cell spans into it from above
};

struct TableSlots
{
    std::vector<TableSlot> cells; ///< row by row, in the order of the rows
    int columnCount = 0;
};

/// The table model of HTML (and CSS 2.1 17.5): cells go to the first free place of their row. Spans end with the row
/// group. Columns in which no cell begins, and that are not among the first @p namedColumns, are merged into the one
/// before them (css-tables-3 4.1), so there are never more columns than cells and col elements.
TableSlots assignTableSlots(std::span<const TableRowSpec> rows, int namedColumns);

} // namespace bulkhead::engine
