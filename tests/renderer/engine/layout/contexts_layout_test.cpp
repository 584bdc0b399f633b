// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/layout/laid_out_page.h"

#include <QElapsedTimer>
#include <QtTest>

using namespace bulkhead::engine;
using namespace Qt::StringLiterals;

class ContextsLayoutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void rowsFlex();
    void columnsFlex();
    void itemsStretchAndPercentagesInThemAreDefinite();
    void itemsDoNotShrinkBelowTheirContent();
    void reversedAndRightToLeftRowsBeginOnTheRight();
    void gridsPlaceItemsInTracks();
    void gridRowsAreAsHighAsTheirItems();
    void gridItemsAlignInTheirAreas();
    void tablesShrinkToFit();
    void tablesShareAWidth();
    void cellsAlignVertically();
    void captionsStandAboveAndBelow();
    void bordersCollapse();
    void rowsShareTheTablesHeight();
    void rightToLeftTablesBeginOnTheRight();
    void columnsBalanceLines();
    void columnsFillAHeight();
    void whatSpansAllColumnsStandsBetweenThem();
    void absoluteBoxesInColumnsMoveAlong();
    void nestingIsLinear_data();
    void nestingIsLinear();
    void bigTablesAreQuick();
    void hostileSpansAreHarmless();
};

void ContextsLayoutTest::rowsFlex()
{
    const LaidOutPage page("<div style='display:flex; gap:10px'><div id=a style='flex:1'>aa</div>"
                           "<div id=b style='flex:2'>b</div><div id=c style='width:80px'></div></div>");
    QCOMPARE(page.rect("a"), u"0 0 100 10"_s);
    QCOMPARE(page.rect("b"), u"110 0 200 10"_s);
    QCOMPARE(page.rect("c"), u"320 0 80 10"_s);
}

void ContextsLayoutTest::columnsFlex()
{
    const LaidOutPage page("<div style='display:flex; flex-direction:column; height:100px'>"
                           "<div id=a>aa</div><div id=b style='flex:1'>b</div>"
                           "<div id=c style='align-self:flex-end'>ccc</div></div>");
    QCOMPARE(page.rect("a"), u"0 0 400 10"_s);
    QCOMPARE(page.rect("b"), u"0 10 400 80"_s);
    QCOMPARE(page.rect("c"), u"370 90 30 10"_s);
}

void ContextsLayoutTest::itemsStretchAndPercentagesInThemAreDefinite()
{
    const LaidOutPage page("<div style='display:flex'><div id=a><div id=b style='height:50%'></div></div>"
                           "<div style='height:60px'>x</div></div>");
    QCOMPARE(page.rect("a"), u"0 0 0 60"_s);
    QCOMPARE(page.rect("b"), u"0 0 0 30"_s);
}

void ContextsLayoutTest::itemsDoNotShrinkBelowTheirContent()
{
    const LaidOutPage page(
        "<div style='display:flex; width:100px'><div id=a>aaaaaaaa</div><div id=b>b b b b b</div></div>");
    QVERIFY(page.rect("a").startsWith(u"0 0 80 "_s));
    QVERIFY(page.rect("b").startsWith(u"80 0 20 "_s));
}

void ContextsLayoutTest::reversedAndRightToLeftRowsBeginOnTheRight()
{
    const LaidOutPage page(
        "<div style='display:flex; flex-direction:row-reverse'><div id=a>aa</div><div id=b>b</div></div>"
        "<div style='display:flex; direction:rtl'><div id=c>cc</div><div id=d>d</div></div>");
    QCOMPARE(page.rect("a"), u"380 0 20 10"_s);
    QCOMPARE(page.rect("b"), u"370 0 10 10"_s);
    QCOMPARE(page.rect("c"), u"380 10 20 10"_s);
    QCOMPARE(page.rect("d"), u"370 10 10 10"_s);
}

void ContextsLayoutTest::gridsPlaceItemsInTracks()
{
    const LaidOutPage page("<div style='display:grid; grid-template-columns:100px 1fr 2fr; gap:10px'>"
                           "<div id=a></div><div id=b style='grid-column:2 / span 2'>b</div><div id=c>c</div></div>");
    QCOMPARE(page.rect("a"), u"0 0 100 10"_s);
    QCOMPARE(page.rect("b"), u"110 0 290 10"_s);
    QCOMPARE(page.rect("c"), u"0 20 100 10"_s);
}

