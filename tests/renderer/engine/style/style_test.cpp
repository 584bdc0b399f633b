// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/style/styled_document.h"

#include <QElapsedTimer>
#include <QTest>

using namespace bulkhead::engine;
using namespace Qt::StringLiterals;

class StyleTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void importanceThenSpecificityThenOrderDecide()
    {
        const StyledDocument page(u"<p id=x class=c style='color: blue; top: 5px'>a</p>"_s,
                                  u".c { color: red; left: 1px } p { color: green !important; left: 2px } "
                                  u"p { right: 1px } p { right: 2px } #x { top: 1px !important }"_s);
        QCOMPARE(page.style().text->color, QColor(0, 128, 0));
        QCOMPARE(page.style().box->inset.left.value(), 1.0F);
        QCOMPARE(page.style().box->inset.right.value(), 2.0F);
        QCOMPARE(page.style().box->inset.top.value(), 1.0F);
    }

    void layersAndRevertFallBackToWhatIsBelow()
    {
        const StyledDocument page(
            u"<h1 id=x>a</h1><h1 id=y>b</h1><h1 id=z>c</h1>"_s,
            u"@layer a, b; @layer b { h1 { left: 2px; top: revert-layer } } @layer a { h1 { left: 1px; top: 1px } } "
            u"#y { font-size: 10px; font-size: revert } #z { all: unset }"_s);
        QCOMPARE(page.style().box->inset.left.value(), 2.0F);
        QCOMPARE(page.style().box->inset.top.value(), 1.0F);
        QCOMPARE(page.style("y").font->size, 32.0F);
        QCOMPARE(page.style("z").font->size, 16.0F);
        QVERIFY(page.style("z").display.isInlineLevel());
    }

    void keywordsOfAllPropertiesTakeTheParentsOrTheInitialValue()
    {
        const StyledDocument page(u"<div id=p><p id=x>a</p></div>"_s,
                                  u"#p { margin-left: 7px; color: red; border: 3px solid } "
                                  u"#x { margin-left: inherit; color: initial; border: inherit }"_s);
        QCOMPARE(page.style().box->margin.left.value(), 7.0F);
        QCOMPARE(page.style().text->color, QColor(Qt::black));
        QCOMPARE(page.style().decoration->border[0].width, 3.0F);
        QCOMPARE(page.style().decoration->border[0].color, QColor(Qt::red));
    }

    void unitsReferToTheRightFont()
    {
        const StyledDocument page(u"<div id=p><p id=x>a</p></div>"_s,
                                  u"html { font-size: 10px } #p { font-size: 2em; width: 2em } "
                                  u"#x { font-size: 50%; margin-left: 2em; margin-top: 3rem; padding-left: 10vw; "
                                  u"padding-top: calc(1em + 1rem); width: calc(50% + 1em) }"_s);
        QCOMPARE(page.style("p").box->width.value(), 40.0F);
        QCOMPARE(page.style().font->size, 10.0F);
        QCOMPARE(page.style().box->margin.left.value(), 20.0F);
        QCOMPARE(page.style().box->margin.top.value(), 30.0F);
        QCOMPARE(page.style().box->padding.left.value(), 80.0F);
        QCOMPARE(page.style().box->padding.top.value(), 20.0F);
        QCOMPARE(page.style().box->width.resolve(LayoutUnit(200)), LayoutUnit(110));
    }

    void monospaceTextIsThirteenPixelsWhereSizesAreRelative()
    {
        const StyledDocument page(
            u"<p><code id=a>a</code><big><tt id=b>b</tt></big></p><pre id=c style='font-size: 20px'>"
            u"</pre><code id=d style='font-family: monospace, monospace'>d</code><h1><code id=e></code></h1>"_s);
        QCOMPARE(page.style("a").font->size, 13.0F);
        QVERIFY(qAbs(page.style("b").font->size - 19.2F * 13 / 16) < 0.01F);
        QCOMPARE(page.style("c").font->size, 20.0F);
        QCOMPARE(page.style("d").font->size, 16.0F);
        QCOMPARE(page.style("e").font->size, 26.0F);
    }

    void weightsAndLineHeightsAreRelativeToTheParents()
    {
        const StyledDocument page(u"<div id=p><p id=x>a</p></div>"_s,
                                  u"#p { font-weight: 500; line-height: 150%; font-size: 20px } "
                                  u"#x { font-weight: bolder; font-size: 10px }"_s);
        QCOMPARE(page.style().font->weight, std::uint16_t(700));
        QCOMPARE(page.style().text->lineHeight, Length::px(30));
    }

    void variablesAreSubstitutedWithTheirFallbacks()
    {
        const StyledDocument page(
            u"<div id=p><p id=x>a</p></div>"_s,
            u"#p { --a: 5px; --b: var(--a) 6px; --c: var(--d); --d: var(--c); --e: initial } "
            u"#x { --a: 9px; margin: var(--b); padding-left: var(--c, 3px); padding-top: var(--nothing, var(--a)); "
            u"padding-right: var(--e, 4px); width: 5px; width: var(--nothing); left: calc(var(--a) * 2) }"_s);
        QCOMPARE(page.style().box->margin.top.value(), 5.0F);
        QCOMPARE(page.style().box->margin.left.value(), 6.0F);
        QCOMPARE(page.style().box->padding.left.value(), 3.0F);
        QCOMPARE(page.style().box->padding.top.value(), 9.0F);
        QCOMPARE(page.style().box->padding.right.value(), 4.0F);
        QVERIFY(page.style().box->width.isAuto());
        QCOMPARE(page.style().box->inset.left.value(), 18.0F);
    }

    void variablesThatDoubleEndAtALimit()
    {
        QString sheet = u"#x { --v0: aaaaaaaaaaaaaaaa; "_s;
        for (int i = 1; i < 64; ++i)
            sheet += u"--v%1: var(--v%2) var(--v%2); "_s.arg(i).arg(i - 1);
        QElapsedTimer timer;
        timer.start();
        const StyledDocument page(u"<p id=x>a</p>"_s, sheet + u"width: var(--v63) }"_s);
        QVERIFY(page.style().box->width.isAuto());
        QVERIFY(timer.elapsed() < 2000);
    }

    void displaysAreBlocksWhereBoxesStandAlone()
    {
        const StyledDocument page(
            u"<span id=f></span><span id=a></span><div id=flex><span id=i></span><b id=t></b></div>"_s,
            u"#f { float: left } #a { position: absolute; float: right } #flex { display: flex } "
            u"#i { display: inline-table } #t { display: table-cell }"_s);
        QVERIFY(page.style("f").display.isBlockLevel());
        QVERIFY(page.style("f").originalDisplay.isInlineLevel());
        QCOMPARE(page.style("a").floating, Float::None);
        QVERIFY(page.style("i").display ==
                (bulkhead::engine::Display{DisplayOutside::Block, DisplayInside::Table, false}));
        QVERIFY(page.style("t").display ==
                (bulkhead::engine::Display{DisplayOutside::Block, DisplayInside::Flow, false}));
    }

    void bordersWithoutStyleHaveNoWidth()
    {
        const StyledDocument page(u"<p id=x>a</p>"_s,
                                  u"#x { border-width: 5px; border-left-style: solid; color: red }"_s);
        QCOMPARE(page.style().decoration->border[0].width, 0.0F);
        QCOMPARE(page.style().decoration->border[3].width, 5.0F);
        QCOMPARE(page.style().decoration->border[3].color, QColor(Qt::red));
    }

    void logicalSidesFollowTheDirection()
    {
        const StyledDocument page(
            u"<p id=x>a</p><p id=y dir=rtl>b</p><ul dir=rtl id=z></ul>"_s,
            u"p { margin-inline-start: 5px } #y { margin-right: 1px; margin-inline-start: 6px }"_s);
        QCOMPARE(page.style().box->margin.left.value(), 5.0F);
        QCOMPARE(page.style("y").box->margin.right.value(), 6.0F);
        QCOMPARE(page.style("z").box->padding.right.value(), 40.0F);
    }

    void oldAttributesAreWeakerThanAnyRule()
    {
        const StyledDocument page(
            u"<table id=t border=1 cellpadding=4 cellspacing=3 bgcolor=#ff0000 align=center width=50%><tr><td id=d "
            u"align=right "
            u"nowrap>a</td></tr></table><font id=f color=chucknorris size=5>b</font><img id=i width=30 height=10 align=left>"_s,
            u"td { text-align: left }"_s);
        QCOMPARE(page.style("t").decoration->border[0].width, 1.0F);
        QCOMPARE(page.style("t").inherited->borderSpacingX, 3.0F);
        QCOMPARE(page.style("t").decoration->backgroundColor, QColor(Qt::red));
        QVERIFY(page.style("t").box->margin.left.isAuto());
        QCOMPARE(page.style("t").box->width, Length::percent(50));
        QCOMPARE(page.style("d").box->padding.left.value(), 4.0F);
        QCOMPARE(page.style("d").decoration->border[0].style, BorderStyle::Inset);
        QCOMPARE(page.style("d").text->textAlign, TextAlign::Left);
        QCOMPARE(page.style("d").text->wrap, TextWrap::NoWrap);
        QCOMPARE(page.style("f").text->color, QColor(0xc0, 0, 0));
        QCOMPARE(page.style("f").font->size, 24.0F);
        QCOMPARE(page.style("i").floating, Float::Left);
        QCOMPARE(page.style("i").box->aspectRatio, std::optional(3.0F));
    }

    void pseudoElementsAreThereWithContent()
    {
        const StyledDocument page(
            u"<q id=x>a</q><p id=y>b</p>"_s,
            u"#x::before { color: red } #y::before { color: red } #y::after { content: 'z' attr(id) } "
            u"#y::first-letter { font-size: 2em }"_s);
        QVERIFY(page.pseudo("x", PseudoElement::Before));
        QCOMPARE(page.pseudo("x", PseudoElement::Before)->text->color, QColor(Qt::red));
        QVERIFY(!page.pseudo("y", PseudoElement::Before));
        QCOMPARE(page.pseudo("y", PseudoElement::After)->rare->content->size(), 2u);
        QCOMPARE(page.pseudo("y", PseudoElement::FirstLetter)->font->size, 32.0F);
    }

    void backgroundsBecomeLayers()
    {
        const StyledDocument page(
            u"<p id=x>a</p>"_s,
            u"#x { background: url(a) right 5px top no-repeat, linear-gradient(red, blue) fixed green; "
            u"background-size: cover, 10px auto, 3px }"_s);
        const auto &layers = page.style().decoration->backgrounds;
        QCOMPARE(layers.size(), 2u);
        QCOMPARE(layers[0].repeatX, BackgroundRepeat::NoRepeat);
        QCOMPARE(layers[0].position.x.resolve(LayoutUnit(100)), LayoutUnit(95));
        QCOMPARE(layers[0].sizeKind, BackgroundLayer::Size::Cover);
        QVERIFY(layers[1].image.gradient);
        QCOMPARE(layers[1].attachment, BackgroundAttachment::Fixed);
        QCOMPARE(page.style().decoration->backgroundColor, QColor(0, 128, 0));
    }

    void equalPlacesShareAStyle()
    {
        QString html;
        for (int i = 0; i < 1000; ++i)
            html += u"<p class=a><b>x</b></p>"_s;
        const StyledDocument page(html, u".a { color: red } b { color: blue }"_s);
        QVERIFY(page.styles().distinctCount() < 20);
    }

    void styleOfManyElementsIsQuick()
    {
        QString html;
        for (int i = 0; i < 4000; ++i)
            html += u"<div class=a%1><p><b>x</b> <i class=b%2>y</i></p></div>"_s.arg(i % 40).arg(i % 30);
        QString sheet;
        for (int i = 0; i < 400; ++i)
            sheet += u".a%1 { margin: %1px; color: var(--c, red) } .a%1 p { padding: 1px } "_s.arg(i);
        QElapsedTimer timer;
        timer.start();
        const StyledDocument page(html, sheet);
        const qint64 withParsing = timer.restart();
        const StyleInput input;
        const DocumentStyles styles = computeStyles(page.document(), page.rules(), input);
        qInfo("%lld ms with parsing, %lld ms alone, %zu styles", withParsing, timer.elapsed(), styles.distinctCount());
        QVERIFY(timer.elapsed() < 500);
    }
};

QTEST_APPLESS_MAIN(StyleTest)
#include "style_test.moc"
