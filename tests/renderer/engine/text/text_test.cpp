// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/bidi.h"
#include "renderer/engine/text/inflate.h"
#include "renderer/engine/text/line_breaks.h"
#include "renderer/engine/text/transform.h"
#include "renderer/engine/text/white_space.h"

#include <QTest>

#include <string>

using namespace bulkhead::engine;

namespace {

/// The text with "|" where lines may break.
QString pieces(const QString &text, const BreakRules &rules = {})
{
    LineBreaks breaks;
    const BreakRange range{std::size_t(text.size()), rules};
    breaks.find(text, {&range, 1});
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (i > 0 && breaks.isAllowed(std::size_t(i)))
            out += u'|';
        out += text[i];
    }
    return out;
}

BreakRules rulesWith(WordBreak wordBreak, LineBreak lineBreak = LineBreak::Auto, const QString &language = {})
{
    BreakRules rules;
    rules.wordBreak = wordBreak;
    rules.lineBreak = lineBreak;
    rules.language = language;
    return rules;
}

QString collapsed(std::initializer_list<std::pair<const char16_t *, WhiteSpaceCollapse>> texts)
{
    QString paragraph;
    WhiteSpaceCollapser collapser(paragraph);
    for (const auto &[text, mode] : texts)
        collapser.appendText(QStringView(text), mode, TextWrap::Wrap);
    return paragraph;
}

QString levels(const BidiParagraph &paragraph, QStringView text)
{
    QString out;
    for (const BidiLevel level : paragraph.lineLevels(text, 0, std::size_t(text.size())))
        out += QChar(u'0' + level);
    return out;
}

} // namespace

class TextTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesBreakAfterSpacesWhateverFollows();
    void linesBreakInAsciiAsBrowsersDo_data();
    void linesBreakInAsciiAsBrowsersDo();
    void otherCharactersBreakByUnicode_data();
    void otherCharactersBreakByUnicode();
    void wordBreakIsFollowed();
    void lineBreakStrictnessIsFollowed();
    void lineBreakAnywhereBreaksBetweenClusters();
    void objectsMayBePartedFromTheirNeighbours();
    void softHyphensAreBreaksUnlessHyphensIsNone();
    void rangesHaveTheirOwnRules();
    void manyRangesAreQuick();

    void whiteSpaceCollapsesAcrossElements();
    void whiteSpaceIsKeptWhereItIsPreserved();
    void breaksBetweenIdeographsVanish();
    void spacesThatGoStayPlacesToBreak();
    void bidiControlsDoNotPartSpaces();
    void sourcesOfCollapsedCharactersAreKnown();

    void latinTextNeedsNoBidi();
    void bidiLevelsFollowTheText();
    void trailingSpacesHaveTheParagraphsLevel();
    void elementsGoOnAfterALineFeed();
    void overridesAndIsolatesAreControls();
    void plaintextLooksAtEachPart();
    void itemsAreReorderedByLevel();

    void upperCaseMapsInFull();
    void languagesHaveTheirOwnCases();
    void capitalizeKnowsWhereWordsBegin();
    void capitalizeGoesOnInTheNextElement();
    void fullWidthFormsAreUsed();
    void offsetsOfTransformedTextAreKnown();

    void inflateUnpacksWhatZlibPacked();
    void inflateRefusesWhatIsLonger();
};

void TextTest::linesBreakAfterSpacesWhateverFollows()
{
    QCOMPARE(pieces(QStringLiteral("a !b ) c  d")), QStringLiteral("a |!b |) |c  |d"));
    QCOMPARE(pieces(QStringLiteral("( a")), QStringLiteral("( |a"));
    QCOMPARE(pieces(QStringLiteral("a\tb")), QStringLiteral("a\t|b"));
    QCOMPARE(pieces(QStringLiteral("a \nb")), QStringLiteral("a \nb"));
    QCOMPARE(pieces(QString()), QString());
}

