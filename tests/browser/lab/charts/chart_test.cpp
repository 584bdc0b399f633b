// SPDX-License-Identifier: BSD-3-Clause
// Charts: their axes, their figures, and that they can be told apart without colour.
#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/curve_chart.h"
#include "browser/lab/charts/percentile_chart.h"
#include "browser/lab/kit/figures_table.h"

#include <QPainter>
#include <QtTest>

using namespace bulkhead;

namespace {

QImage barOf(int series)
{
    const ChartStyle style = ChartStyle::forPaper(QFont());
    QImage image(80, 40, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    style.bar(painter, QRectF(4, 4, 72, 32), series);
    return image;
}

/// Share of pixels that differ visibly.
double difference(const QImage &a, const QImage &b)
{
    int differing = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            differing += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > 16;
    }
    return double(differing) / (a.width() * a.height());
}

} // namespace

class ChartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLogarithmicAxisCoversItsValuesInWholePowers()
    {
        const LogAxis axis(3, 4200);
        QCOMPARE(axis.low(), 1.0);
        QCOMPARE(axis.high(), 10000.0);
        QCOMPARE(axis.position(100), 0.5);
        QCOMPARE(axis.ticks().size(), qsizetype(5));
        QCOMPARE(axis.position(0), 0.0); // nothing below it, nothing broken
        QCOMPARE(axis.position(1e12), 1.0);
        const LogAxis sizes(1, 16 << 20, 2);
        QCOMPARE(sizes.high(), double(16 << 20));
        QCOMPARE(LogAxis(7, 7).ticks().size(), qsizetype(2));
    }

    void seriesAreToldApartWithoutColour()
    {
        for (int a = 0; a < 4; ++a) {
            for (int b = a + 1; b < 4; ++b)
                QVERIFY2(difference(barOf(a), barOf(b)) > 0.05, qPrintable(QStringLiteral("%1 %2").arg(a).arg(b)));
        }
    }

    void screenPictureAndSvgAreTheSameChart()
    {
        PercentileChart chart;
        chart.title = QStringLiteral("Round trips");
        chart.rows = {{QStringLiteral("pipe"), 6000, 7000, 9000, {}, {}, 0},
                      {QStringLiteral("tcp"), 21000, {}, {}, {}, {}, 1}};
        const QByteArray svg = chartsToSvg({&chart});
        for (const char *text : {"pipe", "tcp", "Round trips", "6.00 µs", "10 µs"})
            QVERIFY2(svg.contains(text), text);
        const QImage image = chartsToImage({&chart}, ChartStyle::forPaper(QFont()), 600, 2);
        QCOMPARE(image.width(), 1200);
        QVERIFY(chart.description().contains(u"6.00 µs"));
        // What has too few samples is a dash, not a number.
        QCOMPARE(chart.table()[2][2], QStringLiteral("–"));
        const ChartStyle style = ChartStyle::forPaper(QFont());
        const QRectF rect(0, 0, 600, chart.heightFor(600, style));
        QVERIFY(chart.toolTip(QPointF(200, rect.height() / 2.2), rect, style).contains(u"p50"));
    }

    void anEmptyOrOddChartBreaksNothing()
    {
        QImage image(300, 200, QImage::Format_RGB32);
        QPainter painter(&image);
        const ChartStyle style = ChartStyle::forPaper(QFont());
        CurveChart curve;
        curve.paint(painter, QRectF(0, 0, 300, 200), style);
        QVERIFY(curve.isEmpty());
        curve.lines = {{QStringLiteral("odd"), 0, {{0, 5}, {64, 0}, {64, 7, true}}}};
        curve.paint(painter, QRectF(0, 0, 10, 10), style);
        QVERIFY(!curve.isEmpty());
        PercentileChart().paint(painter, QRectF(0, 0, 300, 200), style);
    }

    void aTableSortsNumbersWithTheirUnits()
    {
        FiguresTable table;
        table.setRows({{QStringLiteral("Name"), QStringLiteral("Time")},
                       {QStringLiteral("c"), QStringLiteral("1.20 ms")},
                       {QStringLiteral("a"), QStringLiteral("830 ns")},
                       {QStringLiteral("b"), QStringLiteral("6.3 µs")},
                       {QStringLiteral("d"), QStringLiteral("–")}});
        table.sortItems(1, Qt::AscendingOrder);
        QStringList order;
        for (const QStringList &row : table.rows())
            order << row[0];
        QCOMPARE(order, QStringList({QStringLiteral("Name"), QStringLiteral("a"), QStringLiteral("b"),
                                     QStringLiteral("c"), QStringLiteral("d")}));
    }
};

QTEST_MAIN(ChartTest)
#include "chart_test.moc"
