// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"

#include <vector>

namespace bulkhead {

/// Lines with marks over two logarithmic axes: a figure over the message size, or how often a time occurred.
class CurveChart : public LabChart
{
public:
    struct Point
    {
        double x = 0, y = 0;  ///< both more than 0, or the point is not drawn
        bool isLimit = false; ///< measured at less than was asked for: drawn as a cross
    };
    struct Line
    {
        QString name;
        int series = 0;
        std::vector<Point> points; ///< rising in x
    };
    enum class Unit { Bytes, Time, Count, Rate };
    enum class Marks { Yes, No }; ///< No: many points, drawn as steps

    std::vector<Line> lines;
    Unit xUnit = Unit::Bytes, yUnit = Unit::Time;
    QString xTitle, yTitle;
    Marks marks = Marks::Yes;

    qreal heightFor(qreal width, const ChartStyle &style) const override;
    void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const override;
    QList<QStringList> table() const override;
    QString toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const override;
    bool isEmpty() const override;

private:
    struct Plot;
    Plot plotIn(const QRectF &rect, const ChartStyle &style) const;
};

} // namespace bulkhead
