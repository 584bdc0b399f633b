// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/bars_chart.h"

#include <QFontMetricsF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace bulkhead {

qreal BarsChart::rowHeight(const ChartStyle &style) const
{
    return std::ceil(QFontMetricsF(style.font).height() * 1.55);
}

qreal BarsChart::heightFor(qreal, const ChartStyle &style) const
{
    return rowHeight(style) * qreal(bars.size()) + 6;
}

void BarsChart::paint(QPainter &painter, const QRectF &rect, const ChartStyle &style) const
{
    const QFontMetricsF metrics(style.font), bold(style.bold());
    qreal nameWidth = 0, textWidth = 0;
    double longest = most;
    for (const Bar &bar : bars) {
        nameWidth = std::max(nameWidth, metrics.horizontalAdvance(bar.name));
        textWidth = std::max(textWidth, bold.horizontalAdvance(bar.text));
        longest = most > 0 ? most : std::max(longest, bar.value);
    }
    nameWidth = std::min(nameWidth + 2, rect.width() * 0.4);
    const qreal left = rect.left() + nameWidth + 14, room = std::max(20.0, rect.right() - left - textWidth - 14);
    const qreal row = rowHeight(style), thick = std::round(row * 0.56);
    painter.setPen(QPen(style.grid, 1));
    painter.drawLine(QPointF(left, rect.top()), QPointF(left, rect.top() + row * qreal(bars.size())));
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const Bar &bar = bars[i];
        const qreal top = rect.top() + row * qreal(i);
        painter.setFont(style.font);
        painter.setPen(style.text);
        style.label(painter, QRectF(rect.left(), top, nameWidth, row), Qt::AlignRight | Qt::AlignVCenter, bar.name);
        const qreal length = longest > 0 ? room * std::clamp(bar.value / longest, 0.0, 1.0) : 0;
        if (length >= 1)
            style.bar(painter, QRectF(left, top + (row - thick) / 2, length, thick), bar.series);
        painter.setFont(style.bold());
        painter.setPen(bar.kind == Bar::Kind::Good ? style.good : bar.kind == Bar::Kind::Bad ? style.bad : style.text);
        style.label(painter, QRectF(left + length + 8, top, rect.right() - left - length - 8, row),
                    Qt::AlignLeft | Qt::AlignVCenter, bar.text);
    }
}

QList<QStringList> BarsChart::table() const
{
    QList<QStringList> rows{{nameTitle, valueTitle}};
    for (const Bar &bar : bars)
        rows.append({bar.name, bar.text});
    return rows;
}

} // namespace bulkhead
