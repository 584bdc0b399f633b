// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"

#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// A row's height while it is found (css-tables-3 3.10).
struct TableRowHeight
{
    LayoutUnit height;
    std::optional<double> percent; ///< of the table's height
    bool isFixed = false;          ///< a length was given, by the row or a cell
    bool hasCells = false;
    bool isCollapsed = false; ///< visibility: collapse
};

/// A cell that spans rows.
struct TableSpanHeight
{
    int row = 0, span = 1;
    LayoutUnit height;
};

/// Rows grow so that spanning cells fit, the smallest spans first.
void applySpanHeights(std::vector<TableRowHeight> &rows, std::vector<TableSpanHeight> cells, LayoutUnit spacing);

/// Adds @p extra to rows: to those that are auto in proportion to their height, else to all.
void growRows(std::span<TableRowHeight> rows, LayoutUnit extra);

/// Rows get their percentage of @p tableHeight, as far as @p extra goes. Returns what is left of it.
LayoutUnit growPercentRows(std::span<TableRowHeight> rows, LayoutUnit tableHeight, LayoutUnit extra);

} // namespace bulkhead::engine
