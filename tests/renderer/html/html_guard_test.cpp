// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_guard.h"
#include "tests/support/lacking.h"

#include <QFile>
#include <QTest>

using namespace bulkhead;

namespace {

QByteArray guarded(const QByteArray &html)
{
    return HtmlGuard().guard(html).html;
}

int depthOf(const QByteArray &html)
{
    int depth = 0;
    int deepest = 0;
    for (qsizetype i = 0; i + 1 < html.size(); ++i) {
        if (html[i] != '<')
            continue;
        depth += html[i + 1] == '/' ? -1 : 1;
        deepest = qMax(deepest, depth);
    }
    return deepest;
}

} // namespace

class HtmlGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closesWhatTheDocumentLeavesOpen_data()
    {
        QTest::addColumn<QByteArray>("html");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("list items") << QByteArray("<ul><li>a<li>b</ul>") << QByteArray("<ul><li>a</li><li>b</li></ul>");
        QTest::newRow("nested lists") << QByteArray("<ul><li>a<ul><li>b</ul><li>c</ul>")
                                      << QByteArray("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>");
        QTest::newRow("paragraphs") << QByteArray("<p>a<p>b<div>c</div>") << QByteArray("<p>a</p><p>b</p><div>c</div>");
        QTest::newRow("cells") << QByteArray("<table><tr><td>a<td>b<tr><td>c</table>d")
                               << QByteArray("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d");
        QTest::newRow("definitions") << QByteArray("<dl><dt>a<dd>b<dt>c</dl>")
                                     << QByteArray("<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>");
        QTest::newRow("misnested formatting") << QByteArray("<b>x<i>y</b>z</i>") << QByteArray("<b>x<i>y</i></b>z");
        QTest::newRow("formatting over blocks")
            << QByteArray("<b><div>x</b>y</div>z") << QByteArray("<b><div>xy</div>z</b>");
        QTest::newRow("stray end tags") << QByteArray("</div></p></td>a</br>") << QByteArray("a<br>");
        QTest::newRow("anchors") << QByteArray("<a name=x>a<a name=y>b")
                                 << QByteArray("<a name=\"x\">a</a><a name=\"y\">b</a>");
    }
    void closesWhatTheDocumentLeavesOpen()
    {
        QFETCH(QByteArray, html);
        QFETCH(QByteArray, expected);
        QCOMPARE(guarded(html), expected);
    }

    void removesScriptsCommentsAndHandlers()
    {
        QCOMPARE(guarded("a<script>if (a < b) '</div>'</script>b<!-- <p> -->c<p onclick=x onLoad='y' id=z>d</p>"),
                 QByteArray("abc<p id=\"z\">d</p>"));
        QCOMPARE(guarded("a<!-- never ends <p>b"), QByteArray("a"));
        QCOMPARE(guarded("a<script>never ends"), QByteArray("a"));
        QCOMPARE(guarded("a<p title='never ends"), QByteArray("a"));
    }

    void takesStylesOutInDocumentOrder()
    {
        const GuardedHtml out =
            HtmlGuard().guard("<link rel=stylesheet href=a.css media=screen><style media=print>b{}</style>"
                              "<link rel='alternate stylesheet' href=no.css>"
                              "<LINK REL=StyleSheet HREF='c.css?x=1&amp;y=2'>");
        QCOMPARE(out.styles.size(), std::size_t(3));
        QCOMPARE(out.styles[0].href, QStringLiteral("a.css"));
        QCOMPARE(out.styles[0].media, QStringLiteral("screen"));
        QCOMPARE(out.styles[1].text, QByteArray("b{}"));
        QCOMPARE(out.styles[2].href, QStringLiteral("c.css?x=1&y=2"));
        QVERIFY(out.html.contains("href=\"2\""));
        QVERIFY(!out.html.contains("c.css"));
    }

    void takesDataUrlsAndInlineDrawingsOut()
    {
        const GuardedHtml out =
            HtmlGuard().guard("<img src='data:image/png;base64,AAAA'><svg width=10 height=5><path d=''/></svg>x");
        QCOMPARE(out.dataUrls.size(), std::size_t(2));
        QCOMPARE(out.dataUrls[0], QByteArray("data:image/png;base64,AAAA"));
        QVERIFY(QByteArray::fromBase64(out.dataUrls[1].mid(26)).startsWith("<svg"));
        QVERIFY(out.html.contains("src=\"bulkhead-data:1\""));
        QVERIFY(out.html.endsWith("x"));
        QVERIFY(!out.html.contains("path"));
    }

    void findsBaseAndIcons()
    {
        const GuardedHtml out =
            HtmlGuard().guard("<base href=/one/><base href=/two/><link rel='shortcut icon' href=i.ico>");
        QCOMPARE(out.baseHref, QStringLiteral("/one/"));
        QCOMPARE(out.icons, QStringList{QStringLiteral("i.ico")});
    }

    void boundsDepth()
    {
        for (const char *tag : {"div", "b", "ul><li", "table><tr><td", "font color=red"}) {
            QByteArray html;
            for (int i = 0; i < 100'000; ++i)
                html += QByteArray("<") + tag + '>';
            const GuardedHtml out = HtmlGuard().guard(html + "text");
            QVERIFY2(depthOf(out.html) <= HtmlLimits().depth + 1, tag);
            QVERIFY(out.html.size() < 100'000);
        }
    }

    // Both would cost a parser that keeps formatting open as many elements as there are paragraphs times open tags.
    void doesNotMultiplyOpenFormatting()
    {
        QByteArray html;
        for (int i = 0; i < 1000; ++i)
            html += "<b id=" + QByteArray::number(i) + '>';
        for (int i = 0; i < 10'000; ++i)
            html += "<p>x</p>";
        QVERIFY(guarded(html).count('<') < 25'000);
    }

    void flattensDeeplyNestedTables()
    {
        QByteArray html;
        for (int i = 0; i < 20; ++i)
            html += "<table><tr><td>";
        const QByteArray out = guarded(html + "x");
        QCOMPARE(out.count("<table"), HtmlLimits().nestedTables);
        QVERIFY(out.contains("x"));
    }

    void boundsTheGridOfATable()
    {
        QByteArray wide = "<table>";
        for (int row = 0; row < 600; ++row) {
            wide += "<tr>";
            for (int cell = 0; cell < 30; ++cell)
                wide += "<td colspan=1000 rowspan=65534>x";
        }
        const QByteArray out = guarded(wide);
        QVERIFY(!out.contains("65534"));
        // Spans over earlier rows count: after the first row there is no room left beside them.
        QVERIFY(out.count("<td") < 600 * 12);
        QByteArray tall = "<table class=x>";
        for (int row = 0; row < 50'000; ++row)
            tall += "<tr><td>x";
        QVERIFY(guarded(tall).count("<table class=\"x\">") > 20);
    }

    void cutsWhatIsTooLarge()
    {
        const GuardedHtml text = HtmlGuard().guard("<p>" + QByteArray(50 * 1024 * 1024, 'x') + "</p>");
        QVERIFY(text.cut);
        QVERIFY(text.html.size() <= HtmlLimits().sourceBytes + 64);
        QVERIFY(text.html.endsWith("</p>"));
        const GuardedHtml words = HtmlGuard().guard("<p>" + QByteArray("x ").repeated(1'000'000));
        QVERIFY(words.cut);
        const GuardedHtml elements = HtmlGuard().guard(QByteArray("<i></i>").repeated(400'000));
        QVERIFY(elements.cut);
        QVERIFY(elements.html.count("<i>") <= HtmlLimits().elements);
        const GuardedHtml attributes =
            HtmlGuard().guard("<p " + QByteArray("a b c d e f g h ").repeated(10'000) + ">x");
        QVERIFY(attributes.html.size() < 1000);
    }

    void boundsPresentationalNumbers()
    {
        QVERIFY(guarded("<hr width=99999999999999 size=2000000000>").contains("width=\"10000\" size=\"10000\""));
        QVERIFY(guarded("<table width='100%'>").contains("width=\"100%\""));
        QVERIFY(guarded("<table width='1000000%'>").contains("width=\"1000%\""));
    }

    void survivesRubbish()
    {
        QByteArray rubbish;
        quint32 seed = 1;
        for (int i = 0; i < 500'000; ++i) {
            seed = seed * 1664525 + 1013904223;
            rubbish += char(seed >> 24);
        }
        const GuardedHtml out = HtmlGuard().guard(rubbish);
        QVERIFY(!out.html.contains('\0'));
        for (const char *truncated :
             {"<", "</", "<!", "<!-", "<!--", "<a", "<a b", "<a b=", "<a b='", "<![CDATA[", "<svg", "<style>", "<?"})
            HtmlGuard().guard(truncated);
    }

    void readsXmlSyntaxOnlyWhereItIsXml()
    {
        QCOMPARE(HtmlGuard().guard("<div/>x<![CDATA[a<b]]>", MarkupSyntax::Xml).html, QByteArray("<div></div>xa&lt;b"));
        QCOMPARE(HtmlGuard().guard("<div/>x", MarkupSyntax::Html).html, QByteArray("<div>x</div>"));
    }

    void leavesRealPagesWhole_data()
    {
        QTest::addColumn<QString>("file");
        for (const char *file :
             {"/usr/share/doc/python3/html/library/os.html", "/usr/share/doc/python3/html/contents.html",
              "/usr/share/debian-reference/ch05.en.html", "/usr/share/doc/apache2-doc/manual/en/mod/core.html"})
            QTest::newRow(file) << QString::fromLatin1(file);
    }
    void leavesRealPagesWhole()
    {
        QFETCH(QString, file);
        QFile f(file);
        SKIP_WHEN_LACKING(lacking::document(file));
        QVERIFY2(f.open(QIODevice::ReadOnly), qPrintable(file));
        const QByteArray bytes = f.readAll();
        const GuardedHtml out = HtmlGuard().guard(bytes);
        QVERIFY(!out.cut);
        QCOMPARE(out.html.count("<a "), bytes.count("<a "));
        // What has no omitted end tags comes out with as many as went in.
        QCOMPARE(out.html.count("</li>"), out.html.count("<li>") + out.html.count("<li "));
        QCOMPARE(out.html.count("</div>"), out.html.count("<div"));
    }
};

QTEST_APPLESS_MAIN(HtmlGuardTest)
#include "html_guard_test.moc"
