// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/table_layout.h"

#include "renderer/engine/layout/sizes.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine {
namespace {

LayoutUnit captionHeight(LayoutPass &pass, BoxId caption, LayoutUnit wrapperWidth)
{
    const LayoutEdges margin = marginOf(pass.style(caption), wrapperWidth);
    Space space;
    space.width = std::max(wrapperWidth - margin.horizontal(), LayoutUnit());
    space.containingWidth = wrapperWidth;
    return pass.heightAt(caption, space).height + margin.vertical();
}

std::optional<double> percentOf(const Length &height)
{
    return height.is(Length::Kind::Percent) && height.value() > 0 ? std::optional(double(height.value()))
                                                                  : std::nullopt;
}

} // namespace

bool isBaselineAligned(const ComputedStyle &cell)
{
    return cell.verticalAlign != VerticalAlign::Top && cell.verticalAlign != VerticalAlign::Middle &&
           cell.verticalAlign != VerticalAlign::Bottom;
}

LayoutUnit cellBaseline(LayoutPass &pass, BoxId cell, const Measured &measured, LayoutUnit containingWidth)
{
    if (measured.baselines.first)
        return *measured.baselines.first;
    return measured.height - borderAndPadding(pass, cell, containingWidth).bottom;
}

Measured measureTableCell(LayoutPass &pass, BoxId cell, LayoutUnit width, LayoutUnit containingWidth)
{
    Space space;
    space.width = width;
    space.containingWidth = containingWidth;
    space.rule = HeightRule::Content;
    return pass.heightAt(cell, space);
}

LayoutUnit TableLayoutResult::cellWidth(const TableSlot &slot) const
{
    const auto last = std::size_t(slot.column + slot.columnSpan - 1);
    return columnStarts[last] + columnWidths[last] - columnStarts[std::size_t(slot.column)];
}

LayoutUnit TableLayoutResult::cellHeight(const TableSlot &slot) const
{
    const auto last = std::size_t(slot.row + slot.rowSpan - 1);
    return rowTops[last] + rowHeights[last] - rowTops[std::size_t(slot.row)];
}

TableRows::TableRows(LayoutPass &pass, TableModel &model, const Space &space, LayoutUnit width)
    : m_pass(&pass), m_model(&model), m_space(space), m_edges(model.edges(pass, space.containingWidth))
{
    m_result.width = width;
    m_result.contentWidth = std::max(width - m_edges.horizontal(), LayoutUnit());
}

TableLayoutResult TableRows::layOut()
{
    placeColumns();
    addCaptions();
    measureRows();
    growSections();
    growToTableHeight();
    placeRows();
    findBaselines();
    return std::move(m_result);
}

void TableRows::placeColumns()
{
    const std::vector<TableColumn> &columns = m_model->columnWidths(*m_pass);
    const LayoutUnit inner =
        std::max(m_result.width - m_model->outsideColumns(*m_pass, m_space.containingWidth), LayoutUnit());
    m_result.columnWidths =
        m_model->isFixedLayout ? distributeFixedTableWidth(columns, inner) : distributeTableWidth(columns, inner);
    LayoutUnit at = (m_model->isRightToLeft ? m_edges.right : m_edges.left) + m_model->spacingX, collapsed;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        m_result.columnStarts.push_back(at);
        if (m_model->columns[i].isCollapsed) {
            collapsed += m_result.columnWidths[i];
            m_result.columnWidths[i] = {};
        } else {
            at += m_result.columnWidths[i] + m_model->spacingX;
        }
    }
    // 17.5.5: the table is narrower by its collapsed columns.
    m_result.width -= collapsed;
    m_result.contentWidth -= collapsed;
}

void TableRows::addCaptions()
{
    for (const BoxId caption : m_model->topCaptions)
        m_result.tableTop += captionHeight(*m_pass, caption, m_space.width);
    m_captionsHeight = m_result.tableTop;
    for (const BoxId caption : m_model->bottomCaptions)
        m_captionsHeight += captionHeight(*m_pass, caption, m_space.width);
}

