// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/charset.h"
#include "renderer/engine/css/declaration_list.h"
#include "renderer/engine/css/sheet_parser.h"

#include <QTest>

#include <variant>

using namespace bulkhead::engine;
using namespace bulkhead::engine::css;
using namespace Qt::StringLiterals;

namespace {

QString shown(const std::vector<Rule> &rules);

QString name(const LayerName &layer)
{
    QString text;
    for (const QString &part : layer)
        text += (text.isEmpty() ? u""_s : u"."_s) + part;
    return text;
}

struct Shower
{
    /// How many selectors, how many declarations.
    QString operator()(const StyleRule &rule) const
    {
        return u"%1{%2}"_s.arg(rule.selectors->selectors.size()).arg(rule.block.declarations.size());
    }
    QString operator()(const MediaRule &rule) const { return u"media("_s + shown(rule.rules) + u')'; }
    QString operator()(const LayerBlock &rule) const
    {
        return u"layer "_s + name(rule.name) + u'(' + shown(rule.rules) + u')';
    }
    QString operator()(const LayerStatement &rule) const
    {
        QString text = u"layers"_s;
        for (const LayerName &layer : rule.names)
            text += u' ' + name(layer);
        return text;
    }
    QString operator()(const ImportRule &rule) const
    {
        return u"import "_s + rule.url.toString() + (rule.isLayered ? u" layer "_s + name(rule.layer) : QString());
    }
    QString operator()(const FontFace &face) const { return u"font "_s + face.family; }
    QString operator()(const PageRule &rule) const
    {
        return u"page%1{%2}"_s.arg(int(rule.pages)).arg(rule.block.declarations.size());
    }
    QString operator()(const CounterStyleRule &rule) const { return u"counter "_s + rule.name; }
};

QString shown(const std::vector<Rule> &rules)
{
    QStringList all;
    for (const Rule &rule : rules)
        all.append(std::visit(Shower(), rule.content));
    return all.join(u' ');
}

Sheet parse(const QString &text)
{
    static Atoms atoms;
    SheetContext context;
    context.atoms = &atoms;
    context.values.base = QUrl(u"https://example.org/css/a.css"_s);
    return parseSheet(text, context);
}

QString rules(const QString &text)
{
    return shown(parse(text).rules);
}

} // namespace

class SheetTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rulesAreRead_data();
    void rulesAreRead();
    void importanceIsNoPartOfTheValue();
    void nestedRulesBelongToTheirParents();
    void aFontIsDescribed();
    void attributesAreListsOfDeclarations();
    void supportsAsksForDeclarationsAndSelectors_data();
    void supportsAsksForDeclarationsAndSelectors();
    void aSheetMaySayItsEncoding();
    void hostileSheetsEnd();
};

