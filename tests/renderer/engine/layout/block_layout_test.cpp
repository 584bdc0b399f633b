// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/layout/laid_out_page.h"

#include <QtTest>

using namespace bulkhead::engine;
using namespace Qt::StringLiterals;

class BlockLayoutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void blocksFillTheirContainingBlockAndStandBelowEachOther();
    void marginsOfSiblingsCollapse();
    void marginsCollapseThroughParentsAndEmptyBlocks();
    void paddingKeepsMarginsApart();
    void aFlowRootKeepsMarginsInside();
    void autoMarginsCentre();
    void percentHeightsNeedADefiniteHeight();
    void minAndMaxClamp();
    void floatsStandSideBySideAndThenBelow();
    void linesAreShortenedByFloats();
    void clearMovesBelowFloats();
    void clearanceKeepsTheMarginFromCollapsing();
    void aFlowRootStandsBesideAFloat();
    void aFloatInAnUnresolvedBlockMovesWithIt();
    void absoluteBoxesFollowTheirInsets();
    void absoluteBoxesWithoutInsetsStayWhereTheyWere();
    void relativeBoxesAreMovedAlone();
    void inlineBlocksShrinkToFit();
    void replacedBoxesKeepTheirRatio();
    void blocksInInlineBoxesEndLines();
    void textBetweenBlocksGetsAnAnonymousBox();
    void tenThousandFloatsAreQuick();
    void aHundredThousandElementsAreQuick();
};

void BlockLayoutTest::blocksFillTheirContainingBlockAndStandBelowEachOther()
{
    const LaidOutPage page("<div id=a style='height:30px; border:1px solid; padding:4px'></div><div id=b>text</div>");
    QCOMPARE(page.rect("a"), u"0 0 400 40"_s);
    QCOMPARE(page.rect("b"), u"0 40 400 10"_s);
}

void BlockLayoutTest::marginsOfSiblingsCollapse()
{
    const LaidOutPage page("<div id=a style='height:10px; margin:20px 0'></div>"
                           "<div id=b style='height:10px; margin:30px 0 10px'></div>"
                           "<div id=c style='height:10px; margin-top:-5px'></div>");
    QCOMPARE(page.rect("a"), u"0 20 400 10"_s);
    QCOMPARE(page.rect("b"), u"0 60 400 10"_s);
    QCOMPARE(page.rect("c"), u"0 75 400 10"_s);
}

void BlockLayoutTest::marginsCollapseThroughParentsAndEmptyBlocks()
{
    const LaidOutPage page(
        "<div id=p><div id=q style='margin:10px 0'><div id=r style='margin:25px 0'>x</div></div></div>"
        "<div id=e style='margin:40px 0 15px'></div><div id=f>y</div>");
    QCOMPARE(page.rect("p"), u"0 25 400 10"_s);
    QCOMPARE(page.rect("q"), u"0 25 400 10"_s);
    QCOMPARE(page.rect("r"), u"0 25 400 10"_s);
    QCOMPARE(page.rect("e"), u"0 75 400 0"_s);
    QCOMPARE(page.rect("f"), u"0 75 400 10"_s);
}

void BlockLayoutTest::paddingKeepsMarginsApart()
{
    const LaidOutPage page("<div id=p style='padding:1px 0'><div id=q style='margin:10px 0'>x</div></div>");
    QCOMPARE(page.rect("p"), u"0 0 400 32"_s);
    QCOMPARE(page.rect("q"), u"0 11 400 10"_s);
}

void BlockLayoutTest::aFlowRootKeepsMarginsInside()
{
    const LaidOutPage page("<div id=p style='overflow:hidden'><div id=q style='margin:10px 0'>x</div></div>");
    QCOMPARE(page.rect("p"), u"0 0 400 30"_s);
    QCOMPARE(page.rect("q"), u"0 10 400 10"_s);
}

void BlockLayoutTest::autoMarginsCentre()
{
    const LaidOutPage page("<div id=a style='width:100px; margin:0 auto'>x</div>"
                           "<div id=b style='width:100px; margin-left:auto'>x</div>"
                           "<div id=c style='width:500px; margin:0 auto'>x</div>");
    QCOMPARE(page.rect("a"), u"150 0 100 10"_s);
    QCOMPARE(page.rect("b"), u"300 10 100 10"_s);
    QCOMPARE(page.rect("c"), u"0 20 500 10"_s);
}

