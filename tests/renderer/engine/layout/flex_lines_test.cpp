// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/box_alignment.h"
#include "renderer/engine/layout/flex_alignment.h"
#include "renderer/engine/layout/flex_lines.h"

#include <QTest>

#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

using namespace bulkhead::engine;

namespace {

FlexItem item(int base, float grow = 0, float shrink = 1)
{
    FlexItem made;
    made.base = base;
    made.grow = grow;
    made.shrink = shrink;
    return made;
}

std::vector<double> mainSizes(std::vector<FlexItem> items, int inner, int gap = 0)
{
    resolveFlexibleLengths(items, inner, gap);
    std::vector<double> sizes;
    for (const FlexItem &each : items)
        sizes.push_back(each.mainSize.toDouble());
    return sizes;
}

std::vector<double> positions(Alignment justify, std::initializer_list<int> sizes, int inner, int gap = 0)
{
    std::vector<FlexItem> items;
    for (const int size : sizes) {
        items.push_back(item(size));
        items.back().mainSize = size;
    }
    alignAlongMain(items, inner, gap, {justify});
    std::vector<double> found;
    for (const FlexItem &each : items)
        found.push_back(each.mainPosition.toDouble());
    return found;
}

using Numbers = std::vector<double>;

} // namespace

class FlexLinesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void freeSpaceIsSharedByGrowFactors();
    void overflowIsTakenByShrinkFactorsTimesBaseSizes();
    void bordersDoNotShrink();
    void minimumAndMaximumFreezeItemsAndOthersTakeTheRest();
    void factorsBelowOneLeaveSpace();
    void thirdsAddUpToTheWhole();
    void aHundredThousandItemsThatFreezeOneByOneEnd();
    void linesBreakWhereItemsDoNotFit();
    void gapsTakePartInLinesAndInFlexing();
    void contentIsDistributedAlongTheMainAxis();
    void autoMarginsTakeWhatIsFree();
    void linesAreAsHighAsTheirItemsAndBaselines();
    void linesStretchOverADefiniteCrossSize();
    void itemsAlignAcrossTheirLine();
    void keywordsFollowTheDirection();
};

void FlexLinesTest::freeSpaceIsSharedByGrowFactors()
{
    QCOMPARE(mainSizes({item(100, 1), item(50, 3)}, 350), (Numbers{150, 200}));
    QCOMPARE(mainSizes({item(100), item(50, 1)}, 350), (Numbers{100, 250}));
    QCOMPARE(mainSizes({item(0, 1), item(0, 1), item(0, 2)}, 400), (Numbers{100, 100, 200}));
}

void FlexLinesTest::overflowIsTakenByShrinkFactorsTimesBaseSizes()
{
    QCOMPARE(mainSizes({item(300), item(100)}, 200), (Numbers{150, 50}));
    QCOMPARE(mainSizes({item(300, 0, 0), item(100)}, 350), (Numbers{300, 50}));
}

void FlexLinesTest::bordersDoNotShrink()
{
    std::vector<FlexItem> items{item(100), item(100)};
    items[0].mainEdges = 60; // 40 of content
    // 70 too much, shared as 40 to 100.
    QCOMPARE(mainSizes(items, 130), (Numbers{80, 50}));
    QCOMPARE(mainSizes(items, 20), (Numbers{60, 0}));
}

void FlexLinesTest::minimumAndMaximumFreezeItemsAndOthersTakeTheRest()
{
    std::vector<FlexItem> items{item(0, 1), item(0, 1), item(0, 1)};
    items[0].maxMain = 50;
    QCOMPARE(mainSizes(items, 300), (Numbers{50, 125, 125}));
    items[1].minMain = 200;
    QCOMPARE(mainSizes(items, 300), (Numbers{50, 200, 50}));
    std::vector<FlexItem> shrinking{item(100), item(100)};
    shrinking[0].minMain = 90;
    QCOMPARE(mainSizes(shrinking, 100), (Numbers{90, 10}));
}