void ContextsLayoutTest::gridRowsAreAsHighAsTheirItems()
{
    const LaidOutPage page("<div id=g style='display:grid; grid-template-columns:50px 50px'>"
                           "<div id=a>aa aa aa</div><div id=b>b</div><div id=c style='height:7px'></div></div>");
    QCOMPARE(page.rect("a"), u"0 0 50 20"_s);
    QCOMPARE(page.rect("b"), u"50 0 50 20"_s);
    QCOMPARE(page.rect("c"), u"0 20 50 7"_s);
    QCOMPARE(page.rect("g"), u"0 0 400 27"_s);
}

void ContextsLayoutTest::gridItemsAlignInTheirAreas()
{
    const LaidOutPage page("<div style='display:grid; grid-template:100px / 200px; align-items:center'>"
                           "<div id=a style='justify-self:end'>aa</div></div>");
    QCOMPARE(page.rect("a"), u"180 45 20 10"_s);
}

void ContextsLayoutTest::tablesShrinkToFit()
{
    const LaidOutPage page(
        "<table id=t cellspacing=2 cellpadding=1><tr><td id=a>aaa<td id=b>b<tr><td>c<td id=d>dd</table>");
    QCOMPARE(page.rect("a"), u"2 2 32 12"_s);
    QCOMPARE(page.rect("b"), u"36 2 22 12"_s);
    QCOMPARE(page.rect("d"), u"36 16 22 12"_s);
}

void ContextsLayoutTest::tablesShareAWidth()
{
    const LaidOutPage page(
        "<table width=200 cellspacing=0 cellpadding=0><tr><td id=a width=25%>a<td id=b>b<td id=c width=30>c</table>");
    QCOMPARE(page.rect("a"), u"0 0 50 10"_s);
    QCOMPARE(page.rect("b"), u"50 0 120 10"_s);
    QCOMPARE(page.rect("c"), u"170 0 30 10"_s);
}

void ContextsLayoutTest::cellsAlignVertically()
{
    const LaidOutPage page("<table cellspacing=0 cellpadding=0><tr style='height:50px'>"
                           "<td valign=top><div id=a>a</div><td valign=middle><div id=b>b</div>"
                           "<td valign=bottom><div id=c>c</div></table>");
    QCOMPARE(page.rect("a"), u"0 0 10 10"_s);
    QCOMPARE(page.rect("b"), u"10 20 10 10"_s);
    QCOMPARE(page.rect("c"), u"20 40 10 10"_s);
}

void ContextsLayoutTest::captionsStandAboveAndBelow()
{
    const LaidOutPage page(
        "<table cellspacing=0 cellpadding=0 width=100><caption id=u>up</caption><tr><td id=a>a</table>"
        "<table cellspacing=0 cellpadding=0 style='caption-side:bottom'><caption id=v>v</caption><tr><td>b</table>");
    QCOMPARE(page.rect("u"), u"0 0 100 10"_s);
    QCOMPARE(page.rect("a"), u"0 10 100 10"_s);
    QCOMPARE(page.rect("v"), u"0 30 10 10"_s);
}

void ContextsLayoutTest::bordersCollapse()
{
    const LaidOutPage page(
        "<table id=t style='border-collapse:collapse'><tr><td id=a style='border:4px solid; padding:0'>a"
        "<td id=b style='border:2px solid; padding:0'>b</table>");
    QCOMPARE(page.rect("a"), u"2 2 14 14"_s); // the outer half of its border is the table's
    QCOMPARE(page.rect("b"), u"16 2 13 14"_s);
}

void ContextsLayoutTest::rowsShareTheTablesHeight()
{
    const LaidOutPage page("<table cellspacing=0 cellpadding=0 style='height:100px'><tr><td id=a>a<tr "
                           "style='height:20px'><td id=b>b</table>");
    QCOMPARE(page.rect("a"), u"0 0 10 80"_s);
    QCOMPARE(page.rect("b"), u"0 80 10 20"_s);
}

void ContextsLayoutTest::rightToLeftTablesBeginOnTheRight()
{
    const LaidOutPage page(
        "<table dir=rtl cellspacing=0 cellpadding=0 width=100><tr><td id=a width=40>a<td id=b>b</table>");
    QVERIFY(page.rect("a").endsWith(u"40 10"_s));
    QVERIFY(page.rect("b").endsWith(u"60 10"_s));
}

