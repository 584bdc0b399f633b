// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/dom/html_parser.h"
#include "renderer/engine/dom/tree_dump.h"

#include <QElapsedTimer>
#include <QTest>

using namespace bulkhead::engine;

namespace {

QString bodyOf(const QByteArray &html)
{
    Atoms atoms;
    const ParsedDocument parsed = parseHtml("<!DOCTYPE html>" + html, atoms);
    QString tree = dumpTree(parsed.document, parsed.document.childOfRoot(tag::Body));
    if (tree.startsWith(QStringLiteral("body(")))
        tree = tree.mid(5);
    return tree;
}

int depthOf(const Document &document)
{
    int deepest = 0;
    int depth = 0;
    for (NodeId id = NodeId::Root; id != NodeId::None; id = document.nextInTree(id)) {
        depth = 0;
        for (NodeId at = id; at != NodeId::Root; at = document.node(at).parent)
            ++depth;
        deepest = qMax(deepest, depth);
    }
    return deepest;
}

} // namespace

class HtmlParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFragmentBecomesADocument();
    void treesAreThoseOfTheStandard_data();
    void treesAreThoseOfTheStandard();
    void theDoctypeDecidesTheMode_data();
    void theDoctypeDecidesTheMode();
    void aSecondAttributeOfANameIsIgnored();
    void whatIsDeepIsCutInLinearTime_data();
    void whatIsDeepIsCutInLinearTime();
    void formattingThatMultipliesIsBounded();
    void aByteOrderMarkIsNoText();
};

void HtmlParserTest::aFragmentBecomesADocument()
{
    Atoms atoms;
    const ParsedDocument parsed = parseHtml("<title>a &amp; b</title><p>x", atoms);
    QCOMPARE(dumpTree(parsed.document), QStringLiteral("html(head(title(\"a & b\")) body(p(\"x\")))"));
    QVERIFY(!parsed.isCut);
    QVERIFY(atoms.find(u"div") == tag::Div);
    QVERIFY(atoms.find(u"http-equiv") == attr::HttpEquiv);
}

void HtmlParserTest::treesAreThoseOfTheStandard_data()
{
    QTest::addColumn<QByteArray>("html");
    QTest::addColumn<QString>("tree");
    const auto row = [](const char *name, const char *html, const char *tree) {
        QTest::newRow(name) << QByteArray(html) << QString::fromUtf8(tree) + u')';
    };
    row("misnested formatting", "<b><p>x</b>y</p>", "b p(b(\"x\") \"y\")");
    row("omitted ends", "<ul><li>a<li>b</ul>", "ul(li(\"a\") li(\"b\"))");
    row("a table's parts", "<table><tr><td>x", "table(tbody(tr(td(\"x\"))))");
    row("foster parents", "<table>a<tr><td>x</table>", "\"a\" table(tbody(tr(td(\"x\"))))");
    row("comments", "a<!-- x --!>b<!-->c<!--->d", "\"abcd\"");
    row("no comment in a script", "<script><!--<script></script>--></script>x", "script \"x\"");
    row("a less-than sign", "a < b <<i>c</i>", "\"a < b <\" i(\"c\")");
    row("options", "<select><option>a<option>b</select>", "select(option(\"a\") option(\"b\"))");
    row("an open svg", "<svg><path><div>x", "svg:svg(svg:path) div(\"x\")");
    row("names of svg", "<svg viewbox=0><lineargradient>", "svg:svg[viewBox=0](svg:linearGradient)");
    row("CDATA in svg", "<svg><text><![CDATA[a<b]]></text></svg>", "svg:svg(svg:text(\"a<b\"))");
    row("CDATA in HTML", "<![CDATA[a]]>b", "\"b\"");
    row("a paragraph's end in svg", "<svg></p>x", "svg:svg p \"x\"");
    row("dialog ends a paragraph", "<p>a<dialog>b</dialog>c", "p(\"a\") dialog(\"b\") \"c\"");
    row("no isindex", "<isindex>x", "\"x\"");
    row("style", "<style>a > b { content: '<p>' }</style>", "style(\"a > b { content: '<p>' }\")");
    row("xmp", "<xmp><b>&amp;</xmp>x", "xmp(\"<b>&amp;\") \"x\"");
    row("plaintext", "<plaintext></p>&lt;", "plaintext(\"</p>&lt;\")");
    row("a text area", "<textarea>\n<b>&lt;</textarea>", "textarea(\"<b><\")");
    row("nothing of templates", "<template><p>x<template>y</template></template>z", "template \"z\"");
    row("no fallback of iframes", "<iframe><p>x</iframe>y", "iframe \"y\"");
    row("unquoted values", "<p title=a/b id='\"'>", "p[title=a/b][id=\"]");
    row("references in values", "<p title='&lt;&notit;&#x41;'>", "p[title=<&notit;A]");
    row("ruby", "<ruby>a<rt>b<rt>c</ruby>", "ruby(\"a\" rt(\"b\") rt(\"c\"))");
    row("links in links", "<a href=x>1<a href=y>2", "a[href=x](\"1\") a[href=y](\"2\")");
    row("nested headings", "<h1>a<h2>b</h1>c", "h1(\"a\") h2(\"b\") \"c\"");
    row("buttons", "<button><p>a</button>b", "button(p(\"a\")) \"b\"");
    row("unknown elements", "<my-thing a=1>x</my-thing>", "my-thing[a=1](\"x\")");
    row("noscript is shown", "<noscript><p>x</noscript>", "noscript(p(\"x\"))");
}

