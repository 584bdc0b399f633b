// SPDX-License-Identifier: BSD-3-Clause
// Documents made to hurt: each may cost its renderer's life, never the browser's, and none may swallow the machine.
#include "tests/support/scoped_process.h"

#include <QElapsedTimer>
#include <QImage>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

QByteArray repeated(const QByteArray &text, int count)
{
    QByteArray result;
    result.reserve(text.size() * count);
    for (int i = 0; i < count; ++i)
        result += text;
    return result;
}

QByteArray binaryRubbish(int size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    quint32 state = 12345;
    for (char &c : bytes) {
        state = state * 1664525 + 1013904223;
        c = char(state >> 24);
    }
    return bytes;
}

} // namespace

class HostileDocumentsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHostileDocumentIsShownOrEndsItsRendererInTime_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("content");
        const auto row = [](const char *title, const char *name, const QByteArray &content) {
            QTest::newRow(title) << QString::fromLatin1(name) << content;
        };
        row("100,000 nested elements", "nested.html", repeated("<div>", 100'000));
        row("100,000 nested inline elements", "inline.html", repeated("<b><i><span>", 33'000) + "x");
        row("a variable that is itself", "variable.html", "<style>:root{--a:var(--a)} p{color:var(--a)}</style><p>x");
        row("two variables that are each other", "variables.html",
            "<style>:root{--a:var(--b);--b:var(--a)} p{color:var(--a)}</style><p>x");
        row("an unterminated comment in a style", "comment.html", "<style>p{color:red} /* for ever</style><p>x");
        row("twenty nested tables", "tables.html", repeated("<table><tr><td>", 20) + "x");
        row("a table cell as root", "cell.html", "<html style='display:table-cell'><p>x");
        row("50 MB of text in one paragraph", "long.html", "<p>" + repeated("word ", 10'000'000));
        row("50 MB without a space", "longword.html", "<p>" + QByteArray(50'000'000, 'x'));
        row("50 MB of plain text in one line", "long.txt", QByteArray(50'000'000, 'x'));
        row("a giant table", "giant.html", "<table>" + repeated("<tr>" + repeated("<td>x", 200), 500));
        row("a table cell over a billion columns", "span.html",
            "<table><tr><td colspan=1000000000 rowspan=1000000000>x<tr><td>y");
        row("100,000 attributes", "attributes.html", "<p " + repeated("a1=b ", 100'000) + ">x");
        row("100,000 list items", "list.html", "<ul>" + repeated("<li>x", 100'000));
        row("a million floats", "floats.html", repeated("<div style='float:left'>x</div>", 100'000));
        row("huge numbers", "numbers.html",
            "<div style='width:1e30px;height:99999999999px;margin:-1e20px'>x</div><hr width=99999999999>");
        row("truncated in a tag", "truncated.html", "<html><body><p class='a");
        row("binary rubbish as HTML", "rubbish.html", binaryRubbish(1'000'000));
        row("binary rubbish as a picture", "rubbish.png", binaryRubbish(100'000));
        row("deep Markdown quotes", "deep.md", repeated(">", 100'000) + "x");
        row("Markdown brackets", "brackets.md", repeated("[", 100'000));
        row("empty", "empty.html", "");
        row("NULs", "nul.html", QByteArray(100'000, '\0'));
        row("100,000 style rules", "rules.html",
            "<style>" + repeated("p.a b > c + d{color:red}", 100'000) + "</style><p>x");
        row("deep selectors", "selectors.html", "<style>" + repeated("p ", 20'000) + "{color:red}</style><p>x");
        row("an import of itself", "import.html", "<style>@import 'import.html'; @import 'import.css';</style><p>x");
    }
    void aHostileDocumentIsShownOrEndsItsRendererInTime()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, content);
        QTemporaryDir folder;
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(content), content.size());
        file.close();
        QFile css(folder.filePath(QStringLiteral("import.css")));
        QVERIFY(css.open(QIODevice::WriteOnly));
        css.write("@import 'import.css'; @import url('./import.css'); p { color: green }");
        css.close();

        ScopedProcess browser(QStringLiteral(BULKHEAD_PROGRAM),
                              {QStringLiteral("--headless"), QStringLiteral("--screenshot"),
                               folder.filePath(QStringLiteral("out.png")), QStringLiteral("--timeout"),
                               QStringLiteral("60"), file.fileName()});
        QElapsedTimer clock;
        clock.start();
        QVERIFY2(browser.waitForEnd(std::chrono::seconds(90)), "the browser did not come back");
        qInfo("%s: exit code %d after %lld ms %s", qPrintable(name), browser.exitCode(),
              static_cast<long long>(clock.elapsed()), browser.errorOutput().constData());
        QVERIFY2(browser.exitCode() == 0 || browser.exitCode() == 1 || browser.exitCode() == 3,
                 qPrintable(QString::number(browser.exitCode())));
        if (browser.exitCode() == 0)
            QVERIFY(!QImage(folder.filePath(QStringLiteral("out.png"))).isNull());
    }

    void whatIsLongerThanTheWireTakesIsDroppedByThePageAndEndsNobody()
    {
        QTemporaryDir folder;
        const QByteArray address = "http://localhost:1/" + QByteArray(40'000, 'a');
        QFile html(folder.filePath(QStringLiteral("page.html")));
        QVERIFY(html.open(QIODevice::WriteOnly));
        html.write("<title>" + repeated("\xe2\x82\xac", 5'000) + "</title><link rel=icon href='" + address +
                   "'><link rel=stylesheet href='" + address + "1'><img src='" + address + "2'><img src='" + address +
                   "3'><embed src='" + address + "' type='text/x-nothing'><p>shown<p><a href='" + address +
                   "'>a link</a>");
        html.close();
        ScopedProcess browser(QStringLiteral(BULKHEAD_PROGRAM),
                              {QStringLiteral("--headless"), QStringLiteral("--dump-text"), QStringLiteral("--timeout"),
                               QStringLiteral("60"), html.fileName()});
        QVERIFY(browser.waitForEnd(std::chrono::seconds(90)));
        QVERIFY2(browser.exitCode() == 0, browser.errorOutput().constData());
        QVERIFY(browser.output().contains("shown"));
    }

    void aPictureOf30000PixelsDoesNotTakeTheMachinesMemory()
    {
        QTemporaryDir folder;
        // A black 30,000 x 30,000 PNG is 110 kB and would be 3.6 GB.
        QImage image(30'000, 30'000, QImage::Format_Mono);
        image.fill(0);
        QVERIFY(image.save(folder.filePath(QStringLiteral("huge.png"))));
        QFile html(folder.filePath(QStringLiteral("page.html")));
        QVERIFY(html.open(QIODevice::WriteOnly));
        html.write("<p>before</p><img src=huge.png alt='a huge picture'><p>after</p>");
        html.close();
        for (const char *page : {"page.html", "huge.png"}) {
            ScopedProcess browser(QStringLiteral(BULKHEAD_PROGRAM),
                                  {QStringLiteral("--screenshot"), folder.filePath(QStringLiteral("out.png")),
                                   QStringLiteral("--renderer-memory"), QStringLiteral("600M"),
                                   folder.filePath(QString::fromLatin1(page))});
            QVERIFY(browser.waitForEnd(std::chrono::seconds(90)));
            QVERIFY2(browser.exitCode() == 0 || browser.exitCode() == 3, browser.errorOutput().constData());
        }
    }
};

QTEST_GUILESS_MAIN(HostileDocumentsTest)
#include "hostile_documents_test.moc"