void TableRows::measureRows()
{
    m_rows.resize(m_model->rows.size());
    m_descents.resize(m_rows.size());
    m_result.rowBaselines.resize(m_rows.size());
    std::vector<TableSpanHeight> spanning;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const TableModel::Row &row = m_model->rows[i];
        TableRowHeight &height = m_rows[i];
        height.hasCells = row.cellCount > 0;
        height.isCollapsed = row.isCollapsed;
        const Length &own = m_pass->style(row.box).box->height;
        if (const auto length = resolveHeight(*m_pass, row.box, own, std::nullopt, m_result.contentWidth)) {
            height.isFixed = true;
            height.height = *length;
        }
        height.percent = percentOf(own);
        for (const TableModel::Cell &cell : m_model->cellsOf(row))
            measureCell(cell, spanning);
        if (m_result.rowBaselines[i])
            height.height = std::max(height.height, *m_result.rowBaselines[i] + m_descents[i]);
        if (height.isCollapsed)
            height.height = {};
    }
    applySpanHeights(m_rows, std::move(spanning), m_model->spacingY);
}

void TableRows::measureCell(const TableModel::Cell &cell, std::vector<TableSpanHeight> &spanning)
{
    const ComputedStyle &style = m_pass->style(cell.box);
    const Measured measured = measureTableCell(*m_pass, cell.box, m_result.cellWidth(cell.slot), m_result.contentWidth);
    TableRowHeight &row = m_rows[std::size_t(cell.slot.row)];
    LayoutUnit height = measured.height;
    const bool isFirstRowOnly = cell.slot.rowSpan == 1;
    // In quirks mode a cell's height is that of its border box.
    std::optional<LayoutUnit> own =
        m_pass->quirks() == QuirksMode::Quirks && style.box->height.is(Length::Kind::Fixed)
            ? std::optional(style.box->height.resolve(LayoutUnit()))
            : resolveHeight(*m_pass, cell.box, style.box->height, std::nullopt, m_result.contentWidth);
    if (own) {
        height = std::max(height, *own);
        row.isFixed = row.isFixed || isFirstRowOnly;
    }
    if (const auto least = resolveHeight(*m_pass, cell.box, style.box->minHeight, std::nullopt, m_result.contentWidth))
        height = std::max(height, *least);
    if (isFirstRowOnly)
        if (const auto percent = percentOf(style.box->height))
            row.percent = std::max(row.percent.value_or(0), *percent);
    if (isBaselineAligned(style)) {
        const LayoutUnit baseline = cellBaseline(*m_pass, cell.box, measured, m_result.contentWidth);
        std::optional<LayoutUnit> &ascent = m_result.rowBaselines[std::size_t(cell.slot.row)];
        ascent = std::max(ascent.value_or(baseline), baseline);
        if (isFirstRowOnly) {
            LayoutUnit &descent = m_descents[std::size_t(cell.slot.row)];
            descent = std::max(descent, measured.height - baseline);
        }
    }
    if (isFirstRowOnly)
        row.height = std::max(row.height, height);
    else
        spanning.push_back({cell.slot.row, cell.slot.rowSpan, height});
}

LayoutUnit TableRows::heightOfRows(int first, int count) const
{
    LayoutUnit sum;
    int shown = 0;
    for (int i = first; i < first + count; ++i) {
        sum += m_rows[std::size_t(i)].height;
        shown += m_rows[std::size_t(i)].isCollapsed ? 0 : 1;
    }
    return sum + m_model->spacingY * std::max(shown - 1, 0);
}

void TableRows::growSections()
{
    for (const TableModel::Section &section : m_model->sections) {
        const Length &own = m_pass->style(section.box).box->height;
        const auto height = resolveHeight(*m_pass, section.box, own, std::nullopt, m_result.contentWidth);
        if (height && section.rowCount > 0)
            growRows(std::span(m_rows).subspan(std::size_t(section.firstRow), std::size_t(section.rowCount)),
                     *height - heightOfRows(section.firstRow, section.rowCount));
    }
}

