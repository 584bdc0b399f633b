// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"

#include <optional>
#include <vector>

namespace bulkhead {

/// Times on a logarithmic axis, one row each: a bar to the median, a lighter one to p99, a whisker to p99.9. What is
/// not known (too few samples) is not drawn.
class PercentileChart : public LabChart
{
public:
    struct Row
    {
        QString name;
        double p50 = 0; ///< nanoseconds, as all times
        std::optional<double> p90, p99, p999;
        QString note; ///< "at 8 KB": what is not as asked for
        int series = 0;
    };

    std::vector<Row> rows;

    qreal heightFor(qreal width, const ChartStyle &style) const override;
    void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const override;
    QList<QStringList> table() const override;
    QString toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const override;
    bool isEmpty() const override { return rows.empty(); }

private:
    qreal rowHeight(const ChartStyle &style) const;
};

} // namespace bulkhead
