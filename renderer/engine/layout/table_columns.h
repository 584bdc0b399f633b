// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"

#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// What is known of a column's width (css-tables-3 3.8). Border boxes of its cells.
struct TableColumn
{
    LayoutUnit min, max;
    std::optional<double> percent;
    bool isFixed = false;    ///< max comes from a width that is a length
    LayoutUnit percentExtra; ///< table-layout: fixed: padding and border of the cell that gave the percentage
};

/// A cell's part in it.
struct TableCellWidth
{
    int column = 0, span = 1;
    LayoutUnit min, max;
    std::optional<double> percent;
    bool isFixed = false;
};

/// The widths of all columns together, without spacing.
struct TableGridWidth
{
    LayoutUnit min, max;
};

/// Cells of one column, then spanning ones by their span: @p spacing is between columns.
void applyCellWidths(std::vector<TableColumn> &columns, std::vector<TableCellWidth> cells, LayoutUnit spacing);

/// The intrinsic widths that columns come to; a percentage makes the whole as wide that it is that part of it.
TableGridWidth tableGridWidth(std::span<const TableColumn> columns);

/// css-tables-3 3.9.3: column widths that add up to @p width (unless that is below all minimums).
std::vector<LayoutUnit> distributeTableWidth(std::span<const TableColumn> columns, LayoutUnit width);

/// table-layout: fixed (CSS 2.1 17.5.2.1). Columns have isFixed, percent or neither; the sum may exceed @p width.
std::vector<LayoutUnit> distributeFixedTableWidth(std::span<const TableColumn> columns, LayoutUnit width);

} // namespace bulkhead::engine