void ContextsLayoutTest::columnsBalanceLines()
{
    const LaidOutPage page("<div id=m style='columns:2; column-gap:20px; orphans:1; widows:1'>"
                           "a<br>b<br>c<br>d<br>e</div><div id=n>n</div>");
    QCOMPARE(page.texts(), u"0,0 a|0,10 b|0,20 c|210,0 d|210,10 e|0,30 n"_s);
    QCOMPARE(page.rect("m"), u"0 0 400 30"_s);
}

void ContextsLayoutTest::columnsFillAHeight()
{
    const LaidOutPage page(
        "<div style='columns:3; column-gap:20px; height:25px; column-fill:auto; orphans:1; widows:1'>"
        "<p id=p style='margin:0; background:red'>a<br>b<br>c</p></div>");
    QCOMPARE(page.texts(), u"0,0 a|0,10 b|140,0 c"_s);
    QCOMPARE(page.rect("p"), u"0 0 120 25"_s);
}

void ContextsLayoutTest::whatSpansAllColumnsStandsBetweenThem()
{
    const LaidOutPage page("<div style='columns:2; column-gap:20px'><div>a</div><div>b</div>"
                           "<h1 id=h style='font:inherit; margin:5px 0; column-span:all'>h</h1><div>c</div></div>");
    QCOMPARE(page.texts(), u"0,0 a|210,0 b|0,15 h|0,30 c"_s);
    QCOMPARE(page.rect("h"), u"0 15 400 10"_s);
}

void ContextsLayoutTest::absoluteBoxesInColumnsMoveAlong()
{
    const LaidOutPage page("<div style='columns:2; column-gap:20px'><div style='height:30px'></div>"
                           "<div style='height:30px'><div id=a style='position:absolute'>a</div></div></div>");
    QCOMPARE(page.rect("a"), u"210 0 10 10"_s);
}

void ContextsLayoutTest::nestingIsLinear_data()
{
    QTest::addColumn<QByteArray>("open");
    QTest::newRow("row") << QByteArray("<div style='display:flex'>");
    QTest::newRow("column") << QByteArray("<div style='display:flex; flex-direction:column'>");
    QTest::newRow("row and column") << QByteArray(
        "<div style='display:flex'><div style='display:flex;flex-direction:column'>");
    QTest::newRow("grid") << QByteArray("<div style='display:grid; grid-template-columns:1fr auto'>");
    QTest::newRow("table") << QByteArray("<div style='display:table'>");
    QTest::newRow("columns") << QByteArray("<div style='columns:2'>");
    QTest::newRow("columns and rows") << QByteArray("<div style='columns:2'><div style='display:flex'>");
    QTest::newRow("all") << QByteArray("<div style='display:flex'><div style='display:grid'><div style='display:table'>"
                                       "<div style='columns:2'><div style='display:flex;flex-direction:column'>");
}

void ContextsLayoutTest::nestingIsLinear()
{
    QFETCH(QByteArray, open);
    const int depth = 64 / int(open.count("<div"));
    const LaidOutPage page(open.repeated(depth) + "x");
    QVERIFY(page.visits().heightAt <= 50 * page.boxes().boxes.size());
    QVERIFY(page.visits().place <= 50 * page.boxes().boxes.size());
}

void ContextsLayoutTest::bigTablesAreQuick()
{
    const QByteArray row = "<tr>" + QByteArray("<td>a").repeated(10);
    QElapsedTimer timer;
    const LaidOutPage page("<table>" + row.repeated(2'000) + "</table>");
    timer.start();
    LaidOutPage again("<table>" + row.repeated(2'000) + "</table>");
    again.layOutAt(500);
    QVERIFY(timer.elapsed() < 5000);
}

void ContextsLayoutTest::hostileSpansAreHarmless()
{
    const LaidOutPage table(
        "<table border style='border-collapse:collapse'><tr><td colspan=1000000000 rowspan=1000000000>a"
        "<td id=b colspan=99999>b</table>");
    QVERIFY(table.rect("b") != u"none"_s);
    const LaidOutPage grid(
        "<div style='display:grid'><div id=a style='grid-area:1 / 1 / 1000000000 / span 1000000000'>a</div>"
        "<div style='grid-column:-1000000000'>b</div></div>");
    QVERIFY(grid.rect("a") != u"none"_s);
    const LaidOutPage columns("<div style='columns:1000000000 1px; height:1px; column-fill:auto'>"
                              "<div style='height:100000000px'></div></div>");
    QVERIFY(columns.tree().fragments.size() < 10'000);
}

QTEST_MAIN(ContextsLayoutTest)
#include "contexts_layout_test.moc"