void BlockLayoutTest::percentHeightsNeedADefiniteHeight()
{
    const LaidOutPage page("<div style='height:80px'><div id=a style='height:50%'></div></div>"
                           "<div><div id=b style='height:50%'>x</div></div>");
    QCOMPARE(page.rect("a"), u"0 0 400 40"_s);
    QCOMPARE(page.rect("b"), u"0 80 400 10"_s);
}

void BlockLayoutTest::minAndMaxClamp()
{
    const LaidOutPage page("<div id=a style='max-width:50px; min-height:33px'>x</div>"
                           "<div id=b style='width:10px; min-width:25%; height:90px; max-height:20px'></div>"
                           "<div id=c style='box-sizing:border-box; width:50px; height:30px; padding:10px'></div>");
    QCOMPARE(page.rect("a"), u"0 0 50 33"_s);
    QCOMPARE(page.rect("b"), u"0 33 100 20"_s);
    QCOMPARE(page.rect("c"), u"0 53 50 30"_s);
}

void BlockLayoutTest::floatsStandSideBySideAndThenBelow()
{
    const LaidOutPage page("<style>i { float: left; width: 150px; height: 20px }</style>"
                           "<i id=a></i><i id=b></i><i id=c></i><i id=d style='float:right; width:60px'></i>");
    QCOMPARE(page.rect("a"), u"0 0 150 20"_s);
    QCOMPARE(page.rect("b"), u"150 0 150 20"_s);
    QCOMPARE(page.rect("c"), u"0 20 150 20"_s);
    QCOMPARE(page.rect("d"), u"340 20 60 20"_s);
}

void BlockLayoutTest::linesAreShortenedByFloats()
{
    const LaidOutPage page("<div id=t>aaa <i style='float:left; width:340px; height:15px'></i>bbb ccc</div>", 400);
    // 40 pixels are used when the float comes: it has room.
    QCOMPARE(page.lines("t").join(u'|'), u"340,0 aaa|340,10 bbb|0,20 ccc"_s);
}

void BlockLayoutTest::clearMovesBelowFloats()
{
    const LaidOutPage page("<div style='float:left; width:50px; height:40px'></div>"
                           "<div id=a>x</div><div id=b style='clear:left'>y</div>");
    QCOMPARE(page.rect("a"), u"0 0 400 10"_s);
    QCOMPARE(page.rect("b"), u"0 40 400 10"_s);
}

void BlockLayoutTest::clearanceKeepsTheMarginFromCollapsing()
{
    const LaidOutPage page("<div id=p><div style='float:left; width:50px; height:40px'></div>"
                           "<div id=b style='clear:left; margin-top:20px'>y</div></div>");
    QCOMPARE(page.rect("p"), u"0 0 400 50"_s);
    QCOMPARE(page.rect("b"), u"0 40 400 10"_s);
}

void BlockLayoutTest::aFlowRootStandsBesideAFloat()
{
    const LaidOutPage page("<div style='float:left; width:100px; height:40px'></div>"
                           "<div id=a style='overflow:hidden'>x</div>"
                           "<div id=b style='overflow:hidden; width:350px'>y</div>");
    QCOMPARE(page.rect("a"), u"100 0 300 10"_s);
    QCOMPARE(page.rect("b"), u"0 40 350 10"_s);
}

void BlockLayoutTest::aFloatInAnUnresolvedBlockMovesWithIt()
{
    const LaidOutPage page(
        "<div id=p style='margin-top:10px'><div id=f style='float:left; width:50px; height:5px'></div>"
        "<div id=b style='margin-top:30px'>y</div></div>");
    QCOMPARE(page.rect("p"), u"0 30 400 10"_s);
    QCOMPARE(page.rect("f"), u"0 30 50 5"_s);
    QCOMPARE(page.rect("b"), u"0 30 400 10"_s);
}

