// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/nth.h"
#include "renderer/engine/css/selector_parser.h"

#include <QTest>

#include <algorithm>
#include <optional>

using namespace bulkhead::engine;
using namespace bulkhead::engine::css;
using namespace Qt::StringLiterals;

namespace {

std::optional<SelectorList> parsed(const QString &text, Atoms &atoms)
{
    Namespaces namespaces;
    namespaces.uris.insert(u"svg"_s, atoms.intern(u"http://www.w3.org/2000/svg"));
    return parseSelectorList(tokenize(text), {&atoms, &namespaces, nullptr});
}

/// "ids,classes,types" of the first selector; "invalid".
QString specificity(const QString &text)
{
    Atoms atoms;
    const std::optional<SelectorList> list = parsed(text, atoms);
    if (!list)
        return u"invalid"_s;
    const Specificity s = list->front().specificity;
    return u"%1,%2,%3"_s.arg(s.ids()).arg(s.classes()).arg(s.types());
}

QString nth(const QString &text)
{
    const std::vector<Token> tokens = tokenize(text);
    TokenStream stream(tokens);
    const std::optional<Nth> nth = takeNth(stream);
    return nth && stream.atEnd() ? u"%1n%2"_s.arg(nth->step).arg(nth->offset) : u"invalid"_s;
}

} // namespace

class SelectorsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void specificityCountsWhatIsWritten_data();
    void specificityCountsWhatIsWritten();
    void whatIsNoSelectorIsInvalid_data();
    void whatIsNoSelectorIsInvalid();
    void compoundsGoFromRightToLeft();
    void oneInvalidSelectorMakesTheListInvalid();
    void forgivingListsLeaveInvalidSelectorsOut();
    void pseudoElementsAreKnownAlsoByOneColon();
    void namesOfPrefixedPseudoElementsAreValidAndMatchNothing();
    void positionsAmongSiblingsAreRead_data();
    void positionsAmongSiblingsAreRead();
    void tooMuchIsInvalid();
};

void SelectorsTest::specificityCountsWhatIsWritten_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QString>("expected");
    const auto row = [](const QString &selector, const QString &expected) {
        QTest::newRow(qPrintable(selector)) << selector << expected;
    };
    row(u"*"_s, u"0,0,0"_s);
    row(u"li"_s, u"0,0,1"_s);
    row(u"ul li + li"_s, u"0,0,3"_s);
    row(u"h1 + *[rel=up]"_s, u"0,1,1"_s);
    row(u"ul ol li.red"_s, u"0,1,3"_s);
    row(u"#x34y"_s, u"1,0,0"_s);
    row(u"#s12:not(FOO)"_s, u"1,0,1"_s);
    row(u".foo :is(.bar, #baz)"_s, u"1,1,0"_s);
    row(u":where(#a) b"_s, u"0,0,1"_s);
    row(u"a:has(> b, .c)"_s, u"0,1,1"_s);
    row(u"li:nth-child(2n+1 of .x, #y)"_s, u"1,1,1"_s);
    row(u"a::before"_s, u"0,0,2"_s);
    row(u"svg|a"_s, u"0,0,1"_s);
    row(u"*|*"_s, u"0,0,0"_s);
    row(u"|a[svg|href]"_s, u"0,1,1"_s);
    row(u"a[ href = 'x' I ]"_s, u"0,1,1"_s);
    row(u"a:HOVER:Not(:FIRST-child)"_s, u"0,2,1"_s);
    row(u":lang(de, '*-CH')"_s, u"0,1,0"_s);
    row(u"\\31 a"_s, u"0,0,1"_s);
}

void SelectorsTest::specificityCountsWhatIsWritten()
{
    QFETCH(QString, selector);
    QFETCH(QString, expected);
    QCOMPARE(specificity(selector), expected);
}

void SelectorsTest::whatIsNoSelectorIsInvalid_data()
{
    QTest::addColumn<QString>("selector");
    for (const char *selector : {"",
                                 " ",
                                 ",",
                                 "a,",
                                 ",a",
                                 "a,,b",
                                 "> a",
                                 "a >",
                                 "a > > b",
                                 "a + ~ b",
                                 "#1",
                                 ".1",
                                 ".",
                                 "a..b",
                                 "[",
                                 "[]",
                                 "[=a]",
                                 "[a=]",
                                 "[a=1]",
                                 "[a=b c]",
                                 "[a|=]",
                                 "[a~ =b]",
                                 "a b||c",
                                 "a|b",
                                 "svg|",
                                 "*a",
                                 "a*",
                                 ":unknown",
                                 ":",
                                 "::unknown",
                                 "::before:unknown",
                                 "::before b",
                                 "::before.a",
                                 ":not()",
                                 ":not(a",
                                 ":not(:unknown)",
                                 ":has()",
                                 ":has(:has(a))",
                                 ":not(::before)",
                                 ":nth-child()",
                                 ":nth-child(n of)",
                                 ":nth-of-type(n of a)",
                                 ":lang()",
                                 ":lang(a b)",
                                 ":hover()",
                                 "a:is",
                                 "!a",
                                 "a%",
                                 "a 1",
                                 "{",
                                 "(a)",
                                 "a:not(a,)"}) {
        if (qstrcmp(selector, "[") != 0 && qstrcmp(selector, ":not(a") != 0) // the end of the source closes these
            QTest::newRow(selector) << QString::fromLatin1(selector);
    }
}

