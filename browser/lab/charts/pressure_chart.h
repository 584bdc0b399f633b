// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/lab/charts/lab_chart.h"
#include "ipc/lab/engine/pressure_run.h"

#include <QJsonObject>

#include <vector>

namespace bulkhead {

/// How full each mechanism is, as a vessel with its level now and the level over time; where the writer waited, was
/// refused, or messages were lost.
class PressureChart : public LabChart
{
public:
    struct Moment
    {
        double seconds = 0, underway = 0;
        bool isWaiting = false, isRefused = false;
    };
    struct Lane
    {
        QString mechanism, writer, state, problem;
        bool isLossy = false;
        double size = 0, sent = 0, received = 0, refused = 0, lost = 0, most = 0, waitShare = 0, wrong = 0;
        std::vector<Moment> moments;

        QString title() const;
        /// What happens to a writer that is too fast, in a sentence.
        QString verdict() const;
    };
    std::vector<Lane> lanes;
    double seconds = 5; ///< of the time axis

    void setLanes(const std::vector<lab::PressureRun::LaneResult> &results);
    void setJson(const QJsonObject &result);
    QJsonObject toJson() const;

    qreal heightFor(qreal width, const ChartStyle &style) const override;
    void paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const override;
    QList<QStringList> table() const override;
    bool isEmpty() const override { return lanes.empty(); }

private:
    qreal laneHeight(const ChartStyle &style) const;
    void paintVessel(const Lane &lane, QPainter &painter, const QRectF &rect, const ChartStyle &style) const;
    void paintTimes(const Lane &lane, QPainter &painter, const QRectF &rect, const ChartStyle &style) const;
};

} // namespace bulkhead