void TextTest::linesBreakInAsciiAsBrowsersDo_data()
{
    QTest::addColumn<QString>("expected");
    for (const char *text : {"https://example.org/a/b?|c=d&e=f", "foo-|bar", "1-|2", "-1", "x |-1", "a-|-|b", "a-|-1",

                             "a.b", "f(x)", "f()|(x)", "a,|(b)", "$5.00", "1,234.5", "100%", "a?!", "what?|why",

                             "x-|>y", "[a]|[b]", "a/b"}) {
        QTest::addRow("%s", text) << QString::fromLatin1(text);
    }
}

void TextTest::linesBreakInAsciiAsBrowsersDo()
{
    QFETCH(QString, expected);
    QCOMPARE(pieces(QString(expected).remove(u'|')), expected);
}

void TextTest::otherCharactersBreakByUnicode_data()
{
    QTest::addColumn<QString>("expected");
    const auto add = [](const char *name, const char16_t *text) { QTest::newRow(name) << QString::fromUtf16(text); };
    add("em dash", u"a|\u2014|b");
    add("en dash", u"a\u2013|b");
    add("ellipsis", u"a\u2026|b");
    add("quotes", u"\u201ca\u201d |\u201cb\u201d");
    add("apostrophe", u"a\u2019b");
    add("accents", u"\u00e9-|b\u00e9(c)");
    add("no-break space", u"10\u00a0km");
    add("hyphens", u"a\u2010|b\u2011c");
    add("zero width space", u"a\u200b|b");
    add("Japanese", u"日|本|語、|テ|ス|ト。|「括|弧」|で|す");
    add("Japanese in Latin", u"abc|日|本|abc");
    add("Korean", u"한|국|어 |텍");
    add("Thai by its dictionary", u"ภาษา|ไทย|ง่าย");
    add("emoji", u"\U0001f600|\U0001f600");
    add("emoji family", u"\U0001f468\u200d\U0001f469\u200d\U0001f467|\U0001f600");
    add("combining", u"e\u0301a\u0308 |o");
}

void TextTest::otherCharactersBreakByUnicode()
{
    QFETCH(QString, expected);
    QCOMPARE(pieces(QString(expected).remove(u'|')), expected);
}

void TextTest::wordBreakIsFollowed()
{
    const BreakRules all = rulesWith(WordBreak::BreakAll), keep = rulesWith(WordBreak::KeepAll);
    QCOMPARE(pieces(QStringLiteral("hello, (ab)"), all), QStringLiteral("h|e|l|l|o, |(a|b)"));
    QCOMPARE(pieces(QStringLiteral("100% $5.0"), all), QStringLiteral("1|0|0% |$5.|0"));
    QCOMPARE(pieces(QString::fromUtf16(u"e\u0301a"), all), QString::fromUtf16(u"e\u0301|a"));
    QCOMPARE(pieces(QString::fromUtf16(u"日本語、テスト"), keep), QString::fromUtf16(u"日本語、|テスト"));
    QCOMPARE(pieces(QString::fromUtf16(u"한국어 텍"), keep), QString::fromUtf16(u"한국어 |텍"));
}

void TextTest::lineBreakStrictnessIsFollowed()
{
    const QString small = QString::fromUtf16(u"あっあ"), wave = QString::fromUtf16(u"あ〜い");
    QCOMPARE(pieces(small, rulesWith(WordBreak::Normal, LineBreak::Strict)), QString::fromUtf16(u"あっ|あ"));
    QCOMPARE(pieces(small, rulesWith(WordBreak::Normal, LineBreak::Normal)), QString::fromUtf16(u"あ|っ|あ"));
    QCOMPARE(pieces(small), QString::fromUtf16(u"あっ|あ"));
    const QString ja = QStringLiteral("ja");
    QCOMPARE(pieces(wave, rulesWith(WordBreak::Normal, LineBreak::Normal, ja)), QString::fromUtf16(u"あ|〜|い"));
    QCOMPARE(pieces(wave, rulesWith(WordBreak::Normal, LineBreak::Strict, ja)), QString::fromUtf16(u"あ〜|い"));
}

