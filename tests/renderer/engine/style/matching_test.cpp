// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/selector_parser.h"
#include "renderer/engine/css/sheet_parser.h"
#include "renderer/engine/dom/html_parser.h"
#include "renderer/engine/style/matcher.h"
#include "renderer/engine/style/matcher_selectors.h"

#include <QElapsedTimer>
#include <QTest>

#include <memory>
#include <vector>

using namespace bulkhead::engine;
using namespace Qt::StringLiterals;

namespace {

/// A document and what selectors match of it.
class Page
{
public:
    explicit Page(const QByteArray &html) : m_parsed(parseHtml(html, m_atoms)) {}

    const Document &document() const { return m_parsed.document; }
    NodeId byId(const QString &id) const { return document().elementById(id); }
    /// The ids of the elements in the body that @p selector matches, in order.
    QString matched(const QString &selector, const MatchState &state = {})
    {
        const auto list = css::parseSelectorList(css::tokenize(selector), {&m_atoms, nullptr, nullptr});
        if (!list)
            return u"invalid"_s;
        SelectorMatcher matcher(document(), state);
        QString ids;
        for (NodeId id = NodeId::Root; id != NodeId::None; id = document().nextInTree(id)) {
            const QString *name = document().attribute(id, m_atoms.find(u"id"));
            if (name && matcher.matchesAny(id, *list))
                ids += *name;
        }
        return ids;
    }
    SheetSource sheet(const QString &text, Origin origin = Origin::Author)
    {
        css::SheetContext context;
        context.atoms = &m_atoms;
        return {std::make_shared<css::Sheet>(css::parseSheet(text, context)), {}, origin};
    }

private:
    Atoms m_atoms;
    ParsedDocument m_parsed;
};

/// What the tables of selectors are about.
Page elements()
{
    return Page("<!DOCTYPE html><body><div id=a>"
                "<div id=b class=x></div><p id=c class='y x' title='Foo bar'>1</p>"
                "<p id=d lang=en-Latn-US title=en-x></p><p id=e></p><p id=f class=x></p></div>"
                "<div id=g dir=rtl><span id=h>2</span></div>"
                "<input id=i type=checkbox checked required><button id=j disabled>3</button>"
                "<a id=k href=x>4</a><a id=l></a><select id=m><option id=n disabled></option><option id=o></option>"
                "</select>");
}

/// How many declarations each rule has, which names it.
QString numbers(const std::vector<MatchedRule> &rules)
{
    QString text;
    for (const MatchedRule &rule : rules)
        text += QString::number(rule.rule->block.declarations.size());
    return text;
}

} // namespace

class MatchingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesAndPlacesMatchAsTheSpecificationSays_data();
    void namesAndPlacesMatchAsTheSpecificationSays();
    void attributesAndFunctionsMatchAsTheSpecificationSays_data();
    void attributesAndFunctionsMatchAsTheSpecificationSays();
    void theStateIsGivenIn();
    void quirksModeComparesNamesWithoutCase();
    void rulesComeInTheOrderOfTheCascade();
    void importantRulesComeTheOtherWayRound();
    void pseudoElementsHaveRulesOfTheirOwn();
    void elementsWithTheSameRulesShareThem();
    void whatDoesNotApplyIsNotThere();
    void siblingsCostNoSquare_data();
    void siblingsCostNoSquare();
    void hostileSelectorsEnd();
};

