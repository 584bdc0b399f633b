// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/table_columns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace bulkhead::engine {
namespace {

constexpr int WidestTable = 1'000'000;        // what a percentage of nothing makes of it
constexpr std::size_t MostSteps = 20'000'000; // columns that spanning cells touch: the rest does not count

enum class ColumnKind { Auto, Fixed, Percent };

ColumnKind kindOf(const TableColumn &column)
{
    return column.percent ? ColumnKind::Percent : (column.isFixed ? ColumnKind::Fixed : ColumnKind::Auto);
}

LayoutUnit percentWidth(const TableColumn &column, LayoutUnit width)
{
    return std::max(column.min, width.scaled(column.percent.value_or(0) / 100));
}

/// Adds @p extra to sizes in proportion to weights, so that the parts add up to it.
void addInProportion(std::vector<LayoutUnit> &sizes, const std::vector<double> &weights, LayoutUnit extra)
{
    double total = 0;
    for (const double weight : weights)
        total += weight;
    if (total <= 0)
        return;
    double soFar = 0, given = 0;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        soFar += weights[i];
        const double upTo = std::round(extra.raw() * (soFar / total));
        sizes[i] += LayoutUnit::fromRaw(std::int64_t(upTo - given));
        given = upTo;
    }
}

/// The guesses of 3.9.3.1, in their order: by each a column has a width.
constexpr std::size_t GuessCount = 4;

LayoutUnit guess(const TableColumn &column, std::size_t which, LayoutUnit width)
{
    switch (kindOf(column)) {
    case ColumnKind::Percent:
        return which >= 1 ? percentWidth(column, width) : column.min;
    case ColumnKind::Fixed:
        return which >= 2 ? std::max(column.max, column.min) : column.min;
    case ColumnKind::Auto:
        break;
    }
    return which >= 3 ? std::max(column.max, column.min) : column.min;
}

/// 3.9.3.2: what is left when all columns have what they ask for.
void distributeExcess(std::vector<LayoutUnit> &sizes, std::span<const TableColumn> columns, LayoutUnit excess)
{
    std::vector<double> weights(columns.size());
    const auto weigh = [&](auto weight) {
        bool any = false;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            weights[i] = weight(columns[i]);
            any = any || weights[i] > 0;
        }
        return any;
    };
    const auto maxOf = [](ColumnKind kind) {
        return [kind](const TableColumn &column) { return kindOf(column) == kind ? column.max.toDouble() : 0.0; };
    };
    const auto oneOf = [](ColumnKind kind) {
        return [kind](const TableColumn &column) { return kindOf(column) == kind ? 1.0 : 0.0; };
    };
    if (weigh(maxOf(ColumnKind::Auto)) || weigh(oneOf(ColumnKind::Auto)) || weigh(maxOf(ColumnKind::Fixed)) ||
        weigh([](const TableColumn &column) { return column.percent.value_or(0); }) ||
        weigh([](const TableColumn &) { return 1.0; }))
        addInProportion(sizes, weights, excess);
}

void applySpanning(std::span<TableColumn> columns, const TableCellWidth &cell, LayoutUnit spacing)
{
    double percents = 0, others = 0;
    std::size_t open = 0;
    for (const TableColumn &column : columns) {
        percents += column.percent.value_or(0);
        if (!column.percent) {
            ++open;
            others += column.max.toDouble();
        }
    }
    if (cell.percent && *cell.percent > percents && open > 0) {
        const double rest = *cell.percent - percents;
        for (TableColumn &column : columns)
            if (!column.percent)
                column.percent = others > 0 ? rest * column.max.toDouble() / others : rest / double(open);
    }
    const LayoutUnit between = spacing * int(columns.size() - 1);
    const std::vector<LayoutUnit> min = distributeTableWidth(columns, std::max(cell.min - between, LayoutUnit()));
    const std::vector<LayoutUnit> max = distributeTableWidth(columns, std::max(cell.max - between, LayoutUnit()));
    for (std::size_t i = 0; i < columns.size(); ++i) {
        columns[i].min = std::max(columns[i].min, min[i]);
        columns[i].max = std::max({columns[i].max, columns[i].min, max[i]});
    }
}

} // namespace

