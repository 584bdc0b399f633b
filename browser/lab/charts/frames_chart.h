// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"

#include <optional>
#include <vector>

class QJsonObject;

namespace bulkhead {

/// Panes beside each other: what arrives through each transport, and its figures. Filled from the JSON that
/// lab::framesToJson() writes, so that a run that goes on, a kept one and the command line's are shown by the same
/// code; the pictures come separately.
class FramesChart : public LabChart
{
public:
    struct Pane
    {
        QString transport, title, state, problem, forcedBy;
        double framesPerSecond = 0, missed = 0;
        double median = 0, most = 0, processorTime = 0; ///< nanoseconds
        double pageFaults = 0, pieces = 1, pieceBytes = 0, frameBytes = 0;
        std::optional<double> copiedBytes, systemCalls;
        double checked = 0, wrong = 0;
        bool isMeasured = false;
        QImage picture; ///< of the size of pictureRect(), best

        static Pane from(const QJsonObject &lane);
    };

    std::vector<Pane> panes;
    double rate = 60; ///< frames per second that are wanted; 0: as many as possible
    int selected = -1;

    /// Replaces the panes, and keeps the pictures of those that stay.
    void setResult(const QJsonObject &result);

    int columns(qreal width, const ChartStyle &style) const;
    QRectF paneRect(int index, const QRectF &rect, const ChartStyle &style) const;
    QRectF pictureRect(int index, const QRectF &rect, const ChartStyle &style) const;
    /// -1 between the panes.
    int paneAt(QPointF position, const QRectF &rect, const ChartStyle &style) const;

    qreal heightFor(qreal width, const ChartStyle &style) const override;
    void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const override;
    void paintPane(int index, QPainter &painter, const QRectF &rect, const ChartStyle &style) const;
    void paintPicture(int index, QPainter &painter, const QRectF &picture, const ChartStyle &style) const;
    QList<QStringList> table() const override;
    QString toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const override;
    QString description() const override;
    bool isEmpty() const override { return panes.empty(); }

private:
    qreal paneHeight(qreal paneWidth, const ChartStyle &style) const;
    void paintHead(const Pane &pane, int series, QPainter &painter, const QRectF &head, const ChartStyle &style) const;
    void paintFigures(const Pane &pane, QPainter &painter, const QRectF &rect, const ChartStyle &style) const;
};

} // namespace bulkhead
