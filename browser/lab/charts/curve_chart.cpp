// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/curve_chart.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/widgets/color_scheme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <map>

namespace bulkhead {

namespace {

constexpr qreal PlotHeight = 260;
constexpr qreal LegendMark = 26;

QString tr(const char *source)
{
    return QCoreApplication::translate("CurveChart", source);
}

QString inUnit(double value, CurveChart::Unit unit)
{
    switch (unit) {
    case CurveChart::Unit::Bytes:
        return axisSize(value);
    case CurveChart::Unit::Time:
        return axisTime(value);
    case CurveChart::Unit::Rate:
    case CurveChart::Unit::Count:
        break;
    }
    if (value >= 1e9)
        return QStringLiteral("%1 G").arg(value / 1e9, 0, 'g', 3);
    if (value >= 1e6)
        return QStringLiteral("%1 M").arg(value / 1e6, 0, 'g', 3);
    if (value >= 1e3)
        return QStringLiteral("%1 k").arg(value / 1e3, 0, 'g', 3);
    return QStringLiteral("%1").arg(value, 0, 'g', 3);
}

/// Rows of a legend that is as wide as the chart.
qreal legendHeight(const std::vector<CurveChart::Line> &lines, qreal width, const ChartStyle &style, QPainter *painter,
                   QPointF at)
{
    const QFontMetricsF metrics(style.small());
    qreal x = 0, y = 0;
    for (const CurveChart::Line &line : lines) {
        const qreal wide = LegendMark + metrics.horizontalAdvance(line.name) + 18;
        if (x > 0 && x + wide > width) {
            x = 0;
            y += metrics.height() + 4;
        }
        if (painter) {
            const QPointF start = at + QPointF(x, y + metrics.height() / 2);
            painter->setPen(style.line(line.series));
            painter->drawLine(start, start + QPointF(LegendMark - 6, 0));
            style.mark(*painter, start + QPointF(LegendMark / 2 - 3, 0), line.series, 3.5);
            painter->setPen(style.text);
            painter->drawText(QRectF(start.x() + LegendMark, at.y() + y, wide, metrics.height()),
                              Qt::AlignLeft | Qt::AlignVCenter, line.name);
        }
        x += wide;
    }
    return y + metrics.height() + 8;
}

} // namespace

struct CurveChart::Plot
{
    QRectF area;
    LogAxis x, y;
    QPointF at(const Point &point) const
    {
        return {area.left() + x.position(point.x) * area.width(), area.bottom() - y.position(point.y) * area.height()};
    }
};

CurveChart::Plot CurveChart::plotIn(const QRectF &rect, const ChartStyle &style) const
{
    double lowX = 1e300, highX = 0, lowY = 1e300, highY = 0;
    for (const Line &line : lines) {
        for (const Point &point : line.points) {
            if (point.x <= 0 || point.y <= 0)
                continue;
            lowX = std::min(lowX, point.x);
            highX = std::max(highX, point.x);
            lowY = std::min(lowY, point.y);
            highY = std::max(highY, point.y);
        }
    }
    const LogAxis x(lowX, highX, xUnit == Unit::Bytes ? 2 : 10), y(lowY, highY);
    const QFontMetricsF metrics(style.small());
    qreal labels = 0;
    for (const double tick : y.ticks())
        labels = std::max(labels, metrics.horizontalAdvance(inUnit(tick, yUnit)));
    const qreal legend = legendHeight(lines, rect.width(), style, nullptr, {});
    QRectF area = rect;
    area.setTop(rect.top() + legend + metrics.height() + 4);
    area.setLeft(rect.left() + labels + 10);
    area.setBottom(rect.bottom() - 2 * metrics.height() - 8);
    area.setRight(rect.right() - 12);
    return {area, x, y};
}

bool CurveChart::isEmpty() const
{
    return std::none_of(lines.begin(), lines.end(), [](const Line &line) { return !line.points.empty(); });
}

qreal CurveChart::heightFor(qreal width, const ChartStyle &style) const
{
    return PlotHeight + legendHeight(lines, width, style, nullptr, {}) + 3 * QFontMetricsF(style.small()).height();
}

void CurveChart::paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    if (isEmpty())
        return;
    const Plot plot = plotIn(rect, style);
    painter.setFont(style.small());
    const QFontMetricsF metrics(style.small());
    legendHeight(lines, rect.width(), style, &painter, rect.topLeft());
    painter.setPen(style.faint);
    painter.drawText(QRectF(rect.left(), plot.area.top() - metrics.height() - 6, rect.width(), metrics.height()),
                     Qt::AlignLeft, yTitle);
    for (const double tick : plot.y.ticks(7)) {
        const qreal y = plot.at({plot.x.low(), tick}).y();
        painter.setPen(QPen(style.grid, 1));
        painter.drawLine(QPointF(plot.area.left(), y), QPointF(plot.area.right(), y));
        painter.setPen(style.faint);
        painter.drawText(QRectF(rect.left(), y - 10, plot.area.left() - rect.left() - 6, 20),
                         Qt::AlignRight | Qt::AlignVCenter, inUnit(tick, yUnit));
    }
    for (const double tick : plot.x.ticks(int(plot.area.width() / 62))) {
        const qreal x = plot.at({tick, plot.y.low()}).x();
        painter.setPen(QPen(style.grid, 1));
        painter.drawLine(QPointF(x, plot.area.top()), QPointF(x, plot.area.bottom() + 4));
        painter.setPen(style.faint);
        painter.drawText(QRectF(x - 40, plot.area.bottom() + 5, 80, metrics.height()), Qt::AlignCenter,
                         inUnit(tick, xUnit));
    }
    painter.drawText(
        QRectF(plot.area.left(), plot.area.bottom() + metrics.height() + 6, plot.area.width(), metrics.height()),
        Qt::AlignRight, xTitle);
    for (const Line &line : lines) {
        QPolygonF way;
        const auto draw = [&] {
            painter.setPen(style.line(line.series));
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(way);
            way.clear();
        };
        for (const Point &point : line.points) {
            // Steps go on to where the next begins; where there is nothing, there is no line.
            const QPointF at = plot.at({point.x, std::max(point.y, plot.y.low())});
            if (marks == Marks::No && !way.isEmpty())
                way << QPointF(at.x(), way.last().y());
            if (point.x <= 0 || point.y <= 0) {
                if (marks == Marks::No)
                    draw();
                continue;
            }
            way << at;
        }
        draw();
        if (marks == Marks::No)
            continue;
        for (const Point &point : line.points) {
            if (point.x <= 0 || point.y <= 0)
                continue;
            if (!point.isLimit) {
                style.mark(painter, plot.at(point), line.series);
                continue;
            }
            const QPointF at = plot.at(point);
            painter.setPen(QPen(style.series(line.series), 2));
            painter.drawLine(at + QPointF(-5, -5), at + QPointF(5, 5));
            painter.drawLine(at + QPointF(-5, 5), at + QPointF(5, -5));
        }
    }
}

