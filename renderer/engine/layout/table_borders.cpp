// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/table_borders.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bulkhead::engine {
namespace {

enum { Top, Right, Bottom, Left };

/// 17.6.2.1: of two equally wide ones.
int rank(BorderStyle style)
{
    switch (style) {
    case BorderStyle::Double:
        return 8;
    case BorderStyle::Solid:
        return 7;
    case BorderStyle::Dashed:
        return 6;
    case BorderStyle::Dotted:
        return 5;
    case BorderStyle::Ridge:
        return 4;
    case BorderStyle::Outset:
        return 3;
    case BorderStyle::Groove:
        return 2;
    case BorderStyle::Inset:
        return 1;
    default:
        return 0;
    }
}

bool isSame(const BorderSide *a, const BorderSide *b)
{
    return a == b || (a && b && *a == *b);
}

} // namespace

CollapsedBorders::CollapsedBorders(int rows, int columns) : m_rows(rows), m_columns(columns)
{
    m_vertical.resize(std::size_t(rows) * std::size_t(columns + 1));
    m_horizontal.resize(std::size_t(rows + 1) * std::size_t(columns));
}

void CollapsedBorders::addCellArea(const TableArea &area)
{
    for (int row = area.rowStart; row < area.rowEnd; ++row)
        for (int line = area.columnStart + 1; line < area.columnEnd; ++line)
            vertical(row, line).isInsideCell = true;
    for (int line = area.rowStart + 1; line < area.rowEnd; ++line)
        for (int column = area.columnStart; column < area.columnEnd; ++column)
            horizontal(line, column).isInsideCell = true;
}

void CollapsedBorders::offer(Edge &edge, const BorderSide &side, BorderOrigin origin)
{
    if (edge.isInsideCell || (edge.side && edge.side->style == BorderStyle::Hidden))
        return;
    if (side.style == BorderStyle::Hidden) {
        edge = {&side, origin};
        return;
    }
    if (side.style == BorderStyle::None || side.width <= 0)
        return;
    if (edge.side) {
        if (edge.side->width != side.width) {
            if (edge.side->width > side.width)
                return;
        } else if (rank(edge.side->style) != rank(side.style)) {
            if (rank(edge.side->style) > rank(side.style))
                return;
        } else if (edge.origin >= origin) {
            return;
        }
    }
    edge = {&side, origin};
}

void CollapsedBorders::add(const TableArea &area, const ComputedStyle &style, BorderOrigin origin, bool rightToLeft)
{
    const std::array<BorderSide, 4> &border = style.decoration->border;
    const BorderSide &start = border[rightToLeft ? Right : Left], &end = border[rightToLeft ? Left : Right];
    for (int row = area.rowStart; row < area.rowEnd; ++row) {
        offer(vertical(row, area.columnStart), start, origin);
        offer(vertical(row, area.columnEnd), end, origin);
    }
    for (int column = area.columnStart; column < area.columnEnd; ++column) {
        offer(horizontal(area.rowStart, column), border[Top], origin);
        offer(horizontal(area.rowEnd, column), border[Bottom], origin);
    }
}

LayoutUnit CollapsedBorders::widthOf(const Edge &edge)
{
    return edge.side && edge.side->style != BorderStyle::Hidden ? LayoutUnit::fromPixels(double(edge.side->width))
                                                                : LayoutUnit();
}

LayoutEdges CollapsedBorders::bordersOf(const TableArea &area, bool rightToLeft) const
{
    LayoutUnit start, end, top, bottom;
    for (int row = area.rowStart; row < area.rowEnd; ++row) {
        start = std::max(start, widthOf(vertical(row, area.columnStart)));
        end = std::max(end, widthOf(vertical(row, area.columnEnd)));
    }
    for (int column = area.columnStart; column < area.columnEnd; ++column) {
        top = std::max(top, widthOf(horizontal(area.rowStart, column)));
        bottom = std::max(bottom, widthOf(horizontal(area.rowEnd, column)));
    }
    LayoutEdges edges{top / 2, end / 2, bottom / 2, start / 2};
    if (rightToLeft)
        std::swap(edges.left, edges.right);
    return edges;
}

