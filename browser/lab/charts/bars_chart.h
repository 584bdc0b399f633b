// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"

#include <vector>

namespace bulkhead {

/// Named bars on a linear axis from 0, each with its figure as text at its end.
class BarsChart : public LabChart
{
public:
    struct Bar
    {
        QString name;
        double value = 0; ///< 0 or more
        QString text;     ///< "1.2 ms"
        int series = 0;
        enum class Kind { Plain, Good, Bad } kind = Kind::Plain; ///< of the text
    };
    std::vector<Bar> bars;
    double most = 0;               ///< where the axis ends; 0: at the longest bar
    QString nameTitle, valueTitle; ///< heads of the table

    qreal heightFor(qreal width, const ChartStyle &style) const override;
    void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const override;
    QList<QStringList> table() const override;
    bool isEmpty() const override { return bars.empty(); }

private:
    qreal rowHeight(const ChartStyle &style) const;
};

} // namespace bulkhead
