// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"

#include <vector>

namespace bulkhead {

/// For each way of synchronising a bar of all additions: those that count, and those that were lost.
class RaceChart : public LabChart
{
public:
    struct Row
    {
        QString name;
        double wanted = 0, added = 0, lost = 0;
        double nanoseconds = 0; ///< per addition; 0: it goes on
    };
    std::vector<Row> rows;
    /// "63,009,311"
    static QString grouped(double number);

    qreal heightFor(qreal width, const ChartStyle &style) const override;
    void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const override;
    QList<QStringList> table() const override;
    bool isEmpty() const override { return rows.empty(); }

private:
    qreal rowHeight(const ChartStyle &style) const;
};

} // namespace bulkhead
