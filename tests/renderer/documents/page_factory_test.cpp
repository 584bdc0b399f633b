// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/page_factory.h"
#include "tests/renderer/documents/fake_page_client.h"

#include <QImage>
#include <QTest>

using namespace bulkhead;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize viewport(800, 600);

/// A page made by the factory, with a whole document in it.
struct Loaded
{
    Loaded(const QString &mimeType, const QByteArray &bytes, bool dark = false)
    {
        DocumentHead head;
        head.url = QUrl(QStringLiteral("file:///home/someone/folder/"));
        head.mimeType = mimeType;
        head.darkColors = dark;
        page = createPage(head, client);
        page->setViewport(viewport, 1);
        page->append(bytes);
        page->finish();
    }

    QImage picture() { return grab(*page, {0, 0}, viewport); }

    FakePageClient client;
    std::unique_ptr<Page> page;
};

} // namespace

class PageFactoryTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyKindIsShown_data();
    void everyKindIsShown();
    void markdownCanBeReadAndItsAnchorsFound();
    void aListingsLinksAreUnderTheMouse();
    void generatedPagesFollowTheDarkColours();
    void markdownOfAnyNestingIsShown_data();
    void markdownOfAnyNestingIsShown();
};

void PageFactoryTest::everyKindIsShown_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("text");
    QTest::newRow("HTML") << u"text/html"_s << QByteArray("<p>some <b>words</b></p>") << u"some words"_s;
    QTest::newRow("XHTML") << u"application/xhtml+xml"_s
                           << QByteArray(
                                  "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>some words</p></body></html>")
                           << u"some words"_s;
    QTest::newRow("Markdown") << u"text/markdown"_s << QByteArray("some *words*") << u"some words"_s;
    QTest::newRow("listing") << u"application/vnd.bulkhead.listing+json"_s
                             << QByteArray(R"({"path":"/some words","parent":false,"entries":[]})") << u"some words"_s;
    QTest::newRow("text") << u"text/plain"_s << QByteArray("some words <b>") << u"some words <b>"_s;
    QTest::newRow("source") << u"text/x-c++src"_s << QByteArray("some words <b>") << u"some words <b>"_s;
    QTest::newRow("JSON") << u"application/json"_s << QByteArray("{\"some\": \"words\"}") << u"{\"some\": \"words\"}"_s;
    QTest::newRow("unheard of") << u"application/x-unheard-of"_s << QByteArray("some words") << u"some words"_s;
    QTest::newRow("picture") << u"image/png"_s << QByteArray("some words") << u"not a picture"_s;
}

void PageFactoryTest::everyKindIsShown()
{
    QFETCH(QString, type);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, text);
    Loaded loaded(type, bytes);
    QTRY_COMPARE(loaded.client.loads, 1);
    QVERIFY2(loaded.page->text().contains(text), qPrintable(loaded.page->text()));
    QVERIFY(!isBlank(loaded.picture()));
}

void PageFactoryTest::markdownCanBeReadAndItsAnchorsFound()
{
    Loaded loaded(u"text/markdown"_s,
                  "# The title\n\n" + QByteArray("A paragraph.\n\n").repeated(60) + "## Far below\n");
    QTRY_COMPARE(loaded.client.loads, 1);
    QCOMPARE(loaded.client.title, u"The title"_s);
    const auto anchor = loaded.page->anchorPosition(u"far-below"_s);
    QVERIFY(anchor);
    QVERIFY(anchor->y() > 1500);
    QCOMPARE(loaded.page->find(u"paragraph"_s, FindDirection::Forward, FindCase::Insensitive).count, 60);
}

void PageFactoryTest::aListingsLinksAreUnderTheMouse()
{
    Loaded loaded(u"application/vnd.bulkhead.listing+json"_s,
                  R"({"path":"/home/someone/folder","parent":true,"entries":[{"name":"a #1.txt","size":1}]})");
    QTRY_COMPARE(loaded.client.loads, 1);
    const FindResult name = loaded.page->find(u"a #1.txt"_s, FindDirection::Forward, FindCase::Sensitive);
    QCOMPARE(name.count, 1);
    QCOMPARE(loaded.page->hitTest(name.activeRect.center()).link.toEncoded(),
             "file:///home/someone/folder/a%20%231.txt");
    const FindResult parent = loaded.page->find(u"Parent folder"_s, FindDirection::Forward, FindCase::Sensitive);
    QCOMPARE(loaded.page->hitTest(parent.activeRect.center()).link, QUrl(u"file:///home/someone/"_s));
}

void PageFactoryTest::generatedPagesFollowTheDarkColours()
{
    for (const QString &type : {u"text/markdown"_s, u"text/plain"_s, u"application/vnd.bulkhead.listing+json"_s}) {
        Loaded light(type, "{}");
        Loaded dark(type, "{}", true);
        QTRY_COMPARE(light.client.loads, 1);
        QTRY_COMPARE(dark.client.loads, 1);
        QVERIFY(light.picture().pixelColor(2, 590).lightness() > 240);
        QVERIFY(dark.picture().pixelColor(2, 590).lightness() < 50);
    }
}

void PageFactoryTest::markdownOfAnyNestingIsShown_data()
{
    QTest::addColumn<QByteArray>("source");
    QTest::newRow("block quotes") << QByteArray(100'000, '>') + "end";
    QTest::newRow("lists") << QByteArray("- ").repeated(100'000) + "end";
    QTest::newRow("brackets") << QByteArray(100'000, '[') + "end";
    QTest::newRow("emphasis") << QByteArray("*a **").repeated(20'000) + "end";
}

void PageFactoryTest::markdownOfAnyNestingIsShown()
{
    QFETCH(QByteArray, source);
    Loaded loaded(u"text/markdown"_s, source);
    QTRY_COMPARE_WITH_TIMEOUT(loaded.client.loads, 1, 60'000);
    QVERIFY(loaded.page->text().contains(u"end"));
    loaded.picture();
}

QTEST_MAIN(PageFactoryTest)
#include "page_factory_test.moc"