QList<QStringList> CurveChart::table() const
{
    QList<QStringList> rows{{xTitle}};
    std::map<double, QStringList> cells;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        rows[0] << lines[i].name;
        for (const Point &point : lines[i].points) {
            QStringList &row = cells[point.x];
            while (row.size() <= qsizetype(i))
                row << QString();
            row[qsizetype(i)] = inUnit(point.y, yUnit);
        }
    }
    for (auto &[x, row] : cells) {
        while (row.size() < qsizetype(lines.size()))
            row << QString();
        rows.append(QStringList{inUnit(x, xUnit)} + row);
    }
    return rows;
}

QString CurveChart::toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const
{
    if (isEmpty())
        return {};
    const Plot plot = plotIn(rect, style);
    const Line *nearest = nullptr;
    Point best;
    qreal least = 14; // pixels
    for (const Line &line : lines) {
        for (const Point &point : line.points) {
            const QPointF at = plot.at(point);
            const qreal distance = std::hypot(at.x() - position.x(), at.y() - position.y());
            if (distance < least) {
                least = distance;
                nearest = &line;
                best = point;
            }
        }
    }
    if (!nearest)
        return {};
    const QString text = tr("%1, %2: %3").arg(nearest->name, inUnit(best.x, xUnit), inUnit(best.y, yUnit));
    return best.isLimit ? text + u' ' + tr("(more does not fit into one message)") : text;
}

} // namespace bulkhead
