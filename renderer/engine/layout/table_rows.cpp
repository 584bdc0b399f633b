// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/table_rows.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bulkhead::engine {
namespace {

constexpr std::size_t MostSteps = 20'000'000; // rows that spanning cells touch: the rest does not count

template <typename Weight>
bool growBy(std::span<TableRowHeight> rows, LayoutUnit extra, Weight weight)
{
    double total = 0;
    for (const TableRowHeight &row : rows)
        total += weight(row);
    if (total <= 0)
        return false;
    double soFar = 0, given = 0;
    for (TableRowHeight &row : rows) {
        soFar += weight(row);
        const double upTo = std::round(extra.raw() * (soFar / total));
        row.height += LayoutUnit::fromRaw(std::int64_t(upTo - given));
        given = upTo;
    }
    return true;
}

} // namespace

void growRows(std::span<TableRowHeight> rows, LayoutUnit extra)
{
    if (extra <= LayoutUnit())
        return;
    const auto isFree = [](const TableRowHeight &row) { return !row.isCollapsed && !row.isFixed && !row.percent; };
    const auto freeHeight = [&](const TableRowHeight &row) { return isFree(row) ? row.height.toDouble() : 0.0; };
    const auto freeWithCells = [&](const TableRowHeight &row) { return isFree(row) && row.hasCells ? 1.0 : 0.0; };
    const auto anyHeight = [](const TableRowHeight &row) { return row.isCollapsed ? 0.0 : row.height.toDouble(); };
    const auto anyRow = [](const TableRowHeight &row) { return row.isCollapsed ? 0.0 : 1.0; };
    if (!growBy(rows, extra, freeHeight) && !growBy(rows, extra, freeWithCells) && !growBy(rows, extra, anyHeight))
        growBy(rows, extra, anyRow);
}

void applySpanHeights(std::vector<TableRowHeight> &rows, std::vector<TableSpanHeight> cells, LayoutUnit spacing)
{
    std::stable_sort(cells.begin(), cells.end(),
                     [](const TableSpanHeight &a, const TableSpanHeight &b) { return a.span < b.span; });
    std::size_t steps = 0;
    for (const TableSpanHeight &cell : cells) {
        steps += std::size_t(cell.span);
        if (steps > MostSteps)
            return;
        const auto spanned = std::span(rows).subspan(std::size_t(cell.row), std::size_t(cell.span));
        LayoutUnit missing = cell.height;
        int shown = 0;
        for (const TableRowHeight &row : spanned) {
            missing -= row.height;
            shown += row.isCollapsed ? 0 : 1;
        }
        growRows(spanned, missing - spacing * std::max(shown - 1, 0));
    }
}

LayoutUnit growPercentRows(std::span<TableRowHeight> rows, LayoutUnit tableHeight, LayoutUnit extra)
{
    LayoutUnit wanted;
    const auto missingOf = [&](const TableRowHeight &row) {
        if (!row.percent || row.isCollapsed)
            return LayoutUnit();
        return std::max(tableHeight.scaled(*row.percent / 100) - row.height, LayoutUnit());
    };
    for (const TableRowHeight &row : rows)
        wanted += missingOf(row);
    const LayoutUnit given = std::min(wanted, extra);
    if (given > LayoutUnit())
        growBy(rows, given, [&](const TableRowHeight &row) { return missingOf(row).toDouble(); });
    return extra - given;
}

} // namespace bulkhead::engine
