// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/border_edge.h"
#include "renderer/engine/paint/gradient_ramp.h"
#include "renderer/engine/paint/rounded_rect.h"
#include "tests/renderer/engine/paint/painted_tree.h"

#include <QTest>

using namespace bulkhead::engine;

namespace {

const QRectF All(10, 10, 80, 80);

PaintedTree::Change borders(BorderStyle style, float width, const QColor &color)
{
    return [=](ComputedStyle &computed) { computed.decoration->border.fill({width, style, color}); };
}

PaintedTree::Change layerOf(BackgroundLayer layer)
{
    layer.image.url = QUrl(QStringLiteral("test:tile"));
    return [=](ComputedStyle &computed) { computed.decoration->backgrounds = {layer}; };
}

Gradient halves(const QColor &first, const QColor &second)
{
    Gradient gradient;
    gradient.angle = 90;
    gradient.stops = {{first, Length::percent(50), false}, {second, Length::percent(50), false}};
    return gradient;
}

} // namespace

class PaintBoxesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void edgesAreRoundedNotSizes()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, QRectF(0.5, 10.4, 10, 10.2), background(Qt::green));
        tree.add(FragmentId::None, QRectF(10.5, 10.4, 10, 10.2), background(Qt::blue));
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(1, 10, 10, 11), Qt::green));
        QVERIFY(isFilled(image, QRect(11, 10, 10, 11), Qt::blue));
        QVERIFY(isFilled(image, QRect(0, 0, 100, 10), Qt::white));
        QVERIFY(isFilled(image, QRect(0, 21, 100, 79), Qt::white));
    }

    void imagesRepeatFromTheirPosition()
    {
        PaintedTree tree;
        QImage tile = plainImage(10, 10, Qt::red);
        tile.setPixelColor(0, 0, Qt::blue);
        tree.images().add(QStringLiteral("test:tile"), tile);
        BackgroundLayer layer;
        layer.position = {Length::px(3), Length::px(4)};
        tree.add(FragmentId::None, All, layerOf(layer));
        const QImage image = tree.paint();
        QCOMPARE(image.pixelColor(13, 14), QColor(Qt::blue));
        QCOMPARE(image.pixelColor(23, 14), QColor(Qt::blue));
        QCOMPARE(image.pixelColor(83, 84), QColor(Qt::blue));
        QCOMPARE(image.pixelColor(10, 10), QColor(Qt::red));
        QVERIFY(isFilled(image, QRect(90, 0, 10, 100), Qt::white));
    }

    void spaceIsSharedBetweenWholeImages()
    {
        PaintedTree tree;
        tree.images().add(QStringLiteral("test:tile"), plainImage(30, 30, Qt::red));
        BackgroundLayer layer;
        layer.repeatX = layer.repeatY = BackgroundRepeat::Space;
        tree.add(FragmentId::None, All, layerOf(layer));
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(10, 10, 30, 30), Qt::red));
        QVERIFY(isFilled(image, QRect(60, 60, 30, 30), Qt::red));
        QVERIFY(isFilled(image, QRect(40, 10, 20, 80), Qt::white));
    }

    void roundedImagesFillExactly()
    {
        PaintedTree tree;
        QImage tile = plainImage(30, 30, Qt::red);
        tree.images().add(QStringLiteral("test:tile"), tile);
        BackgroundLayer layer;
        layer.repeatX = layer.repeatY = BackgroundRepeat::Round;
        tree.add(FragmentId::None, All, layerOf(layer));
        QVERIFY(isFilled(tree.paint(), All.toRect(), Qt::red));
    }

    void gradientsHaveSharpEdgesWhereTheStopsAre()
    {
        PaintedTree tree(2000, 20);
        tree.add(FragmentId::None, QRectF(0, 0, 2000, 20), [](ComputedStyle &style) {
            BackgroundLayer layer;
            layer.image.gradient = std::make_shared<Gradient>(halves(Qt::red, Qt::blue));
            style.decoration->backgrounds = {layer};
        });
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(0, 0, 1000, 20), Qt::red));
        QVERIFY(isFilled(image, QRect(1000, 0, 1000, 20), Qt::blue));
    }

    void aHintIsWhereColoursAreHalfAndHalf()
    {
        Gradient gradient;
        gradient.stops = {{Qt::black, {}, false}, {{}, Length::percent(20), true}, {Qt::white, {}, false}};
        const GradientRamp ramp(gradient, 100);
        QVERIFY(std::abs(qRed(ramp.at(20)) - 128) <= 1);
        QCOMPARE(qRed(ramp.at(100)), 255);
    }

    void bordersOfOneColourAreRectangles()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, All, borders(BorderStyle::Solid, 5, Qt::blue));
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(10, 10, 80, 5), Qt::blue));
        QVERIFY(isFilled(image, QRect(85, 10, 5, 80), Qt::blue));
        QVERIFY(isFilled(image, QRect(15, 15, 70, 70), Qt::white));
    }

    void doubleBordersAreTwoLinesOfWholePixels()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, All, borders(BorderStyle::Double, 5, Qt::blue));
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(10, 10, 80, 2), Qt::blue));
        QVERIFY(isFilled(image, QRect(12, 12, 76, 1), Qt::white));
        QVERIFY(isFilled(image, QRect(13, 13, 74, 2), Qt::blue));
        QVERIFY(isFilled(image, QRect(15, 15, 70, 70), Qt::white));
    }

    void differentColoursMeetOnTheDiagonal()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, All, [](ComputedStyle &style) {
            style.decoration->border.fill({20, BorderStyle::Solid, Qt::blue});
            style.decoration->border[3].color = Qt::red;
        });
        const QImage image = tree.paint();
        QCOMPARE(image.pixelColor(20, 14), QColor(Qt::blue));
        QCOMPARE(image.pixelColor(14, 20), QColor(Qt::red));
        QVERIFY(isFilled(image, QRect(10, 31, 20, 38), Qt::red));
        QVERIFY(isFilled(image, QRect(31, 10, 59, 20), Qt::blue));
    }

    void dottedLinesBeginAndEndWithADot()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, All, [](ComputedStyle &style) {
            style.decoration->border[0] = {2, BorderStyle::Dotted, Qt::black};
        });
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(10, 10, 2, 2), Qt::black));
        QCOMPARE(image.pixelColor(13, 10), QColor(Qt::white));
    }

    void radiiThatOverlapShrinkTogether()
    {
        RoundedRect rect{QRectF(0, 0, 100, 50), {}};
        rect.radii.fill({100, 50});
        rect.reduceOverlap();
        QCOMPARE(rect.radii[0], QSizeF(50, 25));
        QVERIFY(!rect.contains(QPointF(3, 3)));
        QVERIFY(rect.contains(QPointF(50, 1)));
    }

    void sharpShadowsAreNotUnderTheBox()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, QRectF(20, 20, 40, 40), [](ComputedStyle &style) {
            style.decoration->boxShadow = {{10, 10, 0, 0, Qt::green, false}};
        });
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(20, 20, 40, 40), Qt::white));
        QVERIFY(isFilled(image, QRect(60, 30, 10, 40), Qt::green));
        QVERIFY(isFilled(image, QRect(30, 60, 30, 10), Qt::green));
    }

    void blurIsHalfAtTheEdge()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, QRectF(-100, -50, 150, 200), [](ComputedStyle &style) {
            style.decoration->boxShadow = {{0, 0, 20, 0, Qt::black, false}};
        });
        const QImage image = tree.paint();
        const int edge = image.pixelColor(50, 50).red();
        QVERIFY2(edge > 120 && edge < 150, qPrintable(QString::number(edge)));
        QCOMPARE(image.pixelColor(90, 50), QColor(Qt::white));
        QVERIFY(image.pixelColor(55, 50).red() > edge);
    }

    void rowsPaintBehindTheirCellsOnly()
    {
        PaintedTree tree;
        const FragmentId table = tree.add(FragmentId::None, QRectF(0, 0, 100, 40), {}, Box::Type::Table);
        const FragmentId group = tree.add(table, QRectF(0, 0, 100, 40), {}, Box::Type::TableRowGroup);
        const FragmentId row = tree.add(group, QRectF(0, 0, 100, 40), background(Qt::green), Box::Type::TableRow);
        tree.add(row, QRectF(10, 0, 30, 40), {}, Box::Type::TableCell);
        tree.add(row, QRectF(60, 0, 30, 40), background(Qt::blue), Box::Type::TableCell);
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(10, 0, 30, 40), Qt::green));
        QVERIFY(isFilled(image, QRect(60, 0, 30, 40), Qt::blue));
        QVERIFY(isFilled(image, QRect(40, 0, 20, 40), Qt::white));
    }

    void linesOfAPixelStayAPixelAtAnyScale()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, QRectF(10, 10, 20, 20), borders(BorderStyle::Solid, 1, Qt::blue));
        const QImage image = tree.paint(1.5);
        QVERIFY(isFilled(image, QRect(15, 15, 30, 1), Qt::blue));
        QVERIFY(isFilled(image, QRect(16, 16, 28, 28), Qt::white));
    }

    void shadesOfCarvedBordersAreDarkerOrLighter()
    {
        QCOMPARE(darkShade(Qt::white).rgb(), qRgb(84, 84, 84));
        QVERIFY(darkShade(QColor(0, 128, 0)).green() < 128);
        QVERIFY(lightShade(Qt::black).red() > 0);
    }
};

QTEST_MAIN(PaintBoxesTest)
#include "paint_boxes_test.moc"
