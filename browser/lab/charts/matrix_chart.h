// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"

#include <vector>

namespace bulkhead {

/// What was found about several things, side by side: a row for each, a column for each question, and in each cell a
/// mark (told apart by shape) with a few words. The whole sentence is in the tooltip and in the table.
class MatrixChart : public LabChart
{
public:
    enum class Mark { None, Good, Bad, Neutral };
    struct Cell
    {
        Mark mark = Mark::None;
        QString text;   ///< a few words
        QString detail; ///< smaller, below
        QString whole;  ///< the sentence
    };
    struct Row
    {
        QString name;
        QString detail;
        std::vector<Cell> cells;
    };

    QString nameTitle;
    QStringList columns;
    std::vector<Row> rows;

    qreal heightFor(qreal width, const ChartStyle &style) const override;
    void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const override;
    QList<QStringList> table() const override;
    QString toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const override;
    bool isEmpty() const override { return rows.empty(); }

private:
    qreal headHeight(const ChartStyle &style) const;
    qreal rowHeight(const ChartStyle &style) const;
    qreal nameWidth(qreal width, const ChartStyle &style) const;
};

} // namespace bulkhead
