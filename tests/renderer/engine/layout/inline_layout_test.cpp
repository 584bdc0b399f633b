// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/layout/laid_out_page.h"

#include <QtTest>

using namespace bulkhead::engine;
using namespace Qt::StringLiterals;

class InlineLayoutTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void linesBreakAtSpacesThatThenGo();
    void noBreakComesBetweenElementsWithinAWord();
    void nowrapDoesNotBreak();
    void preformattedTextKeepsSpacesAndBreaks();
    void longWordsAreCutWhenTheyMay();
    void softHyphensShowWhereALineEnds();
    void textIsAligned();
    void justifiedLinesFillTheirWidth();
    void verticalAlignment();
    void lineHeightsAddHalfOfTheLeadingOnBothSides();
    void inlineBoxesHaveEdgesAtTheirEnds();
    void theFirstLineIsIndented();
    void rightToLeftTextIsOrdered();
    void ellipsisStandsForWhatIsTooLong();
    void tabsGoToStops();
    void listMarkersStandOutside();
    void listsCount();
    void generatedContentIsText();
    void theFirstLetterHasABox();
    void theFirstLineHasItsFont();
    void intrinsicWidthsFloat();
};

void InlineLayoutTest::linesBreakAtSpacesThatThenGo()
{
    const LaidOutPage page("<div id=t>aaa bbb  ccc d</div>", 70);
    QCOMPARE(page.lines("t").join(u'|'), u"0,0 aaa bbb|0,10 ccc d"_s);
}

void InlineLayoutTest::noBreakComesBetweenElementsWithinAWord()
{
    const LaidOutPage page("<div id=t>aa bb<b>cc</b>d</div>", 70);
    QCOMPARE(page.lines("t").join(u'|'), u"0,0 aa|0,10 bbccd"_s);
}

void InlineLayoutTest::nowrapDoesNotBreak()
{
    const LaidOutPage page("<div id=t style='white-space:nowrap'>aaa bbb ccc</div>", 70);
    QCOMPARE(page.lines("t").join(u'|'), u"0,0 aaa bbb ccc"_s);
}

void InlineLayoutTest::preformattedTextKeepsSpacesAndBreaks()
{
    const LaidOutPage page("<div id=t style='white-space:pre'>a  b\n\nc</div>", 70);
    QCOMPARE(page.lines("t").join(u'|'), u"0,0 a  b|0,10 |0,20 c"_s);
    QCOMPARE(page.rect("t"), u"0 0 70 30"_s);
}

void InlineLayoutTest::longWordsAreCutWhenTheyMay()
{
    const LaidOutPage page("<div id=t style='overflow-wrap:break-word'>a bcdefghijkl</div>", 50);
    QCOMPARE(page.lines("t").join(u'|'), u"0,0 a|0,10 bcdef|0,20 ghijk|0,30 l"_s);
    const LaidOutPage other("<div id=t>a bcdefghijkl</div>", 50);
    QCOMPARE(other.lines("t").join(u'|'), u"0,0 a|0,10 bcdefghijkl"_s);
}

void InlineLayoutTest::softHyphensShowWhereALineEnds()
{
    const LaidOutPage page("<div id=t>abc&shy;def&shy;ghi</div>", 80);
    QCOMPARE(page.lines("t").size(), 2);
    const Fragment &line = page.tree().fragment(page.tree().fragment(page.fragmentOf("t")).firstChild);
    QCOMPARE(page.tree().fragment(line.firstChild).size.width, LayoutUnit(70));
}

void InlineLayoutTest::textIsAligned()
{
    const LaidOutPage page("<div id=a style='text-align:right'>aaa bbb</div>"
                           "<div id=b style='text-align:center'>aa</div>",
                           50);
    QCOMPARE(page.lines("a").join(u'|'), u"20,0 aaa|20,10 bbb"_s);
    QCOMPARE(page.lines("b").join(u'|'), u"15,20 aa"_s);
}

void InlineLayoutTest::justifiedLinesFillTheirWidth()
{
    const LaidOutPage page("<div id=a style='text-align:justify'>a <b id=b>b</b> c dddd</div>", 70);
    QCOMPARE(page.lines("a").join(u'|'), u"0,0 a b c|0,10 dddd"_s);
    QCOMPARE(page.rect("b"), u"30 0 10 10"_s);
}

void InlineLayoutTest::verticalAlignment()
{
    const LaidOutPage page("<div>x<img id=a src=x style='vertical-align:top'><img id=b src=x "
                           "style='vertical-align:middle'><img id=c src=x style='vertical-align:text-bottom'><img id=d "
                           "src=x style='vertical-align:5px'></div>");
    // Baseline of the line at 25: the last image reaches 25 above it.
    QCOMPARE(page.rect("a"), u"0 0 40 20"_s.replace(0, 1, u"10"_s));
    QCOMPARE(page.rect("d"), u"130 0 40 20"_s);
    QCOMPARE(page.rect("c"), u"90 7 40 20"_s);
    QCOMPARE(page.rect("b"), u"50 11 40 20"_s);
}

void InlineLayoutTest::lineHeightsAddHalfOfTheLeadingOnBothSides()
{
    const LaidOutPage page("<div id=t style='line-height:30px'>a<b style='line-height:50px'>b</b></div>");
    QCOMPARE(page.rect("t"), u"0 0 400 50"_s);
    QCOMPARE(page.texts(), u"0,20 a|10,20 b"_s);
}