void SelectorsTest::whatIsNoSelectorIsInvalid()
{
    QFETCH(QString, selector);
    QCOMPARE(specificity(selector), u"invalid"_s);
}

void SelectorsTest::compoundsGoFromRightToLeft()
{
    Atoms atoms;
    const Selector selector = parsed(u" a.b > c\t~d + e  f "_s, atoms)->front();
    QCOMPARE(selector.compounds.size(), std::size_t(5));
    const Combinator expected[] = {Combinator::Descendant, Combinator::NextSibling, Combinator::SubsequentSibling,
                                   Combinator::Child, Combinator::None};
    for (std::size_t i = 0; i < 5; ++i)
        QCOMPARE(selector.compounds[i].left, expected[i]);
    QCOMPARE(selector.simplesOf(selector.compounds[0])[0].name, atoms.find(u"f"));
    QCOMPARE(selector.simplesOf(selector.compounds[4]).size(), std::size_t(2));
}

void SelectorsTest::oneInvalidSelectorMakesTheListInvalid()
{
    Atoms atoms;
    QCOMPARE(parsed(u"a, b, c"_s, atoms)->size(), std::size_t(3));
    QVERIFY(!parsed(u"a, b:unknown, c"_s, atoms));
}

void SelectorsTest::forgivingListsLeaveInvalidSelectorsOut()
{
    Atoms atoms;
    const auto argument = [&atoms](const QString &text) {
        return parsed(text, atoms)->front().simples.front().argument->selectors.size();
    };
    QCOMPARE(argument(u":is(a, :unknown, b)"_s), std::size_t(2));
    QCOMPARE(argument(u":where(::before, [, a], , b)"_s), std::size_t(1));
    QCOMPARE(argument(u":is()"_s), std::size_t(0));
}

void SelectorsTest::pseudoElementsAreKnownAlsoByOneColon()
{
    Atoms atoms;
    QCOMPARE(parsed(u"a:before"_s, atoms)->front().pseudoElement, PseudoElement::Before);
    QCOMPARE(parsed(u"a::First-Line"_s, atoms)->front().pseudoElement, PseudoElement::FirstLine);
    QCOMPARE(parsed(u":first-letter"_s, atoms)->front().pseudoElement, PseudoElement::FirstLetter);
    QCOMPARE(parsed(u"::marker"_s, atoms)->front().pseudoElement, PseudoElement::Marker);
    QVERIFY(!parsed(u":marker"_s, atoms));
}

void SelectorsTest::namesOfPrefixedPseudoElementsAreValidAndMatchNothing()
{
    Atoms atoms;
    QVERIFY(parsed(u"a::-webkit-anything"_s, atoms)->front().matchesNothing);
    QVERIFY(parsed(u"a::before:hover"_s, atoms)->front().matchesNothing);
    QVERIFY(!parsed(u"a::-moz-anything"_s, atoms));
}

void SelectorsTest::positionsAmongSiblingsAreRead_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(expected);
    };
    row("odd", "2n1");
    row(" EVEN ", "2n0");
    row("5", "0n5");
    row("-5", "0n-5");
    row("n", "1n0");
    row("-n", "-1n0");
    row("+n", "1n0");
    row("2N", "2n0");
    row("2n+1", "2n1");
    row("2n + 1", "2n1");
    row("2n -1", "2n-1");
    row("2n-1", "2n-1");
    row("2n- 1", "2n-1");
    row("n-3", "1n-3");
    row("-n+3", "-1n3");
    row("-n- 3", "-1n-3");
    row("+2n-0", "2n0");
    row("2 n", "invalid");
    row("+ n", "invalid");
    row("2n + +1", "invalid");
    row("2n 1", "invalid");
    row("2n - -1", "invalid");
    row("1.5", "invalid");
    row("1.5n", "invalid");
    row("n-", "invalid");
    row("n-a", "invalid");
    row("99999999999n+99999999999", "1000000000n1000000000");
}

void SelectorsTest::positionsAmongSiblingsAreRead()
{
    QFETCH(QString, text);
    QFETCH(QString, expected);
    QCOMPARE(nth(text), expected);
}

void SelectorsTest::tooMuchIsInvalid()
{
    QCOMPARE(specificity(u":not("_s.repeated(9) + u'a' + u")"_s.repeated(9)), u"invalid"_s);
    QCOMPARE(specificity(u":not("_s.repeated(8) + u'a' + u")"_s.repeated(8)), u"0,0,1"_s);
    QCOMPARE(specificity(u"a "_s.repeated(200)), u"invalid"_s);
    QCOMPARE(specificity(u".a"_s.repeated(2000)), u"invalid"_s);
    QCOMPARE(specificity(u":is("_s.repeated(100'000)), u"0,0,0"_s); // forgiven far inside
}

QTEST_APPLESS_MAIN(SelectorsTest)
#include "selectors_test.moc"
