// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/pressure_chart.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/widgets/color_scheme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QJsonArray>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

constexpr qreal Gap = 22, VesselWidth = 84;

QString tr(const char *source)
{
    return QCoreApplication::translate("PressureChart", source);
}

qreal lineHeight(const QFont &font)
{
    return std::ceil(QFontMetricsF(font).height());
}

QString stateName(lab::PressureRun::State state)
{
    using State = lab::PressureRun::State;
    switch (state) {
    case State::Waiting:
        return QStringLiteral("waiting");
    case State::Running:
        return QStringLiteral("running");
    case State::Draining:
        return QStringLiteral("draining");
    case State::Done:
        return QStringLiteral("done");
    case State::Failed:
        break;
    }
    return QStringLiteral("failed");
}

} // namespace

QString PressureChart::Lane::title() const
{
    return writer == u"nonblocking" ? tr("%1, the writer does not block").arg(mechanism)
           : isLossy                ? tr("%1, messages may be lost").arg(mechanism)
                                    : tr("%1, the writer blocks").arg(mechanism);
}

QString PressureChart::Lane::verdict() const
{
    if (!problem.isEmpty())
        return problem;
    const QString room = tr("Room for %1 messages of %2.").arg(figureNumber(most), axisSize(size));
    if (lost > 0)
        return tr("The writer is told nothing: %1 of %2 messages were dropped.")
            .arg(figureNumber(lost), figureNumber(sent));
    if (refused > 0)
        return room + u' ' + tr("Then EAGAIN, %1 times: the writer decides what to drop.").arg(figureNumber(refused));
    if (waitShare >= 0.05)
        return room + u' ' + tr("Then the writer waits: %1 % of its time.").arg(int(std::round(waitShare * 100)));
    return tr("At most %1 messages of %2 were underway: there was room for all.")
        .arg(figureNumber(most), axisSize(size));
}

void PressureChart::setLanes(const std::vector<lab::PressureRun::LaneResult> &results)
{
    lanes.clear();
    for (const lab::PressureRun::LaneResult &result : results) {
        Lane lane;
        lane.mechanism = QString::fromStdString(result.lane.mechanism);
        lane.writer = result.lane.writer == lab::PressureRun::Lane::Writer::NonBlocking ? QStringLiteral("nonblocking")
                                                                                        : QStringLiteral("blocking");
        lane.state = stateName(result.state);
        lane.problem = QString::fromStdString(result.problem);
        lane.isLossy = result.isLossy;
        lane.size = double(result.size);
        lane.sent = double(result.sent);
        lane.received = double(result.received);
        lane.refused = double(result.refused);
        lane.lost = double(result.lost());
        lane.most = double(result.most);
        lane.waitShare = result.waitShare;
        lane.wrong = double(result.wrong);
        std::uint64_t refused = 0;
        for (const lab::PressureRun::Sample &sample : result.samples) {
            lane.moments.push_back(
                {sample.seconds, double(sample.underway()), sample.isWaiting, sample.refused > refused});
            refused = sample.refused;
        }
        lanes.push_back(std::move(lane));
    }
}

QJsonObject PressureChart::toJson() const
{
    QJsonArray array;
    for (const Lane &lane : lanes) {
        QJsonArray moments;
        for (const Moment &m : lane.moments)
            moments.append(QJsonArray{m.seconds, m.underway, m.isWaiting, m.isRefused});
        array.append(
            QJsonObject{{QStringLiteral("mechanism"), lane.mechanism},
                        {QStringLiteral("writer"), lane.writer},
                        {QStringLiteral("state"), lane.state},
                        {QStringLiteral("problem"), lane.problem.isEmpty() ? QJsonValue() : QJsonValue(lane.problem)},
                        {QStringLiteral("lossy"), lane.isLossy},
                        {QStringLiteral("size"), lane.size},
                        {QStringLiteral("sent"), lane.sent},
                        {QStringLiteral("received"), lane.received},
                        {QStringLiteral("refused"), lane.refused},
                        {QStringLiteral("lost"), lane.lost},
                        {QStringLiteral("most_underway"), lane.most},
                        {QStringLiteral("wait_share"), lane.waitShare},
                        {QStringLiteral("wrong"), lane.wrong},
                        {QStringLiteral("moments"), moments}});
    }
    return {{QStringLiteral("lanes"), array}, {QStringLiteral("axis_seconds"), seconds}};
}

void PressureChart::setJson(const QJsonObject &result)
{
    lanes.clear();
    seconds = result[QStringLiteral("axis_seconds")].toDouble(5);
    for (const QJsonValue &value : result[QStringLiteral("lanes")].toArray()) {
        Lane lane;
        lane.mechanism = value[QStringLiteral("mechanism")].toString();
        lane.writer = value[QStringLiteral("writer")].toString();
        lane.state = value[QStringLiteral("state")].toString();
        lane.problem = value[QStringLiteral("problem")].toString();
        lane.isLossy = value[QStringLiteral("lossy")].toBool();
        lane.size = value[QStringLiteral("size")].toDouble();
        lane.sent = value[QStringLiteral("sent")].toDouble();
        lane.received = value[QStringLiteral("received")].toDouble();
        lane.refused = value[QStringLiteral("refused")].toDouble();
        lane.lost = value[QStringLiteral("lost")].toDouble();
        lane.most = value[QStringLiteral("most_underway")].toDouble();
        lane.waitShare = value[QStringLiteral("wait_share")].toDouble();
        lane.wrong = value[QStringLiteral("wrong")].toDouble();
        for (const QJsonValue &moment : value[QStringLiteral("moments")].toArray())
            lane.moments.push_back(
                {moment[0].toDouble(), moment[1].toDouble(), moment[2].toBool(), moment[3].toBool()});
        lanes.push_back(std::move(lane));
    }
}