void SheetTest::rulesAreRead_data()
{
    QTest::addColumn<QString>("sheet");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const QString &sheet, const QString &expected) {
        QTest::newRow(name) << sheet << expected;
    };
    row("style rules", u"a, b { color: red; width: 1px }"_s, u"2{2}"_s);
    row("an empty rule is none", u"a {} b { color: red }"_s, u"1{1}"_s);
    row("the end closes", u"a { color: red; width: calc(1px"_s, u"1{2}"_s);
    row("an invalid selector takes its block along", u"a! { color: red } b { color: red }"_s, u"1{1}"_s);
    row("an invalid declaration ends at its semicolon",
        u"a { color red; width: 1px; : ; 12: 3; color: {red}; height: 1px }"_s, u"1{1} 1{1}"_s);
    row("brackets protect semicolons", u"a { x: (;) [;] ';'; width: 1px }"_s, u"1{1}"_s);
    row("a bracket that is not closed takes the rest", u"a { x: (; width: 1px } b { color: red }"_s, u""_s);
    row("marks of HTML comments", u"<!-- a { color: red } --> b { color: red }"_s, u"1{1} 1{1}"_s);
    row("unknown rules", u"@x; @y {a{b:c}} @z (;) [{}] {} a { color: red }"_s, u"1{1}"_s);
    row("a stray bracket joins what follows", u"} a { color: red } b { color: red }"_s, u"1{1}"_s);
    row("media", u"@media print { a { color: red } @media all { b { color: red } } } @media { c { color: red } }"_s,
        u"media(1{1} media(1{1})) media(1{1})"_s);
    row("supports is decided at once",
        u"@supports (display: grid) { a { color: red } } @supports (a: b) { b { color: red } }"_s, u"1{1}"_s);
    row("imports are first",
        u"@charset 'x'; @layer a; @import 'b.css'; @import url(c) layer(d.e) print; x {color:red} @import 'f';"_s,
        u"layers a import https://example.org/css/b.css import https://example.org/css/c layer d.e 1{1}"_s);
    row("an import may depend",
        u"@import 'a' supports(display: block); @import 'b' supports(x: y); @import 'c' layer;"_s,
        u"import https://example.org/css/a import https://example.org/css/c layer "_s);
    row("invalid rules do not end the imports", u"@x; a! {} @import 'a';"_s, u"import https://example.org/css/a"_s);
    row("layers", u"@layer a { b { color: red } } @layer { c { color: red } } @layer d.e, f; @layer 1; @layer a. b;"_s,
        u"layer a(1{1}) layer (1{1}) layers d.e f"_s);
    row("namespaces are declared before they are used",
        u"@namespace n 'u'; n|a { color: red } m|b { color: red } @namespace m 'v'; m|b { color: red }"_s, u"1{1}"_s);
    row("fonts", u"@font-face { font-family: A; src: url(a.woff) } @font-face { font-family: B }"_s, u"font A"_s);
    row("pages", u"@page { margin: 1px } @page :first { color: red } @page :x {}"_s, u"page0{4} page1{1}"_s);
    row("counters", u"@counter-style a { system: cyclic; symbols: x } @keyframes b { from { color: red } }"_s,
        u"counter a"_s);
}

void SheetTest::rulesAreRead()
{
    QFETCH(QString, sheet);
    QFETCH(QString, expected);
    QCOMPARE(rules(sheet), expected);
}

void SheetTest::importanceIsNoPartOfTheValue()
{
    const Sheet sheet = parse(u"a { color: red ! /**/ IMPORTANT ; width: 1px; --x: a !important }"_s);
    const DeclarationBlock &block = std::get<StyleRule>(sheet.rules.front().content).block;
    QCOMPARE(block.declarations.size(), std::size_t(3));
    QVERIFY(block.hasNormal && block.hasImportant);
    QCOMPARE(block.declarations[0].importance, Importance::Important);
    QCOMPARE(block.declarations[1].importance, Importance::Normal);
    QCOMPARE(block.declarations[2].importance, Importance::Important);
    QCOMPARE(rules(u"a { color: red important; color: !important; color: red !important x }"_s), u""_s);
}

void SheetTest::nestedRulesBelongToTheirParents()
{
    QCOMPARE(rules(u"a { color: red; &:hover { color: red } b & { color: red } width: 1px; > c { color: red } }"_s),
             u"1{1} 1{1} 1{1} 1{1} 1{1}"_s);
    QCOMPARE(rules(u"a { @media print { color: red; b { color: red } } }"_s), u"media(1{1} 1{1})"_s);
    const Sheet sheet = parse(u"#a, b { c { color: red } & { color: red } }"_s);
    const auto &inner = std::get<StyleRule>(sheet.rules[0].content).selectors->selectors.front();
    QCOMPARE(inner.compounds.size(), std::size_t(2));
    QCOMPARE(inner.specificity, Specificity(1, 0, 1));
    const auto &same = std::get<StyleRule>(sheet.rules[1].content).selectors->selectors.front();
    QCOMPARE(same.compounds.size(), std::size_t(1));
}

