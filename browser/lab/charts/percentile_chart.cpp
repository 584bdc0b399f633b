// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/percentile_chart.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/widgets/color_scheme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("PercentileChart", source);
}

QString orDash(std::optional<double> time)
{
    return time ? figureTime(*time) : QStringLiteral("–");
}

struct Columns
{
    qreal names, figures; ///< widths
};

Columns columnsFor(const std::vector<PercentileChart::Row> &rows, qreal width, const ChartStyle &style)
{
    const QFontMetricsF metrics(style.font);
    Columns columns{0, metrics.horizontalAdvance(QStringLiteral("888 µs "))};
    for (const auto &row : rows) {
        columns.names = std::max(columns.names, metrics.horizontalAdvance(row.name) + 12);
        columns.figures =
            std::max(columns.figures, metrics.horizontalAdvance(figureTime(row.p50) + u' ' + row.note) + 8);
    }
    columns.names = std::min(columns.names, width * 0.36);
    columns.figures = std::min(columns.figures, width * 0.3);
    return columns;
}

} // namespace

qreal PercentileChart::rowHeight(const ChartStyle &style) const
{
    return QFontMetricsF(style.font).height() * 1.5;
}

qreal PercentileChart::heightFor(qreal, const ChartStyle &style) const
{
    return rowHeight(style) * (qreal(rows.size()) + 2.2);
}

void PercentileChart::paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    if (rows.empty())
        return;
    double least = rows.front().p50, most = 0;
    for (const Row &row : rows) {
        least = std::min(least, row.p50);
        most = std::max({most, row.p50, row.p90.value_or(0), row.p99.value_or(0), row.p999.value_or(0)});
    }
    const LogAxis axis(std::max(1.0, least * 0.6), most);
    const Columns columns = columnsFor(rows, rect.width(), style);
    const qreal left = rect.left() + columns.names, right = rect.right() - columns.figures;
    const qreal high = rowHeight(style);
    const auto x = [&](double time) { return left + axis.position(time) * (right - left); };

    painter.setFont(style.small());
    const qreal bottom = rect.top() + high * (qreal(rows.size()) + 1);
    for (const double tick : axis.ticks(int((right - left) / 60))) {
        painter.setPen(QPen(style.grid, 1));
        painter.drawLine(QPointF(x(tick), rect.top() + high * 0.8), QPointF(x(tick), bottom));
        painter.setPen(style.faint);
        style.label(painter, QRectF(x(tick) - 40, rect.top(), 80, high * 0.8), Qt::AlignCenter, axisTime(tick));
    }
    qreal y = rect.top() + high;
    for (const Row &row : rows) {
        const qreal middle = y + high / 2;
        painter.setFont(style.font);
        painter.setPen(style.text);
        style.label(painter, QRectF(rect.left(), y, columns.names - 8, high), Qt::AlignRight | Qt::AlignVCenter,
                    row.name);
        const QColor color = style.series(row.series);
        const double p99 = row.p99.value_or(row.p90.value_or(row.p50));
        if (p99 > row.p50) {
            painter.setPen(QPen(color, 1));
            painter.setBrush(chrome::mix(style.ground, color, 0.3));
            painter.drawRect(QRectF(x(row.p50), middle - high * 0.14, x(p99) - x(row.p50), high * 0.28));
        }
        style.bar(painter, QRectF(left, middle - high * 0.28, std::max(1.5, x(row.p50) - left), high * 0.56),
                  row.series);
        if (row.p999 && *row.p999 > p99) {
            painter.setPen(QPen(style.text, 1.3));
            painter.drawLine(QPointF(x(p99), middle), QPointF(x(*row.p999), middle));
            painter.drawLine(QPointF(x(*row.p999), middle - high * 0.18), QPointF(x(*row.p999), middle + high * 0.18));
        }
        painter.setPen(style.text);
        style.label(painter, QRectF(right + 8, y, columns.figures - 8, high), Qt::AlignRight | Qt::AlignVCenter,
                    row.note.isEmpty() ? figureTime(row.p50) : figureTime(row.p50) + u' ' + row.note);
        y += high;
    }
    painter.setFont(style.small());
    painter.setPen(style.faint);
    style.label(painter, QRectF(rect.left(), y, rect.width(), high), Qt::AlignLeft | Qt::AlignVCenter,
                tr("Bar: half are faster (p50, the figure). Thin box: to p99. Whisker: to p99.9, where there are "
                   "samples enough."));
}

QList<QStringList> PercentileChart::table() const
{
    QList<QStringList> out{{tr("Mechanism"), QStringLiteral("p50"), QStringLiteral("p90"), QStringLiteral("p99"),
                            QStringLiteral("p99.9"), tr("Note")}};
    for (const Row &row : rows)
        out.append({row.name, figureTime(row.p50), orDash(row.p90), orDash(row.p99), orDash(row.p999), row.note});
    return out;
}

QString PercentileChart::toolTip(QPointF position, const QRectF &rect, const ChartStyle &style) const
{
    const int index = int((position.y() - rect.top()) / rowHeight(style)) - 1;
    if (index < 0 || index >= int(rows.size()))
        return {};
    const Row &row = rows[std::size_t(index)];
    return tr("%1: p50 %2, p90 %3, p99 %4, p99.9 %5")
        .arg(row.name, figureTime(row.p50), orDash(row.p90), orDash(row.p99), orDash(row.p999));
}

} // namespace bulkhead