qreal PressureChart::laneHeight(const ChartStyle &style) const
{
    return lineHeight(style.bold()) + lineHeight(style.font) + 104;
}

qreal PressureChart::heightFor(qreal, const ChartStyle &style) const
{
    return (laneHeight(style) + Gap) * qreal(lanes.size());
}

void PressureChart::paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    const qreal height = laneHeight(style), bold = lineHeight(style.bold()), line = lineHeight(style.font);
    for (std::size_t i = 0; i < lanes.size(); ++i) {
        const Lane &lane = lanes[i];
        const qreal top = rect.top() + qreal(i) * (height + Gap);
        painter.setFont(style.bold());
        painter.setPen(style.text);
        style.label(painter, QRectF(rect.left(), top, rect.width(), bold), Qt::AlignLeft | Qt::AlignVCenter,
                    lane.title());
        painter.setFont(style.font);
        painter.setPen(lane.problem.isEmpty() ? style.faint : style.bad);
        style.label(painter, QRectF(rect.left(), top + bold, rect.width(), line), Qt::AlignLeft | Qt::AlignVCenter,
                    lane.verdict());
        const qreal body = top + bold + line + 8;
        paintVessel(lane, painter, QRectF(rect.left() + 2, body, VesselWidth, 88), style);
        paintTimes(lane, painter, QRectF(rect.left() + VesselWidth + 28, body, rect.width() - VesselWidth - 30, 88),
                   style);
    }
}

void PressureChart::paintVessel(const Lane &lane, QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    const double now = lane.moments.empty() ? 0 : lane.moments.back().underway;
    const double level = lane.most > 0 ? std::clamp(now / lane.most, 0.0, 1.0) : 0;
    const bool waits = !lane.moments.empty() && (lane.moments.back().isWaiting || lane.moments.back().isRefused);
    const QRectF inside = rect.adjusted(2, 2, -2, -2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(chrome::mix(style.ground, style.text, 0.05));
    painter.drawRoundedRect(rect, 5, 5);
    const bool isLost = lane.isLossy && lane.state == u"done";
    painter.setBrush(isLost || waits ? chrome::mix(style.accent, style.bad, 0.7) : style.accent);
    if (level > 0)
        painter.drawRoundedRect(
            QRectF(inside.left(), inside.bottom() - inside.height() * level, inside.width(), inside.height() * level),
            3, 3);
    painter.setPen(QPen(style.faint, 1.6));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(rect, 5, 5);
    painter.setFont(style.bold());
    const QString text = figureNumber(now);
    const qreal line = lineHeight(style.bold());
    const bool high = level > 0.62;
    painter.setPen(high ? style.ground : style.text);
    painter.drawText(QRectF(rect.left(), rect.center().y() - line / 2, rect.width(), line), Qt::AlignCenter, text);
}

void PressureChart::paintTimes(const Lane &lane, QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    painter.setPen(QPen(style.grid, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(rect.bottomLeft(), rect.bottomRight());
    painter.drawLine(rect.topLeft(), rect.bottomLeft());
    const double end = std::max({seconds, 0.1, lane.moments.empty() ? 0.0 : lane.moments.back().seconds});
    const double most = std::max(1.0, lane.most) * 1.3;
    const auto at = [&](const Moment &m) {
        return QPointF(rect.left() + m.seconds / end * rect.width(), rect.bottom() - m.underway / most * rect.height());
    };
    QPolygonF curve;
    for (std::size_t i = 0; i < lane.moments.size(); ++i) {
        const Moment &moment = lane.moments[i];
        curve << at(moment);
        if (!moment.isWaiting && !moment.isRefused)
            continue;
        // Below the curve: dense where the writer sits in its call, dotted where it was refused.
        painter.setPen(QPen(style.bad, moment.isWaiting ? 2.0 : 1.2, moment.isWaiting ? Qt::SolidLine : Qt::DotLine));
        painter.drawLine(QPointF(at(moment).x(), rect.bottom() - 1), QPointF(at(moment).x(), rect.bottom() - 12));
    }
    painter.setPen(QPen(style.accent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(curve);
    painter.setFont(style.small());
    painter.setPen(style.faint);
    const qreal small = lineHeight(style.small());
    painter.drawText(QRectF(rect.left() + 6, rect.top() - 2, rect.width() - 6, small), Qt::AlignLeft | Qt::AlignTop,
                     lane.isLossy ? tr("messages sent and not received, at most %1").arg(figureNumber(lane.most))
                                  : tr("messages underway, at most %1").arg(figureNumber(lane.most)));
    painter.drawText(QRectF(rect.left(), rect.top() - 2, rect.width(), small), Qt::AlignRight | Qt::AlignTop,
                     tr("%1 s").arg(QString::number(end, 'f', 1)));
}

QList<QStringList> PressureChart::table() const
{
    QList<QStringList> table{{tr("Mechanism"), tr("Writer"), tr("Most underway"), tr("Sent"), tr("Received"),
                              tr("Refused (EAGAIN)"), tr("Dropped"), tr("Writer waited")}};
    for (const Lane &lane : lanes) {
        table.append({lane.mechanism, lane.writer == u"nonblocking" ? tr("does not block") : tr("blocks"),
                      figureNumber(lane.most), figureNumber(lane.sent), figureNumber(lane.received),
                      figureNumber(lane.refused), figureNumber(lane.lost),
                      tr("%1 %").arg(int(std::round(lane.waitShare * 100)))});
    }
    return table;
}

} // namespace bulkhead
