// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/css_guard.h"
#include "renderer/html/css_media.h"
#include "tests/support/lacking.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

using namespace bulkhead;

namespace {

QByteArray guarded(const QByteArray &css)
{
    return guardStyleSheet(css, QUrl(QStringLiteral("http://a.example/b/c.css"))).text.simplified();
}

} // namespace

class CssGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesPlainRules_data()
    {
        QTest::addColumn<QByteArray>("css");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, const char *css, const char *expected) {
            QTest::newRow(name) << QByteArray(css) << QByteArray(expected);
        };
        row("plain", "a, b > c {color:red; margin : 1px 2px}", "a, b > c { color:red; margin:1px 2px; }");
        row("comments", "a/*x*/{/*;}*/color/**/:red}", "a { color:red; }");
        row("unterminated comment", "a{color:red} /* b{color:blue}", "a { color:red; }");
        row("unterminated block", "a{color:red; b", "a { color:red; }");
        row("unterminated string", "a{margin:0;content:\"x;color:red}\nb{color:blue}", "a { margin:0; }");
        row("brace in a string", "a:after{content:\"}{\"}b{color:red}",
            "a:after { content:\"\\7d \\7b \"; } b { color:red; }");
        row("url", "a{background:url(../i.png)}", "a { background:url(\"http://a.example/i.png\"); }");
        row("url with brackets", "a{background:url('i(1).png')}",
            "a { background:url(\"http://a.example/b/i%281%29.png\"); }");
        row("important", "a{color:red!important}", "a { color:red !important; }");
        row("sticky", "a{position:sticky}", "a { position:static; }");
        row("calc", "a{width:calc(1px + 2px);color:red}", "a { color:red; }");
        row("hsl", "a{color:hsl(120, 100%, 50%)}", "a { color:rgba(0,255,0,1.000); }");
        row("new rgb", "a{color:rgb(255 0 0 / 50%)}", "a { color:rgba(255,0,0,0.500); }");
        row("hex with alpha", "a{color:#ff000080}", "a { color:rgba(255,0,0,0.502); }");
        row("gradient", "a{background:linear-gradient(#123456, red)}", "a { background-color:#123456; }");
        row("huge number", "a{width:99999999999px;margin:-9999999px}", "a { width:100000px; margin:-100000px; }");
        row("unknown pseudo-element", "a::selection, b{color:red}", "b { color:red; }");
        row("unknown at-rules", "@font-face{src:url(x)}@supports(x){a{color:red}}b{color:red}", "b { color:red; }");
        row("nesting", "a{color:red; &:hover{color:blue} margin:0}", "a { color:red; margin:0; }");
        row("print", "@media print{a{color:red}}b{color:red}", "b { color:red; }");
        row("screen", "@media screen{a{color:red}}", "a { color:red; }");
        row("media by width", "@media (max-width:600px){a{color:red}}",
            "@media screen and (max-width:600px) { a { color:red; } }");
        row("dark", "@media (prefers-color-scheme:dark){a{color:red}}", "");
        row("layers", "@layer x{a{color:red}}", "a { color:red; }");
        row("root", ":root{color:red}", "html { color:red; }");
    }
    void writesPlainRules()
    {
        QFETCH(QByteArray, css);
        QFETCH(QByteArray, expected);
        QCOMPARE(guarded(css), expected);
    }

    void hoverMayOnlyPaint()
    {
        const GuardedCss css =
            guardStyleSheet("a:hover{color:red;display:block;width:9px} li:hover ul{display:block}", {});
        QVERIFY(css.hasHover);
        QCOMPARE(css.text.simplified(), QByteArray("a:hover { color:red; }"));
        QVERIFY(!guardStyleSheet("a{color:red}", {}).hasHover);
    }

    void findsImportsBeforeTheFirstRule()
    {
        const GuardedCss css =
            guardStyleSheet("@charset 'x'; @import 'a.css'; @import url(b.css) screen and (min-width:1px);"
                            "@import url(\"c.css\"); x{color:red} @import 'd.css';",
                            QUrl(QStringLiteral("http://a.example/s/")));
        QCOMPARE(css.imports.size(), std::size_t(3));
        QCOMPARE(css.imports[0].url, QUrl(QStringLiteral("http://a.example/s/a.css")));
        QCOMPARE(css.imports[1].media, QByteArray("screen and (min-width:1px)"));
        QCOMPARE(css.imports[2].url, QUrl(QStringLiteral("http://a.example/s/c.css")));
    }

    void resolvesVariables()
    {
        const GuardedCss css =
            guardStyleSheet(":root{--a:red;--b:var(--a);--c:1px} x{color:var(--b);width:var(--none,var(--c));"
                            "height:var(--none)}",
                            {});
        QCOMPARE(resolveCssVariables(css.text, css.variables).simplified(), QByteArray("x { color:red; width:1px; }"));
    }

    void variablesThatReferToThemselvesLoseTheirDeclarations_data()
    {
        QTest::addColumn<QByteArray>("css");
        QTest::newRow("itself") << QByteArray(":root{--a:var(--a)} x{color:var(--a);width:1px}");
        QTest::newRow("each other") << QByteArray(":root{--a:var(--b);--b:var(--a)} x{color:var(--a);width:1px}");
        QByteArray laughs = ":root{--a0:red";
        QByteArray silent = ":root{--a0: ";
        for (int i = 1; i < 40; ++i) {
            const QByteArray both =
                "var(--a" + QByteArray::number(i - 1) + ") var(--a" + QByteArray::number(i - 1) + ')';
            laughs += ";--a" + QByteArray::number(i) + ':' + both;
            silent += ";--a" + QByteArray::number(i) + ':' + both;
        }
        QTest::newRow("exponential") << laughs + "} x{color:var(--a39);width:1px}";
        QTest::newRow("exponential and empty") << silent + "} x{color:var(--a39);width:1px}";
    }
    void variablesThatReferToThemselvesLoseTheirDeclarations()
    {
        QFETCH(QByteArray, css);
        const GuardedCss out = guardStyleSheet(css, {});
        QCOMPARE(resolveCssVariables(out.text, out.variables).simplified(), QByteArray("x { width:1px; }"));
    }

    void styleAttributesAreGuardedToo()
    {
        QCOMPARE(guardDeclarations("color:red;--a:var(--a);width:var(--a);height:var(--b, 2px);x/*"),
                 QByteArray("color:red;height:2px;"));
    }

    void readsMediaQueries()
    {
        QCOMPARE(engineMedia(""), QByteArray("all"));
        QCOMPARE(engineMedia("screen, print"), QByteArray("all"));
        QCOMPARE(engineMedia("print"), QByteArray());
        QCOMPARE(engineMedia("not print"), QByteArray("all"));
        QCOMPARE(engineMedia("only screen and (max-width: 600px)"), QByteArray("screen and (max-width: 600px)"));
        QCOMPARE(engineMedia("(width >= 600px)"), QByteArray("screen and (min-width: 600px)"));
        QCOMPARE(engineMedia("(hover: hover) and (min-width: 1px)"), QByteArray("screen and (min-width: 1px)"));
        QCOMPARE(engineMedia("(unheard-of: 1)"), QByteArray());
        QCOMPARE(engineMedia("(prefers-color-scheme: light)"), QByteArray("all"));
        QCOMPARE(engineMedia("(prefers-color-scheme: dark)"), QByteArray());
        QCOMPARE(engineMedia("(prefers-color-scheme: light)", PreferredColors::Dark), QByteArray());
        QCOMPARE(engineMedia("(prefers-color-scheme: dark)", PreferredColors::Dark), QByteArray("all"));
    }

    // Each finishes at once or the test does not finish.
    void rubbishIsLinear()
    {
        for (const QByteArray &css :
             {QByteArray("(").repeated(2'000'000), QByteArray("{").repeated(2'000'000),
              QByteArray("a{").repeated(1'000'000), QByteArray("\"").repeated(2'000'000),
              QByteArray("/*").repeated(1'000'000), QByteArray("@media(").repeated(300'000),
              QByteArray("@media screen{").repeated(150'000), QByteArray("a,").repeated(1'000'000) + "{x:y}",
              QByteArray("a{b:") + QByteArray("url(").repeated(500'000), QByteArray("\\").repeated(2'000'000),
              "a{" + QByteArray("b:c;").repeated(500'000)})
            guardStyleSheet(css, {});
        QCOMPARE(guardStyleSheet(QByteArray("a b ").repeated(100) + "{color:red}", {}).text, QByteArray());
    }

    void keepsTheRulesOfRealSheets()
    {
        QFile file(QStringLiteral("/usr/share/doc/apache2-doc/manual/style/css/manual-loose-100pc.css"));
        SKIP_WHEN_LACKING(lacking::documents("apache2-doc"));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
        const QByteArray css = file.readAll();
        QVERIFY(guardStyleSheet(css, {}).text.count('{') > css.count('{') * 8 / 10);
    }
};

QTEST_APPLESS_MAIN(CssGuardTest)
#include "css_guard_test.moc"
