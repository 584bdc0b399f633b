// SPDX-License-Identifier: BSD-3-Clause
#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

/// Documents that were made to hang or kill a page engine, each in a process of its own with the limits that a renderer
/// may have: it ends, with something shown.
class HostileDocumentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void endsWithSomethingShown_data();
    void endsWithSomethingShown();
};

namespace {

QByteArray nested(const QByteArray &tag, int depth)
{
    return QByteArray('<' + tag + '>').repeated(depth) + "text";
}

QByteArray selfSimilar(int n)
{
    QByteArray css = ":root{--v0:1px";
    for (int i = 1; i < n; ++i)
        css += ";--v" + QByteArray::number(i) + ":var(--v" + QByteArray::number(i - 1) + ")var(--v" +
               QByteArray::number(i - 1) + ')';
    return css + "}p{margin:var(--v" + QByteArray::number(n - 1) + ")}";
}

QByteArray rubbish(int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 seed = 99;
    for (char &c : bytes)
        c = char((seed = seed * 1664525 + 1013904223) >> 24);
    return bytes;
}

} // namespace

void HostileDocumentsTest::endsWithSomethingShown_data()
{
    QTest::addColumn<QByteArray>("html");
    const auto add = [](const char *name, const QByteArray &html) { QTest::newRow(name) << html; };
    add("100,000 nested divs", nested("div", 100'000));
    add("100,000 nested spans", nested("span", 100'000));
    add("100,000 nested bold", nested("b", 100'000) + QByteArray("<p>").repeated(1000));
    add("100,000 nested lists", nested("ul><li", 100'000));
    add("a variable that is itself", "<style>:root{--a:var(--a)}p{color:var(--a)}</style><p>text");
    add("a variable in an attribute", "<p style='--a:var(--a);color:var(--a)'>text");
    add("variables that double", "<style>" + selfSimilar(60) + "</style><p>text");
    add("an unterminated comment in a style", "<style>p{color:red} /* </style><p>text");
    add("an unterminated comment in an attribute", "<p style='color:red/*'>text");
    add("html as a table cell", "<html style='display:table-cell'>text");
    add("html as a table row by a sheet", "<style>:root,*{display:table-row}</style><p>text<p>more");
    add("everything a table", "<style>*{display:table}</style><div><p>text<p>more</div>");
    add("everything a table cell", "<style>*{display:table-cell}</style><div><p>text<p>more</div>");
    add("everything floats", "<style>*{float:left}</style>" + nested("div", 100));
    add("everything inline-block", "<style>*{display:inline-block}</style>" + nested("div", 100));
    add("everything absolute", "<style>*{position:absolute;width:50%}</style>" + nested("div", 100));
    add("everything fixed", "<style>*{position:fixed}</style>" + nested("div", 100));
    add("twenty nested tables", nested("table><tr><td", 20));
    add("a hundred nested tables by style", "<style>div{display:table}</style>" + nested("div", 100));
    add("nested tables cells by style",
        "<style>div{display:table}p{display:table-cell}</style>" + nested("div><p", 60));
    add("50 MB in a paragraph", "<p>" + QByteArray("lorem ipsum ").repeated(50 * 1024 * 1024 / 12));
    add("50 MB in a word", "<p>" + QByteArray(50 * 1024 * 1024, 'x'));
    add("a million paragraphs", QByteArray("<p>text").repeated(1'000'000));
    add("a million list items", "<ol>" + QByteArray("<li>text").repeated(1'000'000));
    add("a million line breaks", QByteArray("x<br>").repeated(1'000'000));
    add("a table of a million cells", "<table>" + ("<tr>" + QByteArray("<td>x").repeated(1000)).repeated(1000));
    add("a table of huge spans",
        "<table>" + ("<tr>" + QByteArray("<td colspan=99999 rowspan=99999>x").repeated(100)).repeated(100));
    add("a table of 100,000 rows", "<table>" + QByteArray("<tr><td>x<td>y").repeated(100'000));
    add("huge numbers", "<hr width=999999999999 size=999999999999><p style='width:99999999999px;height:-99999999em;"
                        "font-size:99999999px;margin:-9999999999px;border:9999999px solid red'>text");
    add("huge fonts inside each other", "<style>div{font-size:1000%}</style>" + nested("div", 50));
    add("huge percentages inside each other", "<style>div{width:10000%;padding:1000%}</style>" + nested("div", 100));
    add("thousands of rules for thousands of elements", [] {
        QByteArray css;
        for (int i = 0; i < 20'000; ++i)
            css += "div div p.c" + QByteArray::number(i % 10) + ":nth-child(odd) > * ~ i{color:red}";
        return "<style>" + css + "</style>" +
               QByteArray("<div><p class=c1>x<i>y</i><p class=c2>z</div>").repeated(10'000);
    }());
    add("selectors that search",
        "<style>div div div div div div div div div x{color:red}</style>" + nested("div", 120));
    add("siblings that search",
        "<style>i~i~i~i~i~i~i~b{color:red}</style><p>" + QByteArray("<i>x</i>").repeated(20'000) + "<b>y</b>");
    add("nth-last-child of many",
        "<style>li:nth-last-child(2){color:red}</style><ul>" + QByteArray("<li>x").repeated(50'000));
    add("an import of itself", "<style>@import url(file:///nowhere.css);@import '#';</style>text");
    add("many style sheets", QByteArray("<style>p{color:red}</style>").repeated(20'000) + "text");
    add("many attributes", "<p " + QByteArray("a=b ").repeated(1'000'000) + ">text");
    add("a long attribute", "<p class='" + QByteArray("x ").repeated(5'000'000) + "'>text");
    add("nested drawings", "<svg>" + QByteArray("<g>").repeated(100'000) + "</svg>text");
    add("a drawing of doubled entities",
        "<img src='data:image/svg+xml,<!DOCTYPE s [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
        "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;\">]><svg>&d;</svg>'>text");
    add("long words of every script", "<p>" + QByteArray("\xd7\xa9").repeated(200'000) + " " +
                                          QByteArray("\xe4\xb8\xad").repeated(200'000) + " " +
                                          QByteArray("e\xcc\x81").repeated(200'000));
    add("a tiny tile on a tall page", "<body style='height:99999px;background:url(data:image/gif;base64,"
                                      "R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==)'>text");
    add("binary rubbish", rubbish(4'000'000));
    add("rubbish in tags", "<p " + rubbish(1'000'000).replace('>', '<') + ">text");
    add("NUL bytes", QByteArray(1'000'000, '\0') + "text");
}

void HostileDocumentsTest::endsWithSomethingShown()
{
    QFETCH(QByteArray, html);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("hostile.html")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(html);
    file.close();

    QProcess renderer;
    renderer.setProgram(QCoreApplication::applicationDirPath() + QStringLiteral("/render_html"));
    renderer.setArguments({file.fileName(), folder.filePath(QStringLiteral("out.png"))});
    renderer.setChildProcessModifier([] {
        const rlimit processor{40, 40};
        setrlimit(RLIMIT_CPU, &processor);
#ifndef __SANITIZE_ADDRESS__
        const rlimit memory{3UL << 30, 3UL << 30};
        setrlimit(RLIMIT_AS, &memory);
#endif
        const rlimit core{0, 0};
        setrlimit(RLIMIT_CORE, &core);
    });
    renderer.start();
    QVERIFY(renderer.waitForFinished(240'000));
    const QByteArray said = renderer.readAllStandardError() + renderer.readAllStandardOutput();
    QVERIFY2(renderer.exitStatus() == QProcess::NormalExit, said.constData());
    QVERIFY2(renderer.exitCode() == 0, said.constData());
    const QImage shown(folder.filePath(QStringLiteral("out.png")));
    QVERIFY(!shown.isNull());
}

QTEST_GUILESS_MAIN(HostileDocumentsTest)
#include "hostile_documents_test.moc"
