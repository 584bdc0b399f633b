// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/race_chart.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/widgets/color_scheme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QLocale>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("RaceChart", source);
}

QString lostText(const RaceChart::Row &row)
{
    if (row.lost <= 0)
        return row.nanoseconds > 0 ? tr("none lost") : tr("counting…");
    const double share = row.added > 0 ? row.lost / row.added * 100 : 0;
    return tr("%1 lost (%2 %)").arg(RaceChart::grouped(row.lost), QString::number(share, 'f', share < 10 ? 1 : 0));
}

} // namespace

QString RaceChart::grouped(double number)
{
    return QLocale(QLocale::English).toString(qint64(number));
}

qreal RaceChart::rowHeight(const ChartStyle &style) const
{
    return std::ceil(QFontMetricsF(style.font).height() * 1.9);
}

qreal RaceChart::heightFor(qreal, const ChartStyle &style) const
{
    return rowHeight(style) * qreal(rows.size()) + 4;
}

void RaceChart::paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    const QFontMetricsF metrics(style.bold());
    qreal names = 0;
    for (const Row &row : rows)
        names = std::max(names, metrics.horizontalAdvance(row.name));
    names = std::min(names + 14, rect.width() * 0.3);
    const qreal texts = std::min(metrics.horizontalAdvance(tr("%1 lost (%2 %)").arg(grouped(123456789), u"00")) + 14,
                                 rect.width() * 0.36);
    const qreal times = std::min(metrics.horizontalAdvance(QStringLiteral("0000 ns each")), rect.width() * 0.2);
    const qreal room = std::max(30.0, rect.width() - names - texts - times), height = rowHeight(style),
                thick = std::round(height * 0.52);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Row &row = rows[i];
        const qreal top = rect.top() + height * qreal(i), left = rect.left() + names;
        painter.setFont(style.bold());
        painter.setPen(style.text);
        style.label(painter, QRectF(rect.left(), top, names - 10, height), Qt::AlignRight | Qt::AlignVCenter, row.name);
        const QRectF whole(left, top + (height - thick) / 2, room, thick);
        painter.setPen(QPen(style.grid, 1));
        painter.setBrush(chrome::mix(style.ground, style.text, 0.05));
        painter.drawRoundedRect(whole, 3, 3);
        const double scale = row.wanted > 0 ? room / row.wanted : 0;
        const qreal counted = std::max(0.0, row.added - row.lost) * scale, lost = row.lost * scale;
        painter.setPen(Qt::NoPen);
        painter.setBrush(style.accent);
        if (counted > 0.5)
            painter.drawRoundedRect(QRectF(whole.left(), whole.top(), std::min(counted, room), thick), 3, 3);
        if (lost > 0.5) { // told apart by its hatch, too
            const QRectF part(whole.left() + counted, whole.top(), std::min(lost, room - counted), thick);
            painter.setBrush(chrome::mix(style.ground, style.bad, 0.22));
            painter.drawRect(part);
            painter.setPen(QPen(style.bad, 1.2));
            for (qreal x = part.left() + 3; x < part.right(); x += 6)
                painter.drawLine(QPointF(x, part.bottom()),
                                 QPointF(std::min(x + thick * 0.6, part.right()), part.top()));
        }
        painter.setFont(style.bold());
        painter.setPen(row.lost > 0 ? style.bad : row.nanoseconds > 0 ? style.good : style.faint);
        style.label(painter, QRectF(left + room + 10, top, texts - 10, height), Qt::AlignLeft | Qt::AlignVCenter,
                    lostText(row));
        painter.setFont(style.font);
        painter.setPen(style.faint);
        if (row.nanoseconds > 0)
            style.label(painter, QRectF(left + room + texts, top, times, height), Qt::AlignRight | Qt::AlignVCenter,
                        tr("%1 each").arg(figureTime(row.nanoseconds)));
    }
}

QList<QStringList> RaceChart::table() const
{
    QList<QStringList> table{{tr("Synchronised by"), tr("Additions"), tr("Lost"), tr("Time per addition")}};
    for (const Row &row : rows) {
        table.append({row.name, grouped(row.wanted), grouped(row.lost),
                      row.nanoseconds > 0 ? figureTime(row.nanoseconds) : QString()});
    }
    return table;
}

} // namespace bulkhead