LayoutEdges CollapsedBorders::tableBorders(bool rightToLeft) const
{
    LayoutEdges edges;
    if (m_rows == 0 || m_columns == 0)
        return edges;
    edges.left = widthOf(vertical(0, 0)) / 2;
    edges.right = widthOf(vertical(0, m_columns)) / 2;
    if (rightToLeft)
        std::swap(edges.left, edges.right);
    for (int column = 0; column < m_columns; ++column) {
        edges.top = std::max(edges.top, widthOf(horizontal(0, column)) / 2);
        edges.bottom = std::max(edges.bottom, widthOf(horizontal(m_rows, column)) / 2);
    }
    return edges;
}

/// The widest vertical edge that ends or begins where the lines cross.
LayoutUnit CollapsedBorders::widestAcross(int line, int column) const
{
    LayoutUnit widest;
    if (line > 0)
        widest = std::max(widest, widthOf(vertical(line - 1, column)));
    if (line < m_rows)
        widest = std::max(widest, widthOf(vertical(line, column)));
    return widest;
}

LayoutUnit CollapsedBorders::widestAlong(int row, int line) const
{
    LayoutUnit widest;
    if (line > 0)
        widest = std::max(widest, widthOf(horizontal(row, line - 1)));
    if (line < m_columns)
        widest = std::max(widest, widthOf(horizontal(row, line)));
    return widest;
}

/// Where edges cross, the wider one goes through; of equal ones that which is horizontal.
void CollapsedBorders::paintVertical(int line, const Lines &lines, Edges &found) const
{
    for (int row = 0; row < m_rows;) {
        const Edge &edge = vertical(row, line);
        const LayoutUnit width = widthOf(edge);
        int end = row + 1;
        while (end < m_rows && isSame(vertical(end, line).side, edge.side) && widestAlong(end, line) < width)
            ++end;
        const LayoutUnit above = widestAlong(row, line), below = widestAlong(end, line);
        // Of two that meet end to end the one that comes first has the joint.
        const LayoutUnit before = row > 0 ? widthOf(vertical(row - 1, line)) : LayoutUnit();
        const LayoutUnit after = end < m_rows ? widthOf(vertical(end, line)) : LayoutUnit();
        const bool hasTop = above < width && before < width, hasBottom = below < width && after <= width;
        const LayoutUnit top = lines.rows[std::size_t(row)] + (hasTop ? -(above / 2) : above / 2);
        const LayoutUnit bottom = lines.rows[std::size_t(end)] + (hasBottom ? below / 2 : -(below / 2));
        const LayoutUnit x = lines.columns[std::size_t(line)] - (lines.rightToLeft ? width - width / 2 : width / 2);
        if (width > LayoutUnit() && bottom > top)
            found.push_back({{{x, top}, {width, bottom - top}}, *edge.side, true});
        row = end;
    }
}

void CollapsedBorders::paintHorizontal(int line, const Lines &lines, Edges &found) const
{
    for (int column = 0; column < m_columns;) {
        const Edge &edge = horizontal(line, column);
        const LayoutUnit width = widthOf(edge);
        int end = column + 1;
        while (end < m_columns && isSame(horizontal(line, end).side, edge.side) && widestAcross(line, end) <= width)
            ++end;
        const LayoutUnit before = widestAcross(line, column), after = widestAcross(line, end);
        const LayoutUnit previous = column > 0 ? widthOf(horizontal(line, column - 1)) : LayoutUnit();
        const LayoutUnit next = end < m_columns ? widthOf(horizontal(line, end)) : LayoutUnit();
        const LayoutUnit atStart = before <= width && previous < width ? -(before / 2) : before / 2;
        const LayoutUnit atEnd = after <= width && next <= width ? after / 2 : -(after / 2);
        LayoutUnit from = lines.columns[std::size_t(column)] + (lines.rightToLeft ? -atStart : atStart);
        LayoutUnit to = lines.columns[std::size_t(end)] + (lines.rightToLeft ? -atEnd : atEnd);
        if (lines.rightToLeft)
            std::swap(from, to);
        if (width > LayoutUnit() && to > from)
            found.push_back({{{from, lines.rows[std::size_t(line)] - width / 2}, {to - from, width}}, *edge.side});
        column = end;
    }
}

std::vector<BoxGeometry::CollapsedEdge> CollapsedBorders::paintedEdges(const Lines &lines) const
{
    Edges found;
    for (int line = 0; line <= m_columns; ++line)
        paintVertical(line, lines, found);
    for (int line = 0; line <= m_rows; ++line)
        paintHorizontal(line, lines, found);
    return found;
}

} // namespace bulkhead::engine