void BlockLayoutTest::absoluteBoxesFollowTheirInsets()
{
    const LaidOutPage page("<div style='position:relative; height:100px; border:5px solid'>"
                           "<div id=a style='position:absolute; left:10px; right:20px; top:5px; bottom:15px'></div>"
                           "<div id=b style='position:absolute; right:0; bottom:0'>xxx</div>"
                           "<div id=c style='position:absolute; inset:0; width:50px; height:20px; margin:auto'></div>"
                           "</div>");
    QCOMPARE(page.rect("a"), u"15 10 360 80"_s);
    QCOMPARE(page.rect("b"), u"365 95 30 10"_s);
    QCOMPARE(page.rect("c"), u"175 45 50 20"_s);
}

void BlockLayoutTest::absoluteBoxesWithoutInsetsStayWhereTheyWere()
{
    const LaidOutPage page("<div>one</div><div id=a style='position:absolute'>two</div><div id=b>th<b id=c "
                           "style='position:absolute'>x</b>ree</div>");
    QCOMPARE(page.rect("a"), u"0 10 30 10"_s);
    QCOMPARE(page.rect("b"), u"0 10 400 10"_s);
    QCOMPARE(page.rect("c"), u"20 10 10 10"_s);
}

void BlockLayoutTest::relativeBoxesAreMovedAlone()
{
    const LaidOutPage page("<div id=a style='position:relative; left:10px; top:-3px'>x</div><div id=b>y</div>");
    QCOMPARE(page.rect("a"), u"10 -3 400 10"_s);
    QCOMPARE(page.rect("b"), u"0 10 400 10"_s);
}

void BlockLayoutTest::inlineBlocksShrinkToFit()
{
    const LaidOutPage page("<div id=p>a<span id=s style='display:inline-block; padding:5px'>bb<br>c</span>d</div>");
    QCOMPARE(page.rect("s"), u"10 0 30 30"_s);
    // The last line's baseline is that of the box.
    QCOMPARE(page.texts(), u"15,5 bb|15,15 c|0,15 a|40,15 d"_s);
}

void BlockLayoutTest::replacedBoxesKeepTheirRatio()
{
    const LaidOutPage page(
        "<img id=a src=x><img id=b src=x style='width:80px'><img id=c src=x style='max-width:20px'>");
    QCOMPARE(page.rect("a"), u"0 20 40 20"_s);
    QCOMPARE(page.rect("b"), u"40 0 80 40"_s);
    QCOMPARE(page.rect("c"), u"120 30 20 10"_s);
}

void BlockLayoutTest::blocksInInlineBoxesEndLines()
{
    const LaidOutPage page("<div id=p>a<b>b<div id=d style='margin:10px 0'>c</div>d</b>e</div>");
    QCOMPARE(page.rect("d"), u"0 20 400 10"_s);
    QCOMPARE(page.lines("p").join(u'|'), u"0,0 ab|0,40 de"_s);
}

void BlockLayoutTest::textBetweenBlocksGetsAnAnonymousBox()
{
    const LaidOutPage page("<div id=p>one<div id=d>two</div> <div>three</div>four</div>");
    QCOMPARE(page.rect("p"), u"0 0 400 40"_s);
    QCOMPARE(page.texts(), u"0,0 one|0,10 two|0,20 three|0,30 four"_s);
}

void BlockLayoutTest::tenThousandFloatsAreQuick()
{
    QByteArray html =
        "<style>i { float: left; width: 7px; height: 5px } i:nth-child(3n) { float: right; height: 9px }</style>";
    for (int i = 0; i < 10'000; ++i)
        html += "<i>x</i>";
    LaidOutPage page(html);
    QElapsedTimer timer;
    timer.start();
    page.layOutAt(500);
    QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
}

void BlockLayoutTest::aHundredThousandElementsAreQuick()
{
    QByteArray html;
    for (int i = 0; i < 25'000; ++i)
        html += "<div><p>some <b>words</b> of <i>text</i></p></div>";
    LaidOutPage page(html);
    const int shapings = page.shaper().shapings;
    QElapsedTimer timer;
    timer.start();
    page.layOutAt(500);
    const qint64 elapsed = timer.elapsed();
    QCOMPARE(page.shaper().shapings, shapings); // words are remembered
    qInfo("%lld ms", static_cast<long long>(elapsed));
    QVERIFY(elapsed < 1000);
}

QTEST_GUILESS_MAIN(BlockLayoutTest)
#include "block_layout_test.moc"