void SheetTest::aFontIsDescribed()
{
    const Sheet sheet =
        parse(u"@font-face { font-family: 'A B'; src: local(C  D), url('../e.woff2') format('WOFF2'), x, url(f);"
              u"font-weight: 200 BOLD; font-style: oblique 10deg; font-stretch: condensed;"
              u"unicode-range: U+0-7F, u+4?? , U+20AC; unicode-range: nothing }"_s);
    const FontFace &face = std::get<FontFace>(sheet.rules.front().content);
    QCOMPARE(face.family, u"A B"_s);
    QCOMPARE(face.sources.size(), std::size_t(3));
    QCOMPARE(face.sources[0].name, u"C D"_s);
    QCOMPARE(face.sources[1].url, QUrl(u"https://example.org/e.woff2"_s));
    QCOMPARE(face.sources[1].format, u"woff2"_s);
    QCOMPARE(face.weight, std::pair(200.0, 700.0));
    QCOMPARE(face.slant, FontFace::Slant::Oblique);
    QCOMPARE(face.stretch, std::pair(75.0, 75.0));
    QCOMPARE(face.ranges.size(), std::size_t(3));
    QCOMPARE(face.ranges[1], std::pair(char32_t(0x400), char32_t(0x4ff)));
}

void SheetTest::attributesAreListsOfDeclarations()
{
    const DeclarationBlock block = parseDeclarationList(u"color: red; ; width: 1px; a { color: red } height: 1px", {});
    QCOMPARE(block.declarations.size(), std::size_t(2));
    QVERIFY(parseDeclarationList(u"{ color: red }", {}).isEmpty());
    QCOMPARE(parseDeclarationList(u"@x {} color: red", {}).declarations.size(), std::size_t(1));
}

void SheetTest::supportsAsksForDeclarationsAndSelectors_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<bool>("expected");
    for (const char *condition :
         {"(display: block)", "not (x: y)", "((display: block))", "(display: block) and (color: red)",
          "(x: y) or (color: red)", "not ((x: y) or (x: z))", "selector(a > b)", "not selector(:unknown)", "(--a: b)",
          "(display: block !important)", "not (unknown)", "not unknown(a)", "not ()", "(  display  :  block  )"})
        QTest::newRow(condition) << QString::fromLatin1(condition) << true;
    for (const char *condition :
         {"", "(x: y)", "display: block", "not(display: block)", "(display: block)and (color: red)",
          "(display: block) and(color: red)", "(x: y) and (color: red) or (color: red)", "not not (x: y)",
          "selector(a, b)", "selector(:unknown)", "(display: block) x", "(display: block;)", "()", "unknown(a)",
          "(not (display: block))", "(display: block) or", "not", "[display: block]"})
        QTest::newRow(condition) << QString::fromLatin1(condition) << false;
}

void SheetTest::supportsAsksForDeclarationsAndSelectors()
{
    QFETCH(QString, condition);
    QFETCH(bool, expected);
    QCOMPARE(rules(u"@supports "_s + condition + u" { a { color: red } }"_s), expected ? u"1{1}"_s : u""_s);
}

void SheetTest::aSheetMaySayItsEncoding()
{
    QCOMPARE(declaredCharset("@charset \"Shift_JIS\"; a {}"), u"Shift_JIS"_s);
    QCOMPARE(declaredCharset("@charset \"utf-16le\";"), u"utf-8"_s);
    for (const char *none : {"", " @charset \"a\";", "@charset 'a';", "@charset \"a\" ;", "@charset \"a"})
        QCOMPARE(declaredCharset(none), QString());
}

void SheetTest::hostileSheetsEnd()
{
    QCOMPARE(rules(u"@media all {"_s.repeated(100'000) + u"a {"_s).count(u"media"), 33);
    rules(u"a {"_s.repeated(100'000));
    rules(u"&,& {"_s.repeated(1'000));
    rules(u"@supports ("_s.repeated(50'000));
    rules(u"a { color: (("_s.repeated(20'000));
    QCOMPARE(parse(u"a{color:red}"_s.repeated(210'000)).rules.size(), std::size_t(200'000));
}

QTEST_APPLESS_MAIN(SheetTest)
#include "sheet_test.moc"