void InlineLayoutTest::inlineBoxesHaveEdgesAtTheirEnds()
{
    const LaidOutPage page("<div id=t>a <b id=b style='padding:0 5px; border-left:3px solid; margin-right:2px'>bb "
                           "cc</b>d</div>",
                           60);
    QCOMPARE(page.rect("b"), u"20 0 28 10"_s);
    QCOMPARE(page.lines("t").join(u'|'), u"0,0 a bb|0,10 ccd"_s);
    const FragmentId second = page.tree().lastOfBox[std::size_t(page.boxOf("b"))];
    QVERIFY(!page.tree().fragment(second).isFirstOfBox);
    QVERIFY(page.tree().fragment(second).isLastOfBox);
    QCOMPARE(page.tree().fragment(second).size.width, LayoutUnit(25));
    QCOMPARE(page.texts(), u"0,0 a |28,0 bb |0,10 cc|27,10 d"_s);
}

void InlineLayoutTest::theFirstLineIsIndented()
{
    const LaidOutPage page("<div id=t style='text-indent:20px'>aa bb cc</div>", 60);
    QCOMPARE(page.lines("t").join(u'|'), u"20,0 aa|0,10 bb cc"_s);
}

void InlineLayoutTest::rightToLeftTextIsOrdered()
{
    const LaidOutPage page(u"<div id=t>ab \u05d0\u05d1 \u05d2 cd</div>"_s.toUtf8());
    QCOMPARE(page.texts(), u"0,0 ab |30,0 \u05d0\u05d1 \u05d2|70,0  cd"_s);
    const LaidOutPage other(u"<div dir=rtl>\u05d0\u05d1 \u05d2</div>"_s.toUtf8(), 100);
    QCOMPARE(other.texts(), u"60,0 \u05d0\u05d1 \u05d2"_s);
}

void InlineLayoutTest::ellipsisStandsForWhatIsTooLong()
{
    const LaidOutPage page(
        "<div id=t style='overflow:hidden; white-space:nowrap; text-overflow:ellipsis'>abcdefghijk</div>", 50);
    const FragmentId line = page.tree().fragment(page.fragmentOf("t")).firstChild;
    const FragmentId text = page.tree().fragment(line).firstChild;
    QCOMPARE(page.tree().fragment(text).size.width, LayoutUnit(40));
    const FragmentId dots = page.tree().fragment(text).next;
    QVERIFY(page.tree().run(dots).isEllipsis);
    QCOMPARE(page.tree().fragment(dots).offset.x, LayoutUnit(40));
}

void InlineLayoutTest::tabsGoToStops()
{
    const LaidOutPage page("<pre id=t style='font:10px/1 Test; margin:0; tab-size:4'>a\t<b id=b>b</b></pre>");
    QCOMPARE(page.rect("b"), u"40 0 10 10"_s);
}

void InlineLayoutTest::listMarkersStandOutside()
{
    const LaidOutPage page("<ol style='margin:0; padding-left:40px'><li id=a>x</li></ol>");
    QCOMPARE(page.rect("a"), u"40 0 360 10"_s);
    QCOMPARE(page.texts(), u"10,0 1. |40,0 x"_s);
}

void InlineLayoutTest::listsCount()
{
    const LaidOutPage page(
        "<ol style='margin:0; padding-left:40px' start=3><li>x<ol style='margin:0; padding-left:40px; "
        "list-style:upper-roman inside'><li>y</ol><li value=9>z<li>w</ol>");
    QCOMPARE(page.texts(), u"10,0 3. |40,0 x|80,10 I. |110,10 y|10,20 9. |40,20 z|0,30 10. |40,30 w"_s);
}

void InlineLayoutTest::generatedContentIsText()
{
    const LaidOutPage page(
        "<style>body { counter-reset: n } p { margin: 0; counter-increment: n } p::before { content: "
        "counter(n) ':' } p::after { content: open-quote attr(title) close-quote; quotes: '<' '>' "
        "}</style><p title=t>a</p><p>b</p>");
    QCOMPARE(page.texts(), u"0,0 1:|20,0 a|30,0 <t>|0,10 2:|20,10 b|30,10 <>"_s);
}

void InlineLayoutTest::theFirstLetterHasABox()
{
    const LaidOutPage page("<style>p { margin: 0 } p::first-letter { font-size: 20px; float: left }</style>"
                           "<p id=t> 'Once upon</p>");
    QCOMPARE(page.texts(), u"0,0 'O|40,0 nce upon"_s);
}

void InlineLayoutTest::theFirstLineHasItsFont()
{
    const LaidOutPage page("<style>p { margin: 0 } p::first-line { font-size: 20px }</style><p id=t>aa bb cc dd</p>",
                           110);
    QCOMPARE(page.texts(), u"0,0 aa bb |0,20 cc dd"_s);
}

void InlineLayoutTest::intrinsicWidthsFloat()
{
    const LaidOutPage page("<div id=a style='float:left'>aa bbb <b style='padding:0 5px'>c</b></div>"
                           "<div id=b style='clear:left; width:min-content'>aa bbb cc</div>"
                           "<div id=c style='width:max-content'>aa<br>bbb cc</div>");
    QCOMPARE(page.rect("a"), u"0 0 90 10"_s);
    QCOMPARE(page.rect("b"), u"0 10 30 30"_s);
    QCOMPARE(page.rect("c"), u"0 40 60 20"_s);
}

QTEST_GUILESS_MAIN(InlineLayoutTest)
#include "inline_layout_test.moc"