void HtmlParserTest::treesAreThoseOfTheStandard()
{
    QFETCH(QByteArray, html);
    QFETCH(QString, tree);
    QCOMPARE(bodyOf("<body>" + html), tree);
}

void HtmlParserTest::theDoctypeDecidesTheMode_data()
{
    QTest::addColumn<QByteArray>("doctype");
    QTest::addColumn<QuirksMode>("mode");
    QTest::newRow("html") << QByteArray("<!DOCTYPE html>") << QuirksMode::None;
    QTest::newRow("none") << QByteArray() << QuirksMode::Quirks;
    QTest::newRow("loose without address")
        << QByteArray("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\">") << QuirksMode::Quirks;
    QTest::newRow("loose") << QByteArray("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" "
                                         "\"http://www.w3.org/TR/html4/loose.dtd\">")
                           << QuirksMode::Limited;
    QTest::newRow("strict") << QByteArray("<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" "
                                          "\"http://www.w3.org/TR/html4/strict.dtd\">")
                            << QuirksMode::None;
}

void HtmlParserTest::theDoctypeDecidesTheMode()
{
    QFETCH(QByteArray, doctype);
    QFETCH(QuirksMode, mode);
    Atoms atoms;
    QVERIFY(parseHtml(doctype + "<p>x", atoms).document.quirks() == mode);
}

void HtmlParserTest::aSecondAttributeOfANameIsIgnored()
{
    QCOMPARE(bodyOf("<p ID=a id=b>"), QStringLiteral("p[id=a])"));
}

void HtmlParserTest::whatIsDeepIsCutInLinearTime_data()
{
    QTest::addColumn<QByteArray>("part");
    for (const char *part : {"<div>",     "<b>",          "<font size=1>",
                             "<form>",    "<table>",      "<table><tr><td>",
                             "<svg>",     "<math>",       "<span>",
                             "<a><div>",  "<p><b>",       "<b></p>",
                             "<table>x",  "<ul><li>",     "<button>",
                             "<select>",  "<svg><title>", "<h1><h2>",
                             "<object>",  "<dl><dd>",     "<svg><foreignObject>",
                             "<div></p>", "<i><div></i>", "<table><div>",
                             "<q></p>"})
        QTest::newRow(part) << QByteArray(part);
    QTest::newRow("attributes") << QByteArray();
}

void HtmlParserTest::whatIsDeepIsCutInLinearTime()
{
    QFETCH(QByteArray, part);
    QByteArray html = part.repeated(5000);
    if (part.isEmpty()) {
        html = "<p";
        for (int i = 0; i < 20'000; ++i)
            html += " a" + QByteArray::number(i);
        html += ">";
    }
    Atoms atoms;
    QElapsedTimer timer;
    timer.start();
    const ParsedDocument parsed = parseHtml(html, atoms);
    QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY2(depthOf(parsed.document) <= 520, qPrintable(QString::number(depthOf(parsed.document))));
}

void HtmlParserTest::formattingThatMultipliesIsBounded()
{
    QByteArray html;
    for (int i = 0; i < 200; ++i)
        html += "<p><b id=" + QByteArray::number(i) + '>';
    html += QByteArray("<p>x").repeated(50'000);
    Atoms atoms;
    ParseLimits limits;
    limits.parserBytes = 16 * 1024 * 1024;
    limits.nodes = 100'000;
    const ParsedDocument parsed = parseHtml(html, atoms, limits);
    QVERIFY(parsed.isCut);
    QVERIFY(parsed.document.nodeCount() <= std::size_t(limits.nodes) + 2);
}

void HtmlParserTest::aByteOrderMarkIsNoText()
{
    Atoms atoms;
    QCOMPARE(dumpTree(parseHtml("\xef\xbb\xbf<p>x", atoms).document), QStringLiteral("html(head body(p(\"x\")))"));
}

QTEST_GUILESS_MAIN(HtmlParserTest)
#include "html_parser_test.moc"