void TextTest::lineBreakAnywhereBreaksBetweenClusters()
{
    const BreakRules anywhere = rulesWith(WordBreak::Normal, LineBreak::Anywhere);
    QCOMPARE(pieces(QString::fromUtf16(u"a, (e\u0301)\u00a0x"), anywhere),
             QString::fromUtf16(u"a|, |(|e\u0301|)|\u00a0|x"));
}

void TextTest::objectsMayBePartedFromTheirNeighbours()
{
    QCOMPARE(pieces(QString::fromUtf16(u"(\ufffc).")), QString::fromUtf16(u"(|\ufffc|)."));
    QCOMPARE(pieces(QString::fromUtf16(u"a\u00a0\ufffc\u00a0b")), QString::fromUtf16(u"a\u00a0|\ufffc|\u00a0b"));
    QCOMPARE(pieces(QString::fromUtf16(u"a\u2060\ufffc b")), QString::fromUtf16(u"a\u2060\ufffc |b"));
    QCOMPARE(pieces(QString::fromUtf16(u"\ufffc\ufffc")), QString::fromUtf16(u"\ufffc|\ufffc"));
}

void TextTest::softHyphensAreBreaksUnlessHyphensIsNone()
{
    BreakRules none;
    none.hyphens = Hyphens::None;
    QCOMPARE(pieces(QString::fromUtf16(u"ab\u00adcd")), QString::fromUtf16(u"ab\u00ad|cd"));
    QCOMPARE(pieces(QString::fromUtf16(u"ab\u00adcd"), none), QString::fromUtf16(u"ab\u00adcd"));
}

void TextTest::rangesHaveTheirOwnRules()
{
    const QString text = QStringLiteral("abc abc abc");
    const BreakRange ranges[] = {{4, {}}, {8, rulesWith(WordBreak::BreakAll)}, {11, {}}};
    LineBreaks breaks;
    breaks.find(text, ranges);
    QCOMPARE(breaks.next(0), 4U);
    QCOMPARE(breaks.next(4), 5U);
    QCOMPARE(breaks.next(6), 8U);
    QCOMPARE(breaks.next(8), 11U);
    QCOMPARE(breaks.next(11), 11U);
}

