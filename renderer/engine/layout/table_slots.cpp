// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/table_slots.h"

#include <algorithm>
#include <cstdint>

namespace bulkhead::engine {
namespace {

constexpr int MostColumnSpan = 1000; // HTML 4.9.11
constexpr int MostColumns = 200'000;
constexpr std::int64_t MostSteps = 20'000'000; // columns that spans touch: above it they are 1

/// Fills rows from above; a column knows down to which row it is taken.
class SlotFinder
{
public:
    explicit SlotFinder(std::span<const TableRowSpec> rows) : m_rows(rows), m_groupEnd(rows.size())
    {
        std::size_t end = rows.size();
        for (std::size_t i = rows.size(); i > 0; --i) {
            m_groupEnd[i - 1] = int(end);
            if (rows[i - 1].startsGroup)
                end = i - 1;
        }
    }

    TableSlots run()
    {
        for (std::size_t row = 0; row < m_rows.size(); ++row) {
            int column = 0;
            for (const TableSlot &cell : m_rows[row].cells)
                column = put(cell, int(row), column);
        }
        m_result.columnCount = int(m_takenUntil.size());
        return std::move(m_result);
    }

private:
    int put(const TableSlot &cell, int row, int column)
    {
        while (column < int(m_takenUntil.size()) && m_takenUntil[std::size_t(column)] > row)
            ++column;
        TableSlot slot{row, column, cell.rowSpan, std::clamp(cell.columnSpan, 1, MostColumnSpan)};
        const int rowsLeft = m_groupEnd[std::size_t(row)] - row;
        slot.rowSpan = slot.rowSpan <= 0 ? rowsLeft : std::min(slot.rowSpan, rowsLeft);
        m_steps += slot.columnSpan;
        if (m_steps > MostSteps)
            slot.columnSpan = 1;
        slot.column = std::min(slot.column, MostColumns - slot.columnSpan);
        const int end = slot.column + slot.columnSpan;
        if (int(m_takenUntil.size()) < end)
            m_takenUntil.resize(std::size_t(end));
        for (int i = slot.column; i < end; ++i)
            m_takenUntil[std::size_t(i)] = std::max(m_takenUntil[std::size_t(i)], row + slot.rowSpan);
        m_result.cells.push_back(slot);
        return end;
    }

    std::span<const TableRowSpec> m_rows;
    std::vector<int> m_groupEnd;   // by row
    std::vector<int> m_takenUntil; // by column: the first row in which it is free
    std::int64_t m_steps = 0;
    TableSlots m_result;
};

} // namespace

TableSlots assignTableSlots(std::span<const TableRowSpec> rows, int namedColumns)
{
    TableSlots slots = SlotFinder(rows).run();
    slots.columnCount = std::max(slots.columnCount, std::min(namedColumns, MostColumns));
    // Which columns stay: by index, how many of those before it do.
    std::vector<int> kept(std::size_t(slots.columnCount) + 1);
    std::vector<bool> begins(std::size_t(slots.columnCount));
    for (const TableSlot &cell : slots.cells)
        begins[std::size_t(cell.column)] = true;
    for (int i = 0; i < slots.columnCount; ++i)
        kept[std::size_t(i) + 1] =
            kept[std::size_t(i)] + (begins[std::size_t(i)] || i < namedColumns || i == 0 ? 1 : 0);
    for (TableSlot &cell : slots.cells) {
        const int end = kept[std::size_t(cell.column + cell.columnSpan)];
        cell.column = kept[std::size_t(cell.column)];
        cell.columnSpan = std::max(end - cell.column, 1);
    }
    slots.columnCount = kept.back();
    return slots;
}

} // namespace bulkhead::engine