void MatchingTest::namesAndPlacesMatchAsTheSpecificationSays_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *selector, const char *expected) {
        QTest::newRow(selector) << QString::fromLatin1(selector) << QString::fromLatin1(expected);
    };
    row("*", "abcdefghijklmno");
    row("DIV", "abg");
    row("#c", "c");
    row("#C", "");
    row(".x", "bcf");
    row(".X", "");
    row(".x.y", "c");
    row("div .x", "bcf");
    row("div > .x", "bcf");
    row("body > div > .x", "bcf");
    row("body > .x", "");
    row("div div", "b");
    row(".x + p", "cd");
    row(".x ~ p", "cdef");
    row(".x ~ p ~ p", "def");
    row("#b + p ~ p + p", "ef");
    row("div > #b ~ p span", "");
    row(":root #c", "c");
    row(":root", "");
    row("p:first-child", "");
    row("p:first-of-type", "c");
    row("p:last-child", "f");
    row("p:nth-child(2n)", "ce");
    row("p:nth-child(even of .x)", "c");
    row("p:nth-child(3 of .x)", "f");
    row("p:nth-last-child(1 of .x)", "f");
    row("p:nth-last-child(-n+2)", "ef");
    row("p:nth-of-type(2)", "d");
    row("p:nth-last-of-type(4)", "c");
    row("span:only-child", "h");
    row("span:only-of-type", "h");
    row(":empty", "bdefilno");
}

void MatchingTest::namesAndPlacesMatchAsTheSpecificationSays()
{
    QFETCH(QString, selector);
    QFETCH(QString, expected);
    QCOMPARE(elements().matched(selector), expected);
}

void MatchingTest::attributesAndFunctionsMatchAsTheSpecificationSays_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *selector, const char *expected) {
        QTest::newRow(selector) << QString::fromLatin1(selector) << QString::fromLatin1(expected);
    };
    row("[title]", "cd");
    row("[TITLE='Foo bar']", "c");
    row("[title='foo bar']", "");
    row("[title='foo bar' i]", "c");
    row("[title~=bar]", "c");
    row("[title~='Foo bar']", "");
    row("[title|=en]", "d");
    row("[title^=Foo]", "c");
    row("[title$=AR i]", "c");
    row("[title*='o b']", "c");
    row("[title*='']", "");
    row("[type=CHECKBOX]", "i");
    row("[type=CHECKBOX s]", "");
    row(":is(#c, .x)", "bcf");
    row(":is(div > p, body) + p", "def");
    row("p:not(.x)", "de");
    row("p:not(:nth-child(even), .y)", "df");
    row(":not(body *)", "");
    row("div:has(span)", "g");
    row("div:has(> .y)", "a");
    row("div:has(+ p)", "b");
    row("p:has(~ .x)", "cde");
    row("body div:has(.x + p)", "a");
    row(":has(.nothing)", "");
    row("p:not(:has(+ p))", "f");
    row("div:has(:is(body span))", "g");
    row("a:link", "k");
    row(":any-link", "k");
    row(":visited", "");
    row("a:not(:link)", "l");
    row("input:checked", "i");
    row("option:checked", "o");
    row(":disabled", "jn");
    row("input:enabled", "i");
    row(":read-write", "");
    row(":required", "i");
    row("p:lang(en)", "d");
    row("p:lang('*-us')", "d");
    row("p:lang(de)", "");
    row("span:dir(rtl)", "h");
    row("p:dir(ltr)", "cdef");
    row(":hover, :focus, :target, :active", "");
}

void MatchingTest::attributesAndFunctionsMatchAsTheSpecificationSays()
{
    QFETCH(QString, selector);
    QFETCH(QString, expected);
    QCOMPARE(elements().matched(selector), expected);
}

void MatchingTest::theStateIsGivenIn()
{
    Page page("<!DOCTYPE html><body><div id=a><p id=b><i id=c></i></p></div><input id=d type=radio>");
    MatchState state;
    state.hovered = page.byId(u"b"_s);
    state.focused = state.target = page.byId(u"c"_s);
    state.controls[page.byId(u"d"_s)].isChecked = true;
    QCOMPARE(page.matched(u":hover"_s, state), u"ab"_s);
    QCOMPARE(page.matched(u":active"_s, state), u""_s);
    QCOMPARE(page.matched(u":focus"_s, state), u"c"_s);
    QCOMPARE(page.matched(u":focus-within"_s, state), u"abc"_s);
    QCOMPARE(page.matched(u":focus-visible"_s, state), u""_s);
    QCOMPARE(page.matched(u":target"_s, state), u"c"_s);
    QCOMPARE(page.matched(u"div:has(:target)"_s, state), u"a"_s);
    QCOMPARE(page.matched(u":checked"_s, state), u"d"_s);
}

