// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/sizes.h"
#include "renderer/engine/layout/table_model.h"

#include <algorithm>

/// What cells and col elements ask of the widths of columns (CSS 2.1 17.5.2).
namespace bulkhead::engine {
namespace {

std::optional<double> percentOf(const Length &width)
{
    return width.is(Length::Kind::Percent) && width.value() > 0 ? std::optional(double(width.value())) : std::nullopt;
}

/// A length as border box of a cell or column.
std::optional<LayoutUnit> lengthOf(LayoutPass &pass, BoxId box, const Length &width)
{
    if (!width.is(Length::Kind::Fixed))
        return std::nullopt;
    return toBorderBox(width.resolve(LayoutUnit()), pass.style(box),
                       borderAndPadding(pass, box, LayoutUnit()).horizontal());
}

} // namespace

TableCellWidth TableModel::widthOfCell(LayoutPass &pass, const Cell &cell) const
{
    const BoxStyle &style = *pass.style(cell.box).box;
    const Intrinsic content = pass.intrinsic(cell.box);
    TableCellWidth width{cell.slot.column, cell.slot.columnSpan, content.min, content.max};
    if (const auto most = lengthOf(pass, cell.box, style.maxWidth)) {
        width.max = std::min(width.max, *most);
        width.min = std::min(width.min, *most);
    }
    if (const auto least = lengthOf(pass, cell.box, style.minWidth)) {
        width.min = std::max(width.min, *least);
        width.max = std::max(width.max, width.min);
    }
    width.percent = percentOf(style.width);
    if (const auto own = lengthOf(pass, cell.box, style.width)) {
        width.isFixed = true;
        width.max = std::max(*own, width.min);
        if (const auto most = lengthOf(pass, cell.box, style.maxWidth))
            width.max = std::max(std::min(width.max, *most), width.min);
    }
    return width;
}

std::optional<TableCellWidth> TableModel::widthOfColumn(LayoutPass &pass, int index) const
{
    const Column &column = columns[std::size_t(index)];
    for (const BoxId box : {column.box, column.group}) {
        if (box == BoxId::None)
            continue;
        const BoxStyle &style = *pass.style(box).box;
        TableCellWidth width{index, 1};
        if (style.minWidth.is(Length::Kind::Fixed))
            width.min = style.minWidth.resolve(LayoutUnit());
        width.percent = percentOf(style.width);
        if (style.width.is(Length::Kind::Fixed)) {
            width.isFixed = true;
            width.max = std::max(style.width.resolve(LayoutUnit()), width.min);
        }
        if (width.isFixed || width.percent || width.min > LayoutUnit())
            return width;
    }
    return std::nullopt;
}

/// 17.5.2.1: col elements, then the cells of the first row.
void TableModel::findFixedWidths(LayoutPass &pass)
{
    std::vector<TableColumn> &found = *m_columnWidths;
    const auto isAuto = [&](int column) {
        return !found[std::size_t(column)].isFixed && !found[std::size_t(column)].percent;
    };
    for (int i = 0; i < int(columns.size()); ++i) {
        if (const auto width = widthOfColumn(pass, i))
            found[std::size_t(i)] = {{}, width->max, width->percent, width->isFixed};
    }
    if (rows.empty())
        return;
    for (const Cell &cell : cellsOf(rows.front())) {
        const Length &width = pass.style(cell.box).box->width;
        const auto length = lengthOf(pass, cell.box, width);
        const auto percent = percentOf(width);
        const int span = cell.slot.columnSpan;
        const LayoutUnit extra = pass.style(cell.box).box->boxSizing == BoxSizing::BorderBox
                                     ? LayoutUnit()
                                     : borderAndPadding(pass, cell.box, LayoutUnit()).horizontal();
        for (int i = cell.slot.column; i < cell.slot.column + span; ++i) {
            if (!isAuto(i))
                continue;
            if (percent) {
                found[std::size_t(i)].percent = *percent / span;
                found[std::size_t(i)].percentExtra = extra / span;
            }
            if (!percent && length)
                found[std::size_t(i)] = {{}, std::max(*length - spacingX * (span - 1), LayoutUnit()) / span, {}, true};
        }
    }
}

const std::vector<TableColumn> &TableModel::columnWidths(LayoutPass &pass)
{
    if (m_columnWidths)
        return *m_columnWidths;
    m_columnWidths.emplace(columns.size());
    if (isFixedLayout) {
        findFixedWidths(pass);
        for (TableColumn &column : *m_columnWidths)
            column.min = column.isFixed ? column.max : LayoutUnit();
        return *m_columnWidths;
    }
    std::vector<TableCellWidth> widths;
    widths.reserve(cells.size() + columns.size());
    for (int i = 0; i < int(columns.size()); ++i)
        if (const auto width = widthOfColumn(pass, i))
            widths.push_back(*width);
    for (const Cell &cell : cells)
        widths.push_back(widthOfCell(pass, cell));
    applyCellWidths(*m_columnWidths, std::move(widths), spacingX);
    return *m_columnWidths;
}

} // namespace bulkhead::engine
