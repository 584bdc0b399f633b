// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/paint/painted_tree.h"

#include <QTest>

using namespace bulkhead::engine;

namespace {

PaintedTree::Change positioned(const QColor &color, std::optional<int> z, Position position = Position::Absolute)
{
    return [=](ComputedStyle &style) {
        style.decoration->backgroundColor = color;
        style.position = position;
        style.zIndex = z;
    };
}

PaintedTree::Change clipping(Overflow overflow)
{
    return [=](ComputedStyle &style) { style.overflowX = style.overflowY = overflow; };
}

} // namespace

class PaintOrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void backgroundsOfBlocksLieUnderFloatsAndTheseUnderPositionedBoxes()
    {
        PaintedTree tree;
        const FragmentId block = tree.add(FragmentId::None, QRectF(0, 0, 100, 50));
        tree.addIn(block, block, QRectF(0, 0, 30, 30), positioned(Qt::blue, {}));
        tree.add(block, QRectF(10, 10, 30, 30), [](ComputedStyle &style) {
            style.decoration->backgroundColor = Qt::green;
            style.floating = Float::Left;
        });
        tree.add(FragmentId::None, QRectF(0, 0, 100, 100), background(Qt::red));
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(0, 0, 30, 30), Qt::blue));
        QVERIFY(isFilled(image, QRect(30, 10, 10, 30), Qt::green));
        QVERIFY(isFilled(image, QRect(40, 40, 60, 60), Qt::red));
    }

    void negativeLayersLieUnderTheFlowOfTheirContextAndOverItsBackground()
    {
        PaintedTree tree;
        const FragmentId context =
            tree.add(FragmentId::None, QRectF(0, 0, 100, 100), positioned(Qt::yellow, 0, Position::Relative));
        tree.addIn(context, context, QRectF(0, 0, 50, 50), positioned(Qt::blue, -1));
        tree.add(context, QRectF(20, 20, 50, 50), background(Qt::green));
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(0, 0, 20, 20), Qt::blue));
        QVERIFY(isFilled(image, QRect(20, 20, 50, 50), Qt::green));
        QVERIFY(isFilled(image, QRect(80, 80, 20, 20), Qt::yellow));
    }

    void layersOfAContextStayTogether()
    {
        PaintedTree tree;
        const FragmentId first =
            tree.add(FragmentId::None, QRectF(0, 0, 10, 10), positioned(Qt::transparent, 1, Position::Relative));
        tree.addIn(first, first, QRectF(0, 0, 50, 50), positioned(Qt::red, 1000));
        tree.addIn(tree.html(), tree.html(), QRectF(0, 0, 50, 50), positioned(Qt::green, 2));
        QVERIFY(isFilled(tree.paint(), QRect(0, 0, 50, 50), Qt::green));
    }

    void layersOfABoxWithAutomaticOrderBelongToTheContextAround()
    {
        PaintedTree tree;
        const FragmentId first =
            tree.add(FragmentId::None, QRectF(0, 0, 10, 10), positioned(Qt::transparent, {}, Position::Relative));
        tree.addIn(first, first, QRectF(0, 0, 50, 50), positioned(Qt::green, 3));
        tree.addIn(tree.html(), tree.html(), QRectF(0, 0, 50, 50), positioned(Qt::red, 2));
        QVERIFY(isFilled(tree.paint(), QRect(0, 0, 50, 50), Qt::green));
    }

    void boxesAreCutByTheirContainingBlocksOnly()
    {
        PaintedTree tree;
        const FragmentId clip = tree.add(FragmentId::None, QRectF(0, 0, 20, 20), clipping(Overflow::Hidden));
        tree.add(clip, QRectF(0, 0, 40, 40), background(Qt::red));
        tree.addIn(tree.html(), clip, QRectF(0, 0, 60, 20), positioned(Qt::green, {}));
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(0, 0, 60, 20), Qt::green));
        QVERIFY(isFilled(image, QRect(0, 20, 100, 80), Qt::white));
    }

    void groupsArePaintedAsOne()
    {
        PaintedTree tree;
        const FragmentId group = tree.add(FragmentId::None, QRectF(0, 0, 100, 100),
                                          [](ComputedStyle &style) { style.rare->opacity = 0.5F; });
        tree.add(group, QRectF(0, 0, 50, 50), background(Qt::black));
        tree.add(group, QRectF(25, 25, 50, 50), background(Qt::black));
        const QImage image = tree.paint();
        const QColor grey = image.pixelColor(10, 10);
        QVERIFY(std::abs(grey.red() - 128) <= 1);
        QVERIFY(isFilled(image, QRect(0, 0, 50, 50), grey));
        QVERIFY(isFilled(image, QRect(25, 25, 50, 50), grey));
    }

    void aQuarterTurnKeepsPixels()
    {
        PaintedTree tree;
        tree.add(FragmentId::None, QRectF(20, 40, 60, 20), [](ComputedStyle &style) {
            style.decoration->backgroundColor = Qt::green;
            TransformOperation turn;
            turn.kind = TransformOperation::Kind::Rotate;
            turn.values[0] = 90;
            style.rare->transform.push_back(turn);
        });
        const QImage image = tree.paint();
        QVERIFY(isFilled(image, QRect(40, 20, 20, 60), Qt::green));
        QVERIFY(isFilled(image, QRect(0, 0, 40, 100), Qt::white));
        QVERIFY(isFilled(image, QRect(60, 0, 40, 100), Qt::white));
    }

    void scrollAreasMoveTheirContentWithoutANewList()
    {
        PaintedTree tree;
        const FragmentId area = tree.add(FragmentId::None, QRectF(10, 10, 50, 50), clipping(Overflow::Auto));
        tree.add(area, QRectF(0, 0, 50, 50), background(Qt::red));
        tree.add(area, QRectF(0, 50, 50, 50), background(Qt::green));
        tree.tree().geometries[tree.tree().fragment(area).extra].scrollable.size.height = 100;
        const auto list = tree.record();
        QCOMPARE(list->scrollAreas().size(), std::size_t(1));
        QVERIFY(isFilled(tree.paint(*list, QRect(0, 0, 100, 100)), QRect(10, 10, 45, 50), Qt::red));
        QVERIFY(list->scrollTo(0, QPointF(0, 30)));
        const QImage image = tree.paint(*list, QRect(0, 0, 100, 100));
        QVERIFY(isFilled(image, QRect(10, 10, 40, 20), Qt::red));
        QVERIFY(isFilled(image, QRect(10, 30, 40, 30), Qt::green));
        QVERIFY(isFilled(image, QRect(0, 60, 100, 40), Qt::white));
        QVERIFY(list->scrollTo(0, QPointF(0, 1000)));
        QCOMPARE(list->scrolled(0), QPointF(0, 50));
    }

    void fixedBoxesFollowTheViewportAndStickyOnesUpToTheirContainer()
    {
        PaintedTree tree(100, 300);
        tree.addIn(tree.tree().root, tree.html(), QRectF(0, 0, 10, 10), positioned(Qt::blue, {}, Position::Fixed));
        const FragmentId section = tree.add(FragmentId::None, QRectF(0, 0, 100, 100));
        tree.add(section, QRectF(50, 20, 50, 10), [](ComputedStyle &style) {
            style.decoration->backgroundColor = Qt::green;
            style.position = Position::Sticky;
            style.box->inset.top = Length::px(5);
        });
        const auto list = tree.record();
        list->setViewport(QRectF(0, 50, 100, 100));
        const QImage image = tree.paint(*list, QRect(0, 0, 100, 300));
        QVERIFY(isFilled(image, QRect(0, 50, 10, 10), Qt::blue));
        QVERIFY(isFilled(image, QRect(50, 55, 50, 10), Qt::green));
        list->setViewport(QRectF(0, 200, 100, 100));
        QVERIFY(isFilled(tree.paint(*list, QRect(0, 0, 100, 300)), QRect(50, 90, 50, 10), Qt::green));
    }

    void aPartIsPaintedAsThatPartOfTheWhole()
    {
        PaintedTree tree(100, 2000);
        for (int i = 0; i < 200; ++i)
            tree.add(FragmentId::None, QRectF(i % 7, i * 10, 50, 9.5), background(QColor(i, 255 - i, 100)));
        const auto list = tree.record();
        const QImage whole = tree.paint(*list, QRect(0, 0, 100, 2000));
        const QRect damage(5, 713, 30, 300);
        const QImage part = tree.paint(*list, damage);
        QCOMPARE(part.copy(damage), whole.copy(damage));
        QVERIFY(isFilled(part, QRect(0, 0, 100, 713), Qt::white));
    }

    void hitAreasAreInPaintingOrder()
    {
        PaintedTree tree;
        const FragmentId over =
            tree.addIn(tree.html(), tree.html(), QRectF(0, 0, 50, 50), positioned(Qt::transparent, {}));
        tree.add(FragmentId::None, QRectF(0, 0, 50, 50), background(Qt::red));
        const auto list = tree.record();
        QCOMPARE(list->hitAreas().back().fragment, over);
    }

    void markedTextIsMarkedOverTheHeightOfItsLine()
    {
        PaintedTree tree;
        const FragmentId line =
            tree.add(FragmentId::None, QRectF(0, 10, 100, 30), {}, Box::Type::Block, FragmentKind::Line);
        tree.addText(line, QRectF(10, 5, 64, 16), QStringLiteral("abcd"));
        const auto list = tree.record();
        const QImage image =
            tree.paint(*list, QRect(0, 0, 100, 100), {HighlightLayer{{{1, 3}}, QColor(Qt::yellow), {}}});
        QVERIFY(isFilled(image, QRect(26, 10, 32, 30), Qt::yellow));
        QVERIFY(isFilled(image, QRect(0, 0, 26, 100), Qt::white));
        QVERIFY(isFilled(image, QRect(58, 0, 42, 100), Qt::white));
    }
};

QTEST_MAIN(PaintOrderTest)
#include "paint_order_test.moc"
