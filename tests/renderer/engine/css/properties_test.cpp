// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/declaration.h"

#include <QTest>

#include <array>
#include <cmath>
#include <vector>

using namespace bulkhead::engine::css;
using namespace Qt::StringLiterals;

namespace {

std::vector<Declaration> parse(const QString &name, const QString &value, Syntax syntax = Syntax::Standard)
{
    const std::vector<Token> tokens = tokenize(value);
    std::vector<Declaration> declarations;
    ParseContext context;
    context.syntax = syntax;
    context.base = QUrl(u"http://host/sheet.css"_s);
    parseDeclaration(name, tokens, value, Importance::Normal, context, declarations);
    return declarations;
}

/// The value of a longhand among what a declaration gives.
const PropertyValue *valueOf(const std::vector<Declaration> &declarations, PropertyId longhand)
{
    for (const Declaration &declaration : declarations) {
        if (declaration.property == longhand)
            return &declaration.value;
    }
    return nullptr;
}

Value colorOf(const QString &text)
{
    const auto declarations = parse(u"color"_s, text);
    return declarations.empty() ? Value() : declarations.front().value.parsed;
}

bool isColor(const QString &text, std::array<int, 3> rgb, double alpha = 1)
{
    const Value value = colorOf(text);
    if (!value.is(Value::Kind::Color))
        return false;
    for (std::size_t i = 0; i < 3; ++i) {
        if (std::abs(std::lround(value.color[i] * 255) - rgb[i]) > 0)
            return false;
    }
    return std::fabs(double(value.color[3]) - alpha) < 0.003;
}

/// Pixels of a length, or -1e9.
double lengthOf(const QString &text)
{
    const auto declarations = parse(u"margin-left"_s, text);
    if (declarations.empty())
        return -1e9;
    const Value &value = declarations.front().value.parsed;
    return value.is(Value::Kind::Dimension) && value.unit == Unit::Px ? value.number : -1e9;
}

constexpr const char *Valid[] = {"width: 10px",
                                 "width: 0",
                                 "width: calc(10px + 5%)",
                                 "width: min-content",
                                 "width: fit-content(10px)",
                                 "padding: 1px 2px 3px 4px",
                                 "margin: auto",
                                 "margin: -1px",
                                 "color: red",
                                 "color: #ABCD",
                                 "border: solid red",
                                 "border: 0",
                                 "border-radius: 1px 2px / 3px",
                                 "font: 12px/1.5 \"A B\", serif",
                                 "font: italic small-caps bold condensed 1em x",
                                 "font: menu",
                                 "font-family: A B, \"c\", monospace",
                                 "background: url(a.png) no-repeat center / cover, red",
                                 "background: 0 0",
                                 "background: none",
                                 "background: linear-gradient(to right, red, blue 50%) fixed padding-box content-box",
                                 "background-position: right 10px bottom",
                                 "background-position: 10px",
                                 "background-position: top left",
                                 "background-image: radial-gradient(circle at top, red, 30%, blue)",
                                 "background-image: conic-gradient(from 90deg, red, blue 0.5turn)",
                                 "background-image: -webkit-linear-gradient(top, red, blue)",
                                 "list-style: none",
                                 "list-style: square inside",
                                 "list-style: none url(a.png)",
                                 "list-style: \"-\"",
                                 "flex: 1",
                                 "flex: none",
                                 "flex: 0 0 auto",
                                 "flex: auto 2",
                                 "flex: 1 1 0",
                                 "grid-area: a",
                                 "grid-row: 1 / span 2",
                                 "grid-template-columns: [a] 9px repeat(auto-fill, minmax(10px, 1fr)) [b c]",
                                 "grid-template: \"a b\" 10px \"a c\" / 1fr 2fr",
                                 "grid: auto-flow / 1fr",
                                 "grid-column: span a 2",
                                 "grid-template-areas: \"a a .\" \"b b ...\"",
                                 "place-items: center",
                                 "justify-items: legacy left",
                                 "align-items: last baseline",
                                 "align-content: safe center",
                                 "transform: rotate(10deg) translate(1px, 5%)",
                                 "transform: scale(2) matrix(1,0,0,1,0,0)",
                                 "content: \"a\" counter(x) attr(title) open-quote",
                                 "content: counters(x, \".\", upper-roman)",
                                 "counter-reset: a 2 b",
                                 "quotes: \"<\" \">\" '[' ']'",
                                 "box-shadow: inset 1px 2px 3px 4px red, 0 0 black",
                                 "text-shadow: 1px 1px",
                                 "aspect-ratio: 16 / 9",
                                 "aspect-ratio: auto",
                                 "display: inline flow-root",
                                 "display: list-item block",
                                 "white-space: pre-line",
                                 "text-decoration: underline wavy red 2px",
                                 "columns: auto 3",
                                 "overflow: hidden auto",
                                 "clip: rect(1px, auto, 2px, 0)",
                                 "clip: rect(1px auto 2px 0)",
                                 "cursor: url(x.cur) 1 2, pointer",
                                 "margin-inline: 1px auto",
                                 "inset: 0",
                                 "line-height: 1.5",
                                 "z-index: -1",
                                 "opacity: 50%",
                                 "all: revert",
                                 "width: var(--x)",
                                 "margin: 1px var(--a, 2px)",
                                 "--x: { a b }",
                                 "--x:",
                                 "-webkit-box-sizing: border-box",
                                 "word-wrap: break-word",
                                 "width: max(1px, 2em)",
                                 "width: clamp(1px, 10vw, 2em)",
                                 "width: calc(1px * (2 + 3))",
                                 "width: calc(100% / 3)",
                                 "orphans: calc(1.6)",
                                 "width: round(up, 12px, 5px)",
                                 "font-size: 1e2px",

                                 "border-image: url(a.png) 30 round",
                                 "border-image: url(a) 1 / 2px / 3 stretch",
                                 "font-variant: small-caps tabular-nums",
                                 "unicode-bidi: plaintext"};

constexpr const char *Invalid[] = {"width: -1px",
                                   "width: 10",
                                   "width: 10 px",
                                   "width: auto auto",
                                   "width: calc(1px + 2)",
                                   "width: calc(1px+2px)",
                                   "width: calc(1px * 2px)",
                                   "width: calc(1 / 0px)",
                                   "padding: auto",
                                   "padding: -1px",
                                   "margin: 1px 2px 3px 4px 5px",
                                   "color: 12",
                                   "color: #12",
                                   "color: #12345",
                                   "color: rgb(1, 2)",
                                   "color: rgb(1, 2%, 3)",
                                   "color: rgb(1 2, 3)",
                                   "border: red blue",
                                   "border: 1px 2px",
                                   "border-radius: -1px",
                                   "font: bold serif",
                                   "font: 12px",
                                   "font-family: a,",
                                   "font-family: inherit, a",
                                   "font: bold bold 12px a",
                                   "background: red, blue",
                                   "background: red red",
                                   "background-position: left left",
                                   "background-position: top 10px",
                                   "background-position: 10px left",
                                   "background-image: linear-gradient(red)",
                                   "background-image: linear-gradient(to left right, red, blue)",
                                   "list-style: inside outside",
                                   "list-style: none none none",
                                   "flex: 1 2 3 4",
                                   "flex: -1",
                                   "grid-row: 0",
                                   "grid-row: span",
                                   "grid-row: span -1",
                                   "grid-template-areas: \"a b\" \"a\"",
                                   "grid-template-areas: \"a b\" \"b a\"",
                                   "grid-template-columns: repeat(auto-fill, 1fr)",
                                   "grid-template-columns: -1px",
                                   "align-items: left",
                                   "align-content: first",
                                   "transform: rotate(10)",
                                   "transform: translate(1px 2px)",
                                   "content: a",
                                   "counter-reset: none a",
                                   "quotes: \"<\"",
                                   "box-shadow: 1px",
                                   "box-shadow: 1px 1px -1px",
                                   "display: flex grid",
                                   "display: inline block",
                                   "white-space: a",
                                   "z-index: 1.5",
                                   "opacity: a",
                                   "all: red",
                                   "width: var(x)",
                                   "width: inherit 1px",
                                   "-foo: 1px",
                                   "nothing: 1",
                                   "width:",
                                   "color: red !",
                                   "--x: a ; b",
                                   "--: a",
                                   "width: min()",
                                   "width: clamp(1px, 2px)",
                                   "margin: 1px!"};

} // namespace

class PropertiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachInitialValueIsOneOfItsGrammar()
    {
        for (std::size_t i = 0; i < LonghandCount; ++i) {
            const PropertyInfo &info = propertyInfo(PropertyId(i));
            QVERIFY2(!parse(QString::fromLatin1(info.name), QString::fromLatin1(info.initial)).empty(), info.name);
        }
    }

    void valuesAreAcceptedAsTheirGrammarsSay_data()
    {
        QTest::addColumn<QString>("declaration");
        QTest::addColumn<bool>("isValid");
        for (const char *text : Valid)
            QTest::newRow(text) << QString::fromLatin1(text) << true;
        for (const char *text : Invalid)
            QTest::newRow(text) << QString::fromLatin1(text) << false;
    }
    void valuesAreAcceptedAsTheirGrammarsSay()
    {
        QFETCH(QString, declaration);
        QFETCH(bool, isValid);
        const qsizetype colon = declaration.indexOf(u':');
        QCOMPARE(!parse(declaration.left(colon), declaration.mid(colon + 1)).empty(), isValid);
    }

    void coloursAreConvertedToSrgb()
    {
        QVERIFY(isColor(u"#123"_s, {0x11, 0x22, 0x33}));
        QVERIFY(isColor(u"#12345680"_s, {0x12, 0x34, 0x56}, 0.502));
        QVERIFY(isColor(u"ReD"_s, {255, 0, 0}));
        QVERIFY(isColor(u"transparent"_s, {0, 0, 0}, 0));
        QVERIFY(isColor(u"rgb(300, -5, 127.6)"_s, {255, 0, 128}));
        QVERIFY(isColor(u"rgb(10% 20% 50% / 50%)"_s, {26, 51, 128}, 0.5));
        QVERIFY(isColor(u"hsl(120, 100%, 25%)"_s, {0, 128, 0}));
        QVERIFY(isColor(u"hsla(-240, 100%, 50%, 0.2)"_s, {0, 255, 0}, 0.2));
        QVERIFY(isColor(u"hwb(0 50% 50%)"_s, {128, 128, 128}));
        QVERIFY(isColor(u"lab(46.2775% -47.5621 48.5837)"_s, {0, 128, 0}));
        QVERIFY(isColor(u"oklch(51.975% 0.17686 142.495)"_s, {0, 128, 0}));
        QVERIFY(isColor(u"color(display-p3 0.21604 0.49418 0.13151)"_s, {0, 128, 0}));
        QVERIFY(isColor(u"color-mix(in srgb, red, blue)"_s, {128, 0, 128}));
        QVERIFY(colorOf(u"currentColor"_s).is("currentcolor"_kw));
        QVERIFY(colorOf(u"ButtonFace"_s).is("buttonface"_kw));
    }

    void lengthsAndCalculationsThatNeedNothingAreComputedAtOnce()
    {
        QCOMPARE(lengthOf(u"1in"_s), 96.0);
        QCOMPARE(lengthOf(u"12pt"_s), 16.0);
        QCOMPARE(lengthOf(u"calc(2 * (3px + 1px) - 4px / 2)"_s), 6.0);
        QCOMPARE(lengthOf(u"max(1px, 2px, min(9px, 3px))"_s), 3.0);
        QCOMPARE(lengthOf(u"round(to-zero, -12px, 5px)"_s), -10.0);
        QCOMPARE(lengthOf(u"calc(abs(-3px) + mod(-1px, 5px) + rem(-1px, 5px))"_s), 6.0);
        QCOMPARE(lengthOf(u"calc(1px * sqrt(16) * sin(90deg) * pow(2, 2))"_s), 16.0);
        QCOMPARE(lengthOf(u"calc(1px * infinity)"_s), 1e9);
        QCOMPARE(parse(u"padding-left"_s, u"calc(1px - 5px)"_s).front().value.parsed.number, 0.0);
    }

    void calculationsInEachOtherHaveALimit()
    {
        QVERIFY(!parse(u"width"_s, u"calc("_s.repeated(20) + u"1px"_s + u")"_s.repeated(20)).empty());
        QVERIFY(parse(u"width"_s, u"calc("_s.repeated(40) + u"1px"_s + u")"_s.repeated(40)).empty());
        QVERIFY(parse(u"color"_s, u"color-mix(in srgb, red, "_s.repeated(30) + u"red"_s + u")"_s.repeated(30)).empty());
    }

    void shorthandsGiveEachOfTheirLonghands()
    {
        const auto border = parse(u"border"_s, u"2px solid"_s);
        QCOMPARE(border.size(), 17u);
        QCOMPARE(valueOf(border, PropertyId::BorderLeftWidth)->parsed.number, 2.0);
        QVERIFY(valueOf(border, PropertyId::BorderTopStyle)->parsed.is("solid"_kw));
        QCOMPARE(valueOf(border, PropertyId::BorderRightColor)->kind, PropertyValue::Kind::Initial);
        const auto margin = parse(u"margin"_s, u"1px 2px 3px"_s);
        QCOMPARE(valueOf(margin, PropertyId::MarginLeft)->parsed.number, 2.0);
        QCOMPARE(valueOf(margin, PropertyId::MarginBottom)->parsed.number, 3.0);
        const auto flex = parse(u"flex"_s, u"2"_s);
        QCOMPARE(valueOf(flex, PropertyId::FlexGrow)->parsed.number, 2.0);
        QCOMPARE(valueOf(flex, PropertyId::FlexBasis)->parsed.kind, Value::Kind::Percentage);
        const auto font = parse(u"font"_s, u"bold 20px/2 Foo"_s);
        QCOMPARE(valueOf(font, PropertyId::LineHeight)->parsed.number, 2.0);
        QCOMPARE(valueOf(font, PropertyId::FontFamily)->parsed[0].text, u"Foo"_s);
        QCOMPARE(valueOf(font, PropertyId::FontStyle)->kind, PropertyValue::Kind::Initial);
    }

    void addressesAreRelativeToTheSheet()
    {
        const auto image = parse(u"background-image"_s, u"url(a/b.png)"_s);
        QCOMPARE(image.front().value.parsed[0].text, u"http://host/a/b.png"_s);
    }

    void quirksAllowNumbersAndColoursWithoutSign()
    {
        QVERIFY(parse(u"width"_s, u"10"_s, Syntax::Quirks).size() == 1);
        QVERIFY(parse(u"line-height"_s, u"10"_s, Syntax::Quirks).front().value.parsed.is(Value::Kind::Number));
        QVERIFY(parse(u"color"_s, u"ff0000"_s, Syntax::Quirks).size() == 1);
        QVERIFY(parse(u"color"_s, u"123456"_s, Syntax::Quirks).size() == 1);
        QVERIFY(parse(u"border"_s, u"10 solid"_s, Syntax::Quirks).empty());
        QVERIFY(parse(u"width"_s, u"calc(10)"_s, Syntax::Quirks).empty());
    }

    void variablesLeaveAValuePendingWithItsText()
    {
        const auto margin = parse(u"margin"_s, u" 1px  var(--a) "_s);
        QCOMPARE(margin.size(), 4u);
        QCOMPARE(margin[2].value.kind, PropertyValue::Kind::Pending);
        QCOMPARE(margin[2].value.pending->text, u"1px  var(--a)"_s);
        QCOMPARE(margin[2].value.pending->written, PropertyId::Margin);
        const auto custom = parse(u"--Foo"_s, u" a  b "_s);
        QCOMPARE(custom.front().customName, u"--Foo"_s);
        QCOMPARE(custom.front().value.pending->text, u"a  b"_s);
    }
};

QTEST_APPLESS_MAIN(PropertiesTest)
#include "properties_test.moc"