void MatchingTest::quirksModeComparesNamesWithoutCase()
{
    Page page("<body><p id=a class=Big></p>");
    QCOMPARE(page.matched(u"#A.bIG"_s), u"a"_s);
    MatchState state;
    state.hovered = page.byId(u"a"_s);
    QCOMPARE(page.matched(u":hover"_s, state), u""_s);
    QCOMPARE(page.matched(u"p:hover"_s, state), u"a"_s);
}

/// Each rule has another number of declarations.
void MatchingTest::rulesComeInTheOrderOfTheCascade()
{
    Page page("<!DOCTYPE html><body><p id=a class=b>");
    const std::vector<SheetSource> sheets = {
        page.sheet(u"p{top:0;left:0;right:0}"_s),
        page.sheet(u"#a{top:0}"_s, Origin::UserAgent),
        page.sheet(u"*{top:0;left:0;right:0;bottom:0}"
                   "@layer x,y; @layer y{p{top:0;left:0;right:0;bottom:0;width:0}}"
                   "@layer x{#a{top:0;left:0;right:0;bottom:0;width:0;height:0} @layer z{#a{top:0;left:0}}}"_s),
    };
    const RuleIndex index(sheets, {}, page.document());
    const MatchedRuleTable table = matchDocument(page.document(), index);
    QCOMPARE(numbers(table.of(page.byId(u"a"_s)).normal), u"126543"_s);
    QVERIFY(table.of(page.byId(u"a"_s)).important.empty());
}

void MatchingTest::importantRulesComeTheOtherWayRound()
{
    Page page("<!DOCTYPE html><body><p id=a class=b>");
    const std::vector<SheetSource> sheets = {
        page.sheet(u"p{top:0!important}"_s, Origin::UserAgent),
        page.sheet(u"p{top:0!important;left:0}"_s, Origin::User),
        page.sheet(u"@layer x{p{top:0!important;left:0;right:0}} @layer y{p{top:0!important;left:0;right:0;bottom:0}}"
                   "p{top:0!important;left:0;right:0;bottom:0;width:0} *{top:0!important;width:0;height:0;left:0;"
                   "right:0;bottom:0}"_s),
    };
    const RuleIndex index(sheets, {}, page.document());
    const MatchedRuleTable table = matchDocument(page.document(), index);
    QCOMPARE(numbers(table.of(page.byId(u"a"_s)).important), u"654321"_s);
    QCOMPARE(numbers(table.of(page.byId(u"a"_s)).normal), u"23465"_s);
}

void MatchingTest::pseudoElementsHaveRulesOfTheirOwn()
{
    Page page("<!DOCTYPE html><body><p id=a>");
    const RuleIndex index({page.sheet(u"p::before{top:0} p{top:0;left:0} p:AFTER{top:0;left:0;right:0}"_s)}, {},
                          page.document());
    const MatchedRuleTable table = matchDocument(page.document(), index);
    const NodeId p = page.byId(u"a"_s);
    QCOMPARE(numbers(table.of(p, PseudoElement::Before).normal), u"1"_s);
    QCOMPARE(numbers(table.of(p).normal), u"2"_s);
    QCOMPARE(numbers(table.of(p, PseudoElement::After).normal), u"3"_s);
    QVERIFY(table.of(p, PseudoElement::Marker).isEmpty());
}