void TextTest::manyRangesAreQuick()
{
    const QString text = QString(100'000, QChar(0x65e5));
    std::vector<BreakRange> ranges;
    for (std::size_t i = 1; i <= 50'000; ++i)
        ranges.push_back({i * 2, rulesWith(i % 2 ? WordBreak::KeepAll : WordBreak::Normal)});
    LineBreaks breaks;
    breaks.find(text, ranges);
    QVERIFY(!breaks.isAllowed(1));
    QVERIFY(breaks.isAllowed(3));
}

void TextTest::whiteSpaceCollapsesAcrossElements()
{
    const auto collapse = WhiteSpaceCollapse::Collapse;
    QCOMPARE(collapsed({{u"  a ", collapse}, {u" \n b", collapse}, {u"\tc  ", collapse}}), QStringLiteral("a b c "));
    QCOMPARE(collapsed({{u" \n ", collapse}}), QString());
    QString paragraph;
    WhiteSpaceCollapser collapser(paragraph);
    collapser.appendText(u"a ", collapse, TextWrap::Wrap);
    collapser.appendInvisible(0x2067);
    collapser.appendText(u" b ", collapse, TextWrap::Wrap);
    collapser.appendForcedBreak();
    collapser.appendText(u" c ", collapse, TextWrap::Wrap);
    collapser.appendObject();
    collapser.appendText(u" d", collapse, TextWrap::Wrap);
    QCOMPARE(paragraph, QString::fromUtf16(u"a \u2067b \nc \ufffc d"));
}

void TextTest::whiteSpaceIsKeptWhereItIsPreserved()
{
    QCOMPARE(collapsed({{u" a\t\n b ", WhiteSpaceCollapse::Preserve}}), QStringLiteral(" a\t\n b "));
    QCOMPARE(collapsed({{u" a  \n  b ", WhiteSpaceCollapse::PreserveBreaks}}), QStringLiteral("a \nb "));
    QCOMPARE(collapsed({{u"a ", WhiteSpaceCollapse::Collapse}, {u" b", WhiteSpaceCollapse::Preserve}}),
             QStringLiteral("a  b"));
    QCOMPARE(collapsed({{u"a ", WhiteSpaceCollapse::Preserve}, {u" b", WhiteSpaceCollapse::Collapse}}),
             QStringLiteral("a  b"));
}

void TextTest::breaksBetweenIdeographsVanish()
{
    const auto collapse = WhiteSpaceCollapse::Collapse;
    QCOMPARE(collapsed({{u"日\n本", collapse}}), QString::fromUtf16(u"日\u200b本"));
    QCOMPARE(collapsed({{u"日 \n ", collapse}, {u" 本", collapse}}), QString::fromUtf16(u"日\u200b本"));
    QCOMPARE(collapsed({{u"日 本", collapse}}), QString::fromUtf16(u"日 本"));
    QCOMPARE(collapsed({{u"日\na", collapse}}), QString::fromUtf16(u"日 a"));
    QCOMPARE(collapsed({{u"한\n국", collapse}}), QString::fromUtf16(u"한 국"));
    QCOMPARE(collapsed({{u"a\u200b\nb", collapse}}), QString::fromUtf16(u"a\u200b\u200bb"));
}

void TextTest::spacesThatGoStayPlacesToBreak()
{
    QString paragraph;
    WhiteSpaceCollapser collapser(paragraph);
    collapser.appendText(u"a ", WhiteSpaceCollapse::Collapse, TextWrap::NoWrap);
    collapser.appendText(u"  ", WhiteSpaceCollapse::Collapse, TextWrap::Wrap);
    collapser.appendText(u" b", WhiteSpaceCollapse::Collapse, TextWrap::NoWrap);
    QCOMPARE(paragraph, QString::fromUtf16(u"a \u200bb"));
}

void TextTest::bidiControlsDoNotPartSpaces()
{
    const auto collapse = WhiteSpaceCollapse::Collapse;
    QCOMPARE(collapsed({{u"a \u202e b \u202c c", collapse}}), QString::fromUtf16(u"a \u202eb \u202cc"));
    QCOMPARE(collapsed({{u"a\u2029 b\u2028 c", collapse}}), QString::fromUtf16(u"a\nb\u2028c"));
}

void TextTest::sourcesOfCollapsedCharactersAreKnown()
{
    QString paragraph;
    WhiteSpaceCollapser collapser(paragraph);
    std::vector<std::uint32_t> sources;
    collapser.appendText(u"  a \n b", WhiteSpaceCollapse::Collapse, TextWrap::Wrap, &sources);
    QCOMPARE(paragraph, QStringLiteral("a b"));
    QCOMPARE(sources, (std::vector<std::uint32_t>{2, 3, 6}));
}

void TextTest::latinTextNeedsNoBidi()
{
    BidiParagraph paragraph;
    paragraph.analyze(u"abc \u201cé\u201d 日本 \ufffc", BaseDirection::Ltr);
    QVERIFY(paragraph.isTrivial());
    QCOMPARE(paragraph.level(2), 0);
    paragraph.analyze(u"abc", BaseDirection::Rtl);
    QVERIFY(!paragraph.isTrivial());
    QCOMPARE(paragraph.baseLevel(0), 1);
}

void TextTest::bidiLevelsFollowTheText()
{
    BidiParagraph paragraph;
    const QString mixed = QString::fromUtf16(u"ab שלום 12 cd");
    paragraph.analyze(mixed, BaseDirection::Ltr);
    QCOMPARE(levels(paragraph, mixed), QStringLiteral("0001111122000"));
    QCOMPARE(paragraph.levelEnd(3, 13), 8U);
    const QString rtl = QString::fromUtf16(u"ab (c) שלום");
    paragraph.analyze(rtl, BaseDirection::Rtl);
    QCOMPARE(levels(paragraph, rtl), QStringLiteral("22222211111"));
}

void TextTest::trailingSpacesHaveTheParagraphsLevel()
{
    BidiParagraph paragraph;
    const QString text = QString::fromUtf16(u"שלום  abc");
    paragraph.analyze(text, BaseDirection::Ltr);
    const std::vector<BidiLevel> line = paragraph.lineLevels(text, 0, 6);
    QCOMPARE(line, (std::vector<BidiLevel>{1, 1, 1, 1, 0, 0}));
}

void TextTest::elementsGoOnAfterALineFeed()
{
    const BidiControls rtl = bidiControls(UnicodeBidi::BidiOverride, Direction::Rtl);
    QString text = rtl.open.toString();
    text += QStringLiteral("ab\ncd");
    text.append(rtl.close);
    text += QStringLiteral("e\nf");
    BidiParagraph paragraph;
    paragraph.analyze(text, BaseDirection::Ltr);
    QCOMPARE(paragraph.level(1), 1);
    QCOMPARE(paragraph.level(4), 1);
    QCOMPARE(paragraph.level(5), 1);
    QCOMPARE(paragraph.level(7), 0);
    QCOMPARE(paragraph.level(9), 0);
}

void TextTest::overridesAndIsolatesAreControls()
{
    QVERIFY(bidiControls(UnicodeBidi::Normal, Direction::Rtl).open.isEmpty());
    QCOMPARE(bidiControls(UnicodeBidi::Embed, Direction::Rtl).open, QStringView(u"\u202b"));
    QCOMPARE(bidiControls(UnicodeBidi::Isolate, Direction::Ltr).open, QStringView(u"\u2066"));
    QCOMPARE(bidiControls(UnicodeBidi::IsolateOverride, Direction::Rtl).close, QStringView(u"\u202c\u2069"));
    QVERIFY(isBidiControl(0x202b) && isBidiControl(0x2069) && !isBidiControl(u'a'));
}

void TextTest::plaintextLooksAtEachPart()
{
    BidiParagraph paragraph;
    paragraph.analyze(u"abc\nשלום\nabc", BaseDirection::Auto);
    QCOMPARE(paragraph.baseLevel(0), 0);
    QCOMPARE(paragraph.baseLevel(5), 1);
    QCOMPARE(paragraph.baseLevel(10), 0);
}

void TextTest::itemsAreReorderedByLevel()
{
    const std::vector<BidiLevel> itemLevels{0, 1, 2, 1, 0};
    QCOMPARE(visualOrder(itemLevels), (std::vector<std::int32_t>{0, 3, 2, 1, 4}));
    QVERIFY(visualOrder({}).empty());
}

void TextTest::upperCaseMapsInFull()
{
    TextTransformer transformer;
    const auto upper = [&](const char16_t *text) {
        return transformer.transform(QStringView(text), TextTransform::Uppercase, {}).text;
    };
    QCOMPARE(upper(u"straße ﬁ ŉ"), QString::fromUtf16(u"STRASSE FI ʼN"));
    QCOMPARE(transformer.transform(u"ΣΑΣ", TextTransform::Lowercase, {}).text, QString::fromUtf16(u"σας"));
    QCOMPARE(transformer.transform(u"a", TextTransform::None, {}).text, QStringLiteral("a"));
}

void TextTest::languagesHaveTheirOwnCases()
{
    TextTransformer transformer;
    QCOMPARE(transformer.transform(u"iı", TextTransform::Uppercase, QStringLiteral("tr")).text,
             QString::fromUtf16(u"İI"));
    QCOMPARE(transformer.transform(u"ά", TextTransform::Uppercase, QStringLiteral("el")).text,
             QString::fromUtf16(u"Α"));
    transformer.endWord();
    QCOMPARE(transformer.transform(u"ijs", TextTransform::Capitalize, QStringLiteral("nl")).text,
             QStringLiteral("IJs"));
    QCOMPARE(transformer.transform(u" ijs", TextTransform::Capitalize, QStringLiteral("en")).text,
             QStringLiteral(" Ijs"));
}

void TextTest::capitalizeKnowsWhereWordsBegin()
{
    TextTransformer transformer;
    const auto capitals = [&](const char16_t *text) {
        transformer.endWord();
        return transformer.transform(QStringView(text), TextTransform::Capitalize, {}).text;
    };
    QCOMPARE(capitals(u"hello (world) don't a-b 3rd \u201cé\u201d"),
             QString::fromUtf16(u"Hello (World) Don't A-B 3rd \u201cÉ\u201d"));
    QCOMPARE(capitals(u"ǆ ßa"), QString::fromUtf16(u"ǅ Ssa"));
}

void TextTest::capitalizeGoesOnInTheNextElement()
{
    TextTransformer transformer;
    QCOMPARE(transformer.transform(u"he", TextTransform::Capitalize, {}).text, QStringLiteral("He"));
    QCOMPARE(transformer.transform(u"llo you", TextTransform::Capitalize, {}).text, QStringLiteral("llo You"));
    transformer.endWord();
    QCOMPARE(transformer.transform(u"llo", TextTransform::Capitalize, {}).text, QStringLiteral("Llo"));
}

void TextTest::fullWidthFormsAreUsed()
{
    TextTransformer transformer;
    QCOMPARE(transformer.transform(u"aB1!ｱ é", TextTransform::FullWidth, {}).text,
             QString::fromUtf16(u"ａＢ１！ア　é"));
}

void TextTest::offsetsOfTransformedTextAreKnown()
{
    TextTransformer transformer;
    QVERIFY(transformer.transform(u"abc", TextTransform::Uppercase, {}).sources.empty());
    QCOMPARE(transformer.transform(u"aßb", TextTransform::Uppercase, {}).sources,
             (std::vector<std::uint32_t>{0, 1, 1, 2}));
    QCOMPARE(transformer.transform(u" ßb", TextTransform::Capitalize, {}).sources,
             (std::vector<std::uint32_t>{0, 1, 1, 2}));
}

void TextTest::inflateUnpacksWhatZlibPacked()
{
    QByteArray text;
    for (int i = 0; i < 20'000; ++i)
        text.append(char(i * i % 251)).append("some words again");
    for (const int level : {0, 1, 9}) {
        const QByteArray packed = qCompress(text, level).mid(4);
        QCOMPARE(inflateZlib(packed, text.size()), text);
        QVERIFY(inflateZlib(packed.left(packed.size() / 2), text.size()).isEmpty());
    }
    QCOMPARE(inflateZlib(qCompress(QByteArray("short")).mid(4), 5), QByteArray("short"));
}

void TextTest::inflateRefusesWhatIsLonger()
{
    const QByteArray packed = qCompress(QByteArray(1'000'000, 'a')).mid(4);
    QVERIFY(inflateZlib(packed, 1000).isEmpty());
    QVERIFY(inflateZlib(packed, 1'000'001).isEmpty());
    for (int i = 0; i < 300; ++i) {
        QByteArray damaged = packed.left(300);
        damaged[qsizetype(i % damaged.size())] = char(i * 7);
        inflateZlib(damaged, 20'000);
    }
}

QTEST_APPLESS_MAIN(TextTest)
#include "text_test.moc"