void applyCellWidths(std::vector<TableColumn> &columns, std::vector<TableCellWidth> cells, LayoutUnit spacing)
{
    std::stable_sort(cells.begin(), cells.end(),
                     [](const TableCellWidth &a, const TableCellWidth &b) { return a.span < b.span; });
    std::size_t steps = 0, at = 0;
    // A width that is a length beats what content would like, in all cells of the column.
    for (; at < cells.size() && cells[at].span == 1; ++at) {
        const TableCellWidth &cell = cells[at];
        TableColumn &column = columns[std::size_t(cell.column)];
        column.min = std::max(column.min, cell.min);
        if (cell.percent)
            column.percent = std::max(column.percent.value_or(0), *cell.percent);
        if (cell.isFixed == column.isFixed)
            column.max = std::max(column.max, cell.max);
        else if (cell.isFixed)
            column.max = cell.max;
        column.isFixed = column.isFixed || cell.isFixed;
    }
    for (TableColumn &column : columns)
        column.max = std::max(column.max, column.min);
    for (; at < cells.size(); ++at) {
        steps += std::size_t(cells[at].span);
        if (steps > MostSteps)
            break;
        applySpanning(std::span(columns).subspan(std::size_t(cells[at].column), std::size_t(cells[at].span)), cells[at],
                      spacing);
    }
    // What is beyond 100 % is not there.
    double percents = 0;
    for (TableColumn &column : columns) {
        if (column.percent) {
            column.percent = std::clamp(*column.percent, 0.0, 100 - percents);
            percents += *column.percent;
        }
    }
}

TableGridWidth tableGridWidth(std::span<const TableColumn> columns)
{
    TableGridWidth found;
    double percents = 0;
    LayoutUnit others, byPercent, sum;
    for (const TableColumn &column : columns) {
        found.min += column.min;
        const LayoutUnit max = std::max(column.max, column.min);
        sum += max;
        if (column.percent) {
            percents += *column.percent;
            if (*column.percent > 0)
                byPercent = std::max(byPercent, LayoutUnit::fromPixels(max.toDouble() * 100 / *column.percent));
        } else {
            others += max;
        }
    }
    if (percents > 0 && others > LayoutUnit())
        byPercent =
            std::max(byPercent, percents < 99.999 ? LayoutUnit::fromPixels(others.toDouble() * 100 / (100 - percents))
                                                  : LayoutUnit(WidestTable));
    found.max = std::max({sum, found.min, std::min(byPercent, LayoutUnit(WidestTable))});
    return found;
}

std::vector<LayoutUnit> distributeTableWidth(std::span<const TableColumn> columns, LayoutUnit width)
{
    std::array<LayoutUnit, GuessCount> sums{};
    for (const TableColumn &column : columns)
        for (std::size_t i = 0; i < GuessCount; ++i)
            sums[i] += guess(column, i, width);
    std::vector<LayoutUnit> sizes(columns.size());
    std::size_t upper = 0;
    while (upper < GuessCount && sums[upper] < width)
        ++upper;
    const std::size_t lower = upper == 0 ? 0 : upper - 1;
    for (std::size_t i = 0; i < columns.size(); ++i)
        sizes[i] = guess(columns[i], lower, width);
    if (upper == 0)
        return sizes;
    if (upper == GuessCount) {
        distributeExcess(sizes, columns, width - sums[lower]);
        return sizes;
    }
    std::vector<double> weights(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i)
        weights[i] = (guess(columns[i], upper, width) - sizes[i]).toDouble();
    addInProportion(sizes, weights, width - sums[lower]);
    return sizes;
}

std::vector<LayoutUnit> distributeFixedTableWidth(std::span<const TableColumn> columns, LayoutUnit width)
{
    std::vector<LayoutUnit> sizes(columns.size());
    std::vector<double> autos(columns.size()), fixed(columns.size()), percents(columns.size());
    LayoutUnit used;
    bool anyAuto = false, anyFixed = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        switch (kindOf(columns[i])) {
        case ColumnKind::Percent:
            sizes[i] = width.scaled(*columns[i].percent / 100) + columns[i].percentExtra;
            percents[i] = *columns[i].percent;
            break;
        case ColumnKind::Fixed:
            sizes[i] = columns[i].max;
            fixed[i] = columns[i].max.toDouble();
            anyFixed = anyFixed || fixed[i] > 0;
            break;
        case ColumnKind::Auto:
            autos[i] = 1;
            anyAuto = true;
            break;
        }
        used += sizes[i];
    }
    if (width > used)
        addInProportion(sizes, anyAuto ? autos : (anyFixed ? fixed : percents), width - used);
    return sizes;
}

} // namespace bulkhead::engine
