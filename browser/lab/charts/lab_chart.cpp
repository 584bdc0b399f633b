// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/lab_chart.h"

#include <QBuffer>
#include <QFontMetricsF>
#include <QGuiApplication>
#include <QPainter>
#include <QSvgGenerator>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr qreal Margin = 16;
constexpr qreal Gap = 24;

qreal titleHeight(const ChartStyle &style)
{
    return QFontMetricsF(style.bold()).height() + 8;
}

qreal heightOf(const QList<const LabChart *> &charts, qreal width, const ChartStyle &style)
{
    qreal height = 2 * Margin - Gap;
    for (const LabChart *chart : charts)
        height += titleHeight(style) + chart->heightFor(width - 2 * Margin, style) + Gap;
    return std::max(height, 2 * Margin);
}

void paintAll(QPainter &painter, const QList<const LabChart *> &charts, QSizeF size, const ChartStyle &style)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF({}, size), style.ground);
    qreal top = Margin;
    const qreal width = size.width() - 2 * Margin;
    for (const LabChart *chart : charts) {
        painter.setFont(style.bold());
        painter.setPen(style.text);
        style.label(painter, QRectF(Margin, top, width, titleHeight(style)), Qt::AlignLeft | Qt::AlignTop,
                    chart->title);
        top += titleHeight(style);
        painter.setFont(style.font);
        const qreal height = chart->heightFor(width, style);
        painter.save();
        chart->paint(painter, QRectF(Margin, top, width, height), style);
        painter.restore();
        top += height + Gap;
    }
}

/// Points depend on the device; both kinds of files shall look as the screen does.
QFont inPixels(QFont font)
{
    if (font.pixelSize() < 0)
        font.setPixelSize(qRound(font.pointSizeF() * 96 / 72));
    return font;
}

} // namespace

QString LabChart::description() const
{
    const QList<QStringList> rows = table();
    QStringList lines{title};
    for (qsizetype i = 1; i < rows.size(); ++i)
        lines << rows[i].join(QStringLiteral(", "));
    return lines.join(QStringLiteral(". "));
}

QString LabChart::toolTip(QPointF, const QRectF &, const ChartStyle &) const
{
    return {};
}

QByteArray chartsToSvg(const QList<const LabChart *> &charts, qreal width)
{
    const ChartStyle style = ChartStyle::forPaper(inPixels(QGuiApplication::font()));
    const QSizeF size(width, heightOf(charts, width, style));
    QBuffer buffer;
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(size.toSize());
    generator.setViewBox(QRectF({}, size));
    if (!charts.isEmpty())
        generator.setTitle(charts.first()->title);
    QPainter painter(&generator);
    paintAll(painter, charts, size, style);
    painter.end();
    return buffer.data();
}

QImage chartsToImage(const QList<const LabChart *> &charts, const ChartStyle &wanted, qreal width, qreal scale)
{
    ChartStyle style = wanted;
    style.font = inPixels(style.font);
    const QSizeF size(width, heightOf(charts, width, style));
    QImage image((size * scale).toSize(), QImage::Format_RGB32);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    paintAll(painter, charts, size, style);
    return image;
}

} // namespace bulkhead
