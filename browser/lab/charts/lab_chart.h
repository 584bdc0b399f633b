// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/chart_style.h"

#include <QByteArray>
#include <QImage>
#include <QList>
#include <QString>
#include <QStringList>

class QPainter;

namespace bulkhead {

/// A chart: painted by the same code on screen, in a PNG and in an SVG. It holds its figures, and gives them as a
/// table, too. A value type's base; knows nothing of widgets.
class LabChart
{
public:
    virtual ~LabChart() = default;

    QString title; ///< what is shown, with the unit
    /// In logical pixels, for what it holds now.
    virtual qreal heightFor(qreal width, const ChartStyle &style) const = 0;
    virtual void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const = 0;
    /// The figures; the first row names the columns.
    virtual QList<QStringList> table() const = 0;
    /// What a person who does not see it is told: the title and the most important figures.
    virtual QString description() const;
    /// What the thing at @p position is, for a tooltip; empty when there is nothing.
    virtual QString toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const;
    virtual bool isEmpty() const { return table().size() <= 1; }
};

/// @p charts below each other as they appear on paper.
QByteArray chartsToSvg(const QList<const LabChart *> &charts, qreal width = 960);
/// @p scale pixels for a logical one.
QImage chartsToImage(const QList<const LabChart *> &charts, const ChartStyle &style, qreal width = 960,
                     qreal scale = 2);

} // namespace bulkhead