void MatchingTest::elementsWithTheSameRulesShareThem()
{
    Page page("<!DOCTYPE html><body><p id=a class='x x'><p id=b><p id=c class=x>");
    const RuleIndex index({page.sheet(u".x{top:0} p{top:0} :is(.x, p){top:0}"_s)}, {}, page.document());
    const MatchedRuleTable table = matchDocument(page.document(), index);
    QCOMPARE(table.idOf(page.byId(u"a"_s)), table.idOf(page.byId(u"c"_s)));
    QVERIFY(table.idOf(page.byId(u"a"_s)) != table.idOf(page.byId(u"b"_s)));
    QCOMPARE(table.of(page.byId(u"a"_s)).normal.size(), std::size_t(3));
    QCOMPARE(table.distinctCount(), std::size_t(3));
}

void MatchingTest::whatDoesNotApplyIsNotThere()
{
    Page page("<!DOCTYPE html><body><p id=a>");
    css::MediaEnvironment environment;
    SheetSource print = page.sheet(u"p{top:0;left:0}"_s);
    print.media = css::MediaQueryList::parse(u"print");
    const std::vector<SheetSource> sheets = {
        page.sheet(u"@media (width < 500px){p{top:0}} @font-face{font-family:a;src:url(b)} p:hover{top:0}"_s), print};
    const RuleIndex wide(sheets, environment, page.document());
    QVERIFY(matchDocument(page.document(), wide).of(page.byId(u"a"_s)).isEmpty());
    QCOMPARE(wide.fontFaces().size(), std::size_t(1));
    QVERIFY(wide.asks(css::PseudoClass::Hover) && !wide.asks(css::PseudoClass::Focus));
    environment.width = 499;
    const RuleIndex narrow(sheets, environment, page.document());
    QCOMPARE(numbers(matchDocument(page.document(), narrow).of(page.byId(u"a"_s)).normal), u"1"_s);
}

void MatchingTest::siblingsCostNoSquare_data()
{
    QTest::addColumn<QString>("sheet");
    const auto row = [](const char *sheet) { QTest::newRow(sheet) << QString::fromLatin1(sheet); };
    row(".x ~ i{top:0}");
    row(".x ~ i ~ i ~ i{top:0}");
    row("i ~ i ~ i ~ .x ~ i{top:0}");
    row(":nth-child(3n+1):nth-last-child(2n){top:0}");
    row("i:nth-of-type(3n+1):nth-last-of-type(2n){top:0}");
    row(":nth-child(3n of i + i):nth-last-child(2 of .x){top:0}");
    row(":only-of-type{top:0}");
    row("i:has(~ .x){top:0}");
    row("body:has(i + .x) > i, i:has(+ i + i ~ .x){top:0}");
    row("body i:not(:has(~ i)){top:0}");
    row("i:dir(rtl){top:0}");
}

void MatchingTest::siblingsCostNoSquare()
{
    QFETCH(QString, sheet);
    Page page("<!DOCTYPE html><body dir=auto>" + QByteArray("<i></i>").repeated(50'000));
    QElapsedTimer timer;
    timer.start();
    const RuleIndex index({page.sheet(sheet)}, {}, page.document());
    matchDocument(page.document(), index);
    QVERIFY2(timer.elapsed() < 1500, qPrintable(QString::number(timer.elapsed())));
}

void MatchingTest::hostileSelectorsEnd()
{
    Page page("<!DOCTYPE html><body>" + QByteArray("<b>").repeated(500) + QByteArray("<i></i>").repeated(500));
    QElapsedTimer timer;
    timer.start();
    QString deep = u"b"_s;
    for (int i = 0; i < 7; ++i)
        deep = u":is(%1 b b)"_s.arg(deep);
    QString nested = u"i"_s;
    for (int i = 0; i < 20; ++i)
        nested += u"{&,&,b &"_s;
    nested += u"{top:0}"_s;
    const std::vector<SheetSource> sheets = {page.sheet(u"b b b b b b b b b b > .x i{top:0}"_s + deep + u" i{top:0}"_s),
                                             page.sheet(nested)};
    const RuleIndex index(sheets, {}, page.document());
    matchDocument(page.document(), index);
    QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_APPLESS_MAIN(MatchingTest)
#include "matching_test.moc"
