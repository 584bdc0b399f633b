// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/matrix_chart.h"

#include "browser/widgets/color_scheme.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

constexpr qreal MarkWidth = 20; // with the gap to its text

void paintMark(QPainter &painter, QPointF c, MatrixChart::Mark mark, const ChartStyle &style)
{
    constexpr qreal R = 5;
    painter.setBrush(Qt::NoBrush);
    switch (mark) {
    case MatrixChart::Mark::Good: // a tick
        painter.setPen(QPen(style.good, 2.2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(
            QPolygonF{{c.x() - R, c.y()}, {c.x() - R * 0.3, c.y() + R * 0.8}, {c.x() + R, c.y() - R * 0.8}});
        break;
    case MatrixChart::Mark::Bad: // a cross
        painter.setPen(QPen(style.bad, 2.2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(c.x() - R * 0.8, c.y() - R * 0.8), QPointF(c.x() + R * 0.8, c.y() + R * 0.8));
        painter.drawLine(QPointF(c.x() - R * 0.8, c.y() + R * 0.8), QPointF(c.x() + R * 0.8, c.y() - R * 0.8));
        break;
    case MatrixChart::Mark::Neutral: // a ring
        painter.setPen(QPen(style.faint, 1.8));
        painter.drawEllipse(c, R * 0.8, R * 0.8);
        break;
    case MatrixChart::Mark::None:
        break;
    }
}

} // namespace

qreal MatrixChart::headHeight(const ChartStyle &style) const
{
    return std::ceil(QFontMetricsF(style.small()).height()) + 10;
}

qreal MatrixChart::rowHeight(const ChartStyle &style) const
{
    return std::ceil(QFontMetricsF(style.font).height() + QFontMetricsF(style.small()).height()) + 12;
}

qreal MatrixChart::nameWidth(qreal width, const ChartStyle &style) const
{
    qreal most = 0;
    for (const Row &row : rows) {
        most = std::max({most, QFontMetricsF(style.bold()).horizontalAdvance(row.name),
                         QFontMetricsF(style.small()).horizontalAdvance(row.detail)});
    }
    return std::min(most + 16, width * 0.34);
}

qreal MatrixChart::heightFor(qreal, const ChartStyle &style) const
{
    return headHeight(style) + rowHeight(style) * qreal(rows.size()) + 2;
}

void MatrixChart::paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    const qreal names = nameWidth(rect.width(), style), head = headHeight(style), height = rowHeight(style);
    const qreal width = columns.isEmpty() ? 0 : (rect.width() - names) / qreal(columns.size());
    const qreal line = std::ceil(QFontMetricsF(style.font).height()),
                small = std::ceil(QFontMetricsF(style.small()).height());
    // A column without marks stands where its title does.
    std::vector<qreal> indent(std::size_t(columns.size()), 0);
    for (const Row &row : rows) {
        for (std::size_t i = 0; i < std::min(indent.size(), row.cells.size()); ++i) {
            if (row.cells[i].mark != Mark::None)
                indent[i] = MarkWidth;
        }
    }
    painter.setFont(style.small());
    painter.setPen(style.faint);
    style.label(painter, QRectF(rect.left(), rect.top(), names - 8, head), Qt::AlignLeft | Qt::AlignVCenter, nameTitle);
    for (int i = 0; i < columns.size(); ++i) {
        style.label(painter, QRectF(rect.left() + names + i * width, rect.top(), width - 8, head),
                    Qt::AlignLeft | Qt::AlignVCenter, columns[i]);
    }
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const Row &row = rows[r];
        const qreal top = rect.top() + head + height * qreal(r);
        painter.setPen(QPen(style.grid, 1));
        painter.drawLine(QPointF(rect.left(), top), QPointF(rect.right(), top));
        const qreal text = top + (row.detail.isEmpty() ? (height - line) / 2 : 6);
        painter.setFont(style.bold());
        painter.setPen(style.text);
        style.label(painter, QRectF(rect.left(), text, names - 8, line), Qt::AlignLeft | Qt::AlignVCenter, row.name);
        painter.setFont(style.small());
        painter.setPen(style.faint);
        style.label(painter, QRectF(rect.left(), text + line, names - 8, small), Qt::AlignLeft | Qt::AlignVCenter,
                    row.detail);
        for (std::size_t i = 0; i < row.cells.size() && i < std::size_t(columns.size()); ++i) {
            const Cell &cell = row.cells[i];
            const qreal left = rect.left() + names + qreal(i) * width;
            const qreal cellTop = top + (cell.detail.isEmpty() ? (height - line) / 2 : 6);
            paintMark(painter, QPointF(left + 6, cellTop + line / 2), cell.mark, style);
            painter.setFont(style.font);
            painter.setPen(style.text);
            style.label(painter, QRectF(left + indent[i], cellTop, width - indent[i] - 8, line),
                        Qt::AlignLeft | Qt::AlignVCenter, cell.text);
            painter.setFont(style.small());
            painter.setPen(style.faint);
            style.label(painter, QRectF(left + indent[i], cellTop + line, width - indent[i] - 8, small),
                        Qt::AlignLeft | Qt::AlignVCenter, cell.detail);
        }
    }
}

QList<QStringList> MatrixChart::table() const
{
    QList<QStringList> table{QStringList{nameTitle} + columns};
    for (const Row &row : rows) {
        QStringList line{row.name};
        for (const Cell &cell : row.cells)
            line << (cell.detail.isEmpty() ? cell.text : cell.text + QStringLiteral(", ") + cell.detail);
        while (line.size() <= columns.size())
            line << QString();
        table.append(line);
    }
    return table;
}

QString MatrixChart::toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const
{
    const qreal names = nameWidth(rect.width(), style);
    const int row = int(std::floor((position.y() - rect.top() - headHeight(style)) / rowHeight(style)));
    if (row < 0 || row >= int(rows.size()) || columns.isEmpty() || position.x() < rect.left() + names)
        return {};
    const auto column =
        std::size_t((position.x() - rect.left() - names) / ((rect.width() - names) / qreal(columns.size())));
    const std::vector<Cell> &cells = rows[std::size_t(row)].cells;
    return column < cells.size() ? cells[column].whole : QString();
}

} // namespace bulkhead
