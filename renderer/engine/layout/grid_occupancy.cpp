// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/grid_occupancy.h"

#include <algorithm>
#include <bit>

namespace bulkhead::engine {
namespace {

/// The bits of [start, end) that are in the 64 from @p word * 64.
std::uint64_t bitsOf(GridRange columns, std::size_t word)
{
    const auto first = std::max<std::int64_t>(columns.start - std::int64_t(word) * 64, 0);
    const auto last = std::min<std::int64_t>(columns.end - std::int64_t(word) * 64, 64);
    if (first >= last)
        return 0;
    const std::uint64_t upTo = last == 64 ? ~std::uint64_t(0) : (std::uint64_t(1) << last) - 1;
    return upTo & ~((std::uint64_t(1) << first) - 1);
}

} // namespace

void GridOccupancy::take(GridRange rows, GridRange columns)
{
    if (!isWithinBudget())
        return;
    if (m_rows.size() < std::size_t(rows.end))
        m_rows.resize(std::size_t(rows.end));
    const auto words = std::size_t(columns.end + 63) / 64;
    for (int row = rows.start; row < rows.end; ++row) {
        auto &bits = m_rows[std::size_t(row)];
        if (bits.size() < words)
            bits.resize(words);
        for (std::size_t word = std::size_t(columns.start) / 64; word < words; ++word, ++m_steps)
            bits[word] |= bitsOf(columns, word);
    }
}

int GridOccupancy::firstFree(GridRange rows, GridRange columns)
{
    int free = columns.start;
    const auto end = std::min<std::size_t>(m_rows.size(), std::size_t(rows.end));
    for (auto row = std::size_t(rows.start); row < end; ++row) {
        const auto &bits = m_rows[row];
        ++m_steps;
        const std::size_t words = std::min(bits.size(), std::size_t(columns.end + 63) / 64);
        for (std::size_t word = words; word > std::size_t(columns.start) / 64; --word, ++m_steps) {
            const std::uint64_t taken = bits[word - 1] & bitsOf(columns, word - 1);
            if (taken) {
                free = std::max(free, int(word * 64) - std::countl_zero(taken));
                break;
            }
        }
    }
    return free;
}

} // namespace bulkhead::engine