void FlexLinesTest::factorsBelowOneLeaveSpace()
{
    QCOMPARE(mainSizes({item(0, 0.25F), item(0, 0.25F)}, 400), (Numbers{100, 100}));
    QCOMPARE(mainSizes({item(200, 0, 0.5F)}, 100), (Numbers{150}));
}

void FlexLinesTest::thirdsAddUpToTheWhole()
{
    const Numbers sizes = mainSizes({item(0, 1), item(0, 1), item(0, 1)}, 100);
    QCOMPARE(sizes[0] + sizes[1] + sizes[2], 100.0);
}

void FlexLinesTest::aHundredThousandItemsThatFreezeOneByOneEnd()
{
    std::vector<FlexItem> items(100'000, item(0, 1));
    for (std::size_t i = 0; i < items.size(); ++i)
        items[i].maxMain = LayoutUnit::fromRaw(std::int64_t(i) + 1);
    resolveFlexibleLengths(items, LayoutUnit::max(), 0);
    QVERIFY(items.back().mainSize <= items.back().maxMain);
}

void FlexLinesTest::linesBreakWhereItemsDoNotFit()
{
    const std::vector<FlexItem> items{item(60), item(40), item(1), item(200), item(10)};
    const auto lines = collectFlexLines(items, 100, 0, true);
    QCOMPARE(lines.size(), std::size_t(4));
    QCOMPARE(lines[0].count, std::size_t(2));
    QCOMPARE(lines[1].first, std::size_t(2));
    QCOMPARE(lines[3].first, std::size_t(4));
    QCOMPARE(collectFlexLines(items, 100, 0, false).size(), std::size_t(1));
    QCOMPARE(collectFlexLines(items, std::nullopt, 0, true).size(), std::size_t(1));
}

void FlexLinesTest::gapsTakePartInLinesAndInFlexing()
{
    const std::vector<FlexItem> items{item(50), item(50)};
    QCOMPARE(collectFlexLines(items, 109, 10, true).size(), std::size_t(2));
    QCOMPARE(collectFlexLines(items, 110, 10, true).size(), std::size_t(1));
    QCOMPARE(mainSizes({item(0, 1), item(0, 1)}, 110, 10), (Numbers{50, 50}));
    QCOMPARE(hypotheticalLineSize(items, 10), LayoutUnit(110));
}

void FlexLinesTest::contentIsDistributedAlongTheMainAxis()
{
    QCOMPARE(positions(Alignment::Start, {20, 20}, 100), (Numbers{0, 20}));
    QCOMPARE(positions(Alignment::End, {20, 20}, 100), (Numbers{60, 80}));
    QCOMPARE(positions(Alignment::Center, {20, 20}, 100), (Numbers{30, 50}));
    QCOMPARE(positions(Alignment::SpaceBetween, {20, 20}, 100), (Numbers{0, 80}));
    QCOMPARE(positions(Alignment::SpaceAround, {20, 20}, 100), (Numbers{15, 65}));
    QCOMPARE(positions(Alignment::SpaceEvenly, {20, 20}, 100), (Numbers{20, 60}));
    QCOMPARE(positions(Alignment::SpaceBetween, {20, 20}, 100, 10), (Numbers{0, 80}));
    // What overflows is centred, but not spread.
    QCOMPARE(positions(Alignment::Center, {80, 80}, 100), (Numbers{-30, 50}));
    QCOMPARE(positions(Alignment::SpaceAround, {80, 80}, 100), (Numbers{0, 80}));
}

void FlexLinesTest::autoMarginsTakeWhatIsFree()
{
    std::vector<FlexItem> items{item(20), item(20)};
    items[0].mainSize = items[1].mainSize = 20;
    items[0].isMainEndAuto = items[1].isMainEndAuto = true;
    alignAlongMain(items, 100, 0, {Alignment::Center});
    QCOMPARE(items[0].mainPosition, LayoutUnit(0));
    QCOMPARE(items[1].mainPosition, LayoutUnit(50));
}

void FlexLinesTest::linesAreAsHighAsTheirItemsAndBaselines()
{
    std::vector<FlexItem> items{item(10), item(10), item(10)};
    items[0].crossSize = 30;
    items[1].crossSize = 20;
    items[1].alignSelf = {Alignment::Baseline};
    items[1].baseline = 15;
    items[2].crossSize = 40;
    items[2].alignSelf = {Alignment::Baseline};
    items[2].baseline = 5;
    FlexCrossAxis axis;
    axis.isMultiLine = true;
    std::vector<FlexLine> lines{{0, 3}};
    sizeFlexLines(items, lines, axis);
    QCOMPARE(lines[0].crossSize, LayoutUnit(50)); // 15 above the baseline, 35 below
    placeFlexLines(items, lines, axis);
    alignAcross(items, lines);
    QCOMPARE(items[1].crossPosition, LayoutUnit(0));
    QCOMPARE(items[2].crossPosition, LayoutUnit(10));
}

void FlexLinesTest::linesStretchOverADefiniteCrossSize()
{
    std::vector<FlexItem> items{item(10), item(10)};
    items[0].crossSize = 20;
    items[1].crossSize = 40;
    items[0].canStretch = true;
    FlexCrossAxis axis;
    axis.isMultiLine = true;
    axis.inner = 100;
    std::vector<FlexLine> lines{{0, 1}, {1, 1}};
    sizeFlexLines(items, lines, axis);
    QCOMPARE(placeFlexLines(items, lines, axis), LayoutUnit(100));
    QCOMPARE(lines[1].crossPosition, LayoutUnit(40));
    QCOMPARE(lines[1].crossSize, LayoutUnit(60));
    QVERIFY(items[0].isStretched);
    QCOMPARE(items[0].crossSize, LayoutUnit(40));
    QVERIFY(!items[1].isStretched);
    axis.content = {Alignment::SpaceBetween};
    sizeFlexLines(items, lines, axis);
    items[0].crossSize = 20;
    sizeFlexLines(items, lines, axis);
    placeFlexLines(items, lines, axis);
    QCOMPARE(lines[1].crossPosition, LayoutUnit(60));
}

void FlexLinesTest::itemsAlignAcrossTheirLine()
{
    std::vector<FlexItem> items(4, item(10));
    for (FlexItem &each : items)
        each.crossSize = 20;
    items[0].alignSelf = {Alignment::Center};
    items[1].alignSelf = {Alignment::End};
    items[2].isCrossStartAuto = true;
    items[3].alignSelf = {Alignment::Center, true};
    items[3].crossSize = 120;
    std::vector<FlexLine> lines{{0, 4, 0, 100}};
    alignAcross(items, lines);
    QCOMPARE(items[0].crossPosition, LayoutUnit(40));
    QCOMPARE(items[1].crossPosition, LayoutUnit(80));
    QCOMPARE(items[2].crossPosition, LayoutUnit(80));
    QCOMPARE(items[3].crossPosition, LayoutUnit(0));
}

void FlexLinesTest::keywordsFollowTheDirection()
{
    const AlignmentAxis reversed{true, false, true, false};
    QCOMPARE(resolveAlignment(Alignment::Start, reversed, Alignment::Start), Alignment::End);
    QCOMPARE(resolveAlignment(Alignment::FlexStart, reversed, Alignment::Start), Alignment::Start);
    QCOMPARE(resolveAlignment(Alignment::Left, reversed, Alignment::Start), Alignment::End);
    const AlignmentAxis rightToLeft{false, true, true, false};
    QCOMPARE(resolveAlignment(Alignment::Left, rightToLeft, Alignment::Start), Alignment::End);
    QCOMPARE(resolveAlignment(Alignment::Right, rightToLeft, Alignment::Start), Alignment::Start);
    QCOMPARE(resolveAlignment(Alignment::Normal, rightToLeft, Alignment::Stretch), Alignment::Stretch);
}

QTEST_APPLESS_MAIN(FlexLinesTest)
#include "flex_lines_test.moc"