/// The border box height that the table is to have at least.
std::optional<LayoutUnit> TableRows::tableHeight()
{
    if (m_space.height)
        return std::max(*m_space.height - m_captionsHeight, LayoutUnit());
    const BoxStyle &style = *m_pass->style(m_model->table).box;
    const auto resolve = [&](const Length &length) {
        return resolveHeight(*m_pass, m_model->table, length, m_space.containingHeight, m_space.containingWidth);
    };
    std::optional<LayoutUnit> height = resolve(style.height);
    if (height)
        if (const auto most = resolve(style.maxHeight))
            height = std::min(*height, *most);
    if (const auto least = resolve(style.minHeight))
        height = std::max(height.value_or(*least), *least);
    return height;
}

void TableRows::growToTableHeight()
{
    const int shown =
        int(std::count_if(m_rows.begin(), m_rows.end(), [](const TableRowHeight &row) { return !row.isCollapsed; }));
    LayoutUnit rows;
    for (const TableRowHeight &row : m_rows)
        rows += row.height;
    const LayoutUnit outside = m_edges.vertical() + (m_rows.empty() ? LayoutUnit() : m_model->spacingY * (shown + 1));
    const std::optional<LayoutUnit> wanted = tableHeight();
    m_result.isHeightDefinite = wanted.has_value();
    m_result.height = std::max(wanted.value_or(LayoutUnit()), rows + outside);
    LayoutUnit extra = m_result.height - outside - rows;
    if (extra <= LayoutUnit() || m_rows.empty())
        return;
    extra = growPercentRows(m_rows, m_result.height - outside, extra);
    // Bodies grow, or all that there is where there is none.
    LayoutUnit bodies;
    int bodyRows = 0;
    for (const TableModel::Section &section : m_model->sections)
        bodyRows += section.isBody ? section.rowCount : 0;
    const bool onlyBodies = bodyRows > 0;
    std::vector<TableRowHeight> growing;
    std::vector<std::size_t> indices;
    for (const TableModel::Section &section : m_model->sections) {
        for (int i = section.firstRow; (section.isBody || !onlyBodies) && i < section.firstRow + section.rowCount;
             ++i) {
            growing.push_back(m_rows[std::size_t(i)]);
            indices.push_back(std::size_t(i));
        }
    }
    growRows(growing, extra);
    for (std::size_t i = 0; i < indices.size(); ++i)
        m_rows[indices[i]].height = growing[i].height;
}

void TableRows::placeRows()
{
    LayoutUnit at = m_edges.top + m_model->spacingY;
    for (const TableModel::Section &section : m_model->sections) {
        m_result.sectionTops.push_back(at);
        LayoutUnit end = at;
        for (int i = section.firstRow; i < section.firstRow + section.rowCount; ++i) {
            const TableRowHeight &row = m_rows[std::size_t(i)];
            m_result.rowTops.push_back(at);
            m_result.rowHeights.push_back(row.height);
            end = at + row.height;
            if (!row.isCollapsed)
                at = end + m_model->spacingY;
        }
        m_result.sectionHeights.push_back(end - m_result.sectionTops.back());
    }
    m_result.wrapperHeight = m_result.height + m_captionsHeight;
}

/// 17.5.3: of the first row; without cells on it the bottom of the row's lowest content box.
void TableRows::findBaselines()
{
    if (m_rows.empty())
        return;
    const auto of = [&](std::size_t row) {
        const LayoutUnit top = m_result.tableTop + m_result.rowTops[row];
        return top + m_result.rowBaselines[row].value_or(m_result.rowHeights[row]);
    };
    m_result.baselines.first = of(0);
    m_result.baselines.last = of(m_rows.size() - 1);
}

} // namespace bulkhead::engine
