// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/grid_lines.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// Which cells of a grid are taken: a row is a string of bits. Lines here are never negative.
class GridOccupancy
{
public:
    void take(GridRange rows, GridRange columns);
    /// The line at which the search goes on when the area is not free: where the rightmost taken cell in it ends.
    /// Nothing taken: @p columns.start.
    int firstFree(GridRange rows, GridRange columns);
    /// The rows below all that is taken begin here.
    int rowCount() const { return int(m_rows.size()); }
    /// False when a page made the search too long: then what is left goes below everything.
    bool isWithinBudget() const { return m_steps < MostSteps; }

private:
    static constexpr std::size_t MostSteps = 20'000'000;

    std::vector<std::vector<std::uint64_t>> m_rows;
    std::size_t m_steps = 0;
};

} // namespace bulkhead::engine
