// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/grid_lines.h"

#include <span>
#include <vector>

namespace bulkhead::engine {

struct GridArea
{
    GridRange rows, columns;
    friend bool operator==(const GridArea &, const GridArea &) = default;
};

/// An item's grid-row and grid-column, resolved.
struct GridRequest
{
    GridPosition row, column;
};

/// Where the items are, in lines that are counted from the start of the implicit grid.
struct GridPlacement
{
    std::vector<GridArea> areas; ///< by item
    int rowCount = 0, columnCount = 0;
    int rowsBefore = 0, columnsBefore = 0; ///< implicit tracks before the explicit grid
};

enum class GridFlow { Row, Column, RowDense, ColumnDense };

/// css-grid-1 8.5; items in order-modified document order.
GridPlacement placeGridItems(std::span<const GridRequest> items, int explicitRows, int explicitColumns, GridFlow flow);

} // namespace bulkhead::engine
