// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/table_model.h"

#include "renderer/engine/layout/sizes.h"

#include <algorithm>
#include <cstdint>
#include <memory>

namespace bulkhead::engine {
namespace {

constexpr int MostNamedColumns = 100'000; // of col elements with their spans

bool isKind(LayoutPass &pass, BoxId box, DisplayInside kind)
{
    return pass.style(box).display.inside == kind;
}

} // namespace

TableModel::TableModel(LayoutPass &pass, BoxId wrapper)
{
    collectChildren(pass, wrapper);
    if (table == BoxId::None)
        return;
    const ComputedStyle &style = pass.style(table);
    isRightToLeft = style.text->direction == Direction::Rtl;
    isFixedLayout = style.tableLayout == TableLayout::Fixed && !style.box->width.isAuto();
    const bool collapses = style.inherited->borderCollapse == BorderCollapse::Collapse;
    if (!collapses) {
        spacingX = LayoutUnit::fromPixels(double(style.inherited->borderSpacingX));
        spacingY = LayoutUnit::fromPixels(double(style.inherited->borderSpacingY));
    } else if (std::int64_t(rows.size()) * std::int64_t(columns.size()) <= CollapsedBorders::MostCells) {
        borders.emplace(int(rows.size()), int(columns.size()));
        addBorders(pass);
        collapseBorders(pass);
    }
}

TableModel &TableModel::of(LayoutPass &pass, BoxId wrapper)
{
    auto *model = static_cast<TableModel *>(pass.data(wrapper));
    if (!model)
        model = static_cast<TableModel *>(pass.keep(wrapper, std::make_unique<TableModel>(pass, wrapper)));
    return *model;
}

void TableModel::collectChildren(LayoutPass &pass, BoxId wrapper)
{
    for (const BoxId child : pass.boxes().children(wrapper)) {
        if (pass.box(child).type == Box::Type::Table)
            table = child;
        else if (!pass.style(child).isOutOfFlow())
            (pass.style(child).inherited->captionSide == CaptionSide::Top ? topCaptions : bottomCaptions)
                .push_back(child);
    }
    if (table == BoxId::None)
        return;
    std::vector<BoxId> groups;
    BoxId header = BoxId::None, footer = BoxId::None;
    for (const BoxId child : pass.boxes().children(table)) {
        if (pass.box(child).type == Box::Type::TableColumnGroup) {
            collectColumns(pass, child);
        } else if (pass.box(child).type == Box::Type::TableRowGroup) {
            // 17.2: the first of each kind is moved, further ones are bodies.
            if (header == BoxId::None && isKind(pass, child, DisplayInside::TableHeaderGroup))
                header = child;
            else if (footer == BoxId::None && isKind(pass, child, DisplayInside::TableFooterGroup))
                footer = child;
            else
                groups.push_back(child);
        }
    }
    if (header != BoxId::None)
        groups.insert(groups.begin(), header);
    if (footer != BoxId::None)
        groups.push_back(footer);
    m_namedColumns = int(columns.size());
    collectRows(pass, groups);
    for (Section &section : sections)
        section.isBody = section.box != header && section.box != footer;
}

void TableModel::collectColumns(LayoutPass &pass, BoxId group)
{
    const std::size_t first = columns.size();
    for (const BoxId column : pass.boxes().children(group)) {
        if (pass.box(column).type != Box::Type::TableColumn)
            continue;
        addColumn(column, group, pass.box(column).columnSpan);
    }
    if (columns.size() == first)
        addColumn(BoxId::None, group, pass.box(group).columnSpan);
    const auto collapses = [&](BoxId box) {
        return box != BoxId::None && pass.style(box).inherited->visibility == Visibility::Collapse;
    };
    for (std::size_t i = first; i < columns.size(); ++i)
        columns[i].isCollapsed = collapses(columns[i].box) || collapses(group);
}

void TableModel::addColumn(BoxId column, BoxId group, int span)
{
    for (int i = 0; i < std::max(span, 1) && columns.size() < std::size_t(MostNamedColumns); ++i)
        columns.push_back({column, group});
}

void TableModel::collectRows(LayoutPass &pass, const std::vector<BoxId> &groups)
{
    std::vector<TableRowSpec> specs;
    for (const BoxId group : groups) {
        const bool groupCollapses = pass.style(group).inherited->visibility == Visibility::Collapse;
        Section section{group, int(rows.size())};
        for (const BoxId row : pass.boxes().children(group)) {
            if (pass.box(row).type != Box::Type::TableRow)
                continue;
            TableRowSpec spec;
            spec.startsGroup = section.rowCount++ == 0;
            Row made{row, cells.size()};
            made.isCollapsed = groupCollapses || pass.style(row).inherited->visibility == Visibility::Collapse;
            for (const BoxId cell : pass.boxes().children(row)) {
                if (pass.box(cell).type != Box::Type::TableCell)
                    continue;
                cells.push_back({cell});
                spec.cells.push_back({0, 0, pass.box(cell).rowSpan, pass.box(cell).columnSpan});
            }
            made.cellCount = cells.size() - made.firstCell;
            rows.push_back(made);
            specs.push_back(std::move(spec));
        }
        sections.push_back(section);
    }
    const TableSlots slots = assignTableSlots(specs, m_namedColumns);
    for (std::size_t i = 0; i < cells.size(); ++i)
        cells[i].slot = slots.cells[i];
    columns.resize(std::size_t(slots.columnCount));
}

namespace {

TableArea areaOf(const TableSlot &slot)
{
    return {slot.row, slot.row + slot.rowSpan, slot.column, slot.column + slot.columnSpan};
}

} // namespace

void TableModel::addBorders(LayoutPass &pass)
{
    const int columnCount = int(columns.size()), rowCount = int(rows.size());
    for (const Cell &cell : cells)
        borders->addCellArea(areaOf(cell.slot));
    const auto add = [&](BoxId box, const TableArea &area, BorderOrigin origin) {
        if (box != BoxId::None && area.rowEnd > area.rowStart && area.columnEnd > area.columnStart)
            borders->add(area, pass.style(box), origin, isRightToLeft);
    };
    for (const Cell &cell : cells)
        add(cell.box, areaOf(cell.slot), BorderOrigin::Cell);
    for (int row = 0; row < rowCount; ++row)
        add(rows[std::size_t(row)].box, {row, row + 1, 0, columnCount}, BorderOrigin::Row);
    for (const Section &section : sections)
        add(section.box, {section.firstRow, section.firstRow + section.rowCount, 0, columnCount},
            BorderOrigin::RowGroup);
    for (int column = 0; column < columnCount; ++column)
        add(columns[std::size_t(column)].box, {0, rowCount, column, column + 1}, BorderOrigin::Column);
    for (int column = 0; column < columnCount;) {
        const BoxId group = columns[std::size_t(column)].group;
        int end = column + 1;
        while (end < columnCount && columns[std::size_t(end)].group == group)
            ++end;
        add(group, {0, rowCount, column, end}, BorderOrigin::ColumnGroup);
        column = end;
    }
    add(table, {0, rowCount, 0, columnCount}, BorderOrigin::Table);
}

void TableModel::collapseBorders(LayoutPass &pass)
{
    for (const Cell &cell : cells)
        pass.setBorder(cell.box, borders->bordersOf(areaOf(cell.slot), isRightToLeft));
    // Rows, columns and their groups have no border of their own; nor has a table without cells.
    for (const Row &row : rows)
        pass.setBorder(row.box, {});
    for (const Section &section : sections)
        pass.setBorder(section.box, {});
    for (const Column &column : columns) {
        for (const BoxId box : {column.box, column.group})
            if (box != BoxId::None)
                pass.setBorder(box, {});
    }
    if (!rows.empty() && !columns.empty())
        pass.setBorder(table, borders->tableBorders(isRightToLeft));
}

LayoutEdges TableModel::edges(LayoutPass &pass, LayoutUnit containingWidth) const
{
    if (table == BoxId::None)
        return {};
    // 17.6.2: no padding where borders collapse.
    return borders ? borderOf(pass, table) : borderAndPadding(pass, table, containingWidth);
}

LayoutUnit TableModel::outsideColumns(LayoutPass &pass, LayoutUnit containingWidth) const
{
    const int gaps =
        std::count_if(columns.begin(), columns.end(), [](const Column &column) { return !column.isCollapsed; }) + 1;
    return edges(pass, containingWidth).horizontal() + (columns.empty() ? LayoutUnit() : spacingX * gaps);
}

} // namespace bulkhead::engine
