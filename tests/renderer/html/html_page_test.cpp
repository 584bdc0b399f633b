// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/html/fake_page_client.h"

#ifdef BULKHEAD_TEST_OWN_ENGINE
#include "renderer/engine/page/engine_page.h"
#else
#include "renderer/html/html_page.h"
#endif

#include <QBuffer>
#include <QFile>
#include <QImageWriter>
#include <QTest>

using namespace bulkhead;

namespace {

#ifdef BULKHEAD_TEST_OWN_ENGINE
using TestedPage = engine::EnginePage;
#else
using TestedPage = HtmlPage;
#endif

const QUrl base(QStringLiteral("http://site.example/dir/page.html?q"));

QUrl at(const char *relative)
{
    return base.resolved(QUrl(QString::fromLatin1(relative)));
}

QByteArray picture(QSize size, const char *format, const QColor &color = Qt::red)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QImageWriter(&buffer, format).write(image);
    return bytes;
}

PageMouseEvent mouse(QPoint position, Qt::MouseButton button = Qt::NoButton,
                     Qt::KeyboardModifiers modifiers = Qt::NoModifier, int clicks = 1,
                     Qt::MouseButtons buttons = Qt::NoButton)
{
    return {position, button, buttons, modifiers, clicks};
}

/// A page with its client, loaded.
struct Loaded
{
    explicit Loaded(const QByteArray &html, const std::function<void(FakePageClient &)> &prepare = {},
                    QSize viewport = {800, 600})
    {
        if (prepare)
            prepare(client);
        page = TestedPage::create({base, QStringLiteral("text/html"), {}, false}, client);
        page->setViewport(viewport, 1);
        done = load(*page, client, html);
    }

    void click(QPoint point, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers modifiers = Qt::NoModifier,
               int clicks = 1)
    {
        page->mousePress(mouse(point, button, modifiers, clicks, button));
        page->mouseRelease(mouse(point, button, modifiers, clicks));
    }

    void drag(QPoint from, QPoint to)
    {
        page->mousePress(mouse(from, Qt::LeftButton, {}, 1, Qt::LeftButton));
        page->mouseMove(mouse(to, Qt::NoButton, {}, 1, Qt::LeftButton));
        page->mouseRelease(mouse(to, Qt::LeftButton));
    }

    QPoint find(const char *text)
    {
        const FindResult found = page->find(QString::fromUtf8(text), FindDirection::Forward, FindCase::Sensitive);
        page->find({}, FindDirection::Forward, FindCase::Sensitive);
        return found.activeRect.center();
    }

    QColor pixel(QPoint point) { return grab(*page, QRect(QPoint(), QSize(800, 600))).pixelColor(point); }

    FakePageClient client;
    std::unique_ptr<Page> page;
    bool done = false;
};

} // namespace

class HtmlPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsTitleProgressAndEndOnce()
    {
        Loaded p("<title>Fish &amp; chips</title><img src=missing.png><link rel=stylesheet href=missing.css>x");
        QVERIFY(p.done);
        QCOMPARE(p.client.title, QStringLiteral("Fish & chips"));
        QCOMPARE(p.client.progress.back(), 1.0);
        QVERIFY(std::is_sorted(p.client.progress.begin(), p.client.progress.end()));
        p.page->finish();
        p.page->setViewport(QSize(400, 300), 1);
        QCoreApplication::processEvents();
        QCOMPARE(p.client.finishes, 1);
    }

    void anEmptyDocumentLoads()
    {
        Loaded p("");
        QVERIFY(p.done);
        QCOMPARE(p.page->text(), QString());
        QCOMPARE(p.page->backgroundColor(), QColor(Qt::white));
    }

    void fetchesStyleSheetsByMediaAndFollowsImports()
    {
        Loaded p("<link rel=stylesheet href=a.css><link rel=stylesheet href=print.css media=print>"
                 "<style>@import 'inline.css';</style><div id=a></div><div id=b></div><div id=c></div>",
                 [](FakePageClient &client) {
                     client.serve(at("a.css"), "@import 'sub/b.css'; div{height:20px} #a{background:#ff0000}");
                     client.serve(at("sub/b.css"),
                                  "@import '../a.css'; @import 'b.css'; #b{background:url(green.png)}");
                     client.serve(at("sub/green.png"), picture({4, 4}, "png", Qt::green));
                     client.serve(at("inline.css"), "#c{background:#0000ff}");
                     client.serve(at("print.css"), "div{display:none}");
                 });
        QVERIFY(p.done);
        QCOMPARE(p.pixel({20, 18}), QColor(Qt::red));
        QCOMPARE(p.pixel({20, 38}), QColor(Qt::green));
        QCOMPARE(p.pixel({20, 58}), QColor(Qt::blue));
        QCOMPARE(std::count(p.client.fetched.begin(), p.client.fetched.end(), at("print.css")), 0);
        // A cycle ends where it closes.
        QCOMPARE(std::count(p.client.fetched.begin(), p.client.fetched.end(), at("a.css")), 1);
    }

    void aStyleSheetIsInItsOwnCharset()
    {
        Loaded p("<link rel=stylesheet href=a.css><p>", [](FakePageClient &client) {
            client.serve(at("a.css"), "p:before{content:\"\xe9\"}", QStringLiteral("text/css"),
                         QStringLiteral("iso-8859-1"));
        });
        QCOMPARE(p.page->text(), QString(QChar(0xe9)));
    }

    void aStyleSheetThatDoesNotComeIsNotWaitedForForever()
    {
        FakePageClient client;
        client.holdBack(at("slow.css"));
        client.serve(at("slow.css"), "p{background:#ff0000;height:20px;margin:0}");
        auto page = TestedPage::create({base, QStringLiteral("text/html"), {}, false}, client);
        page->setViewport({800, 600}, 1);
        page->append("<link rel=stylesheet href=slow.css><p>text");
        page->finish();
        QTRY_COMPARE_WITH_TIMEOUT(page->text(), QStringLiteral("text"), 20'000);
        QCOMPARE(client.finishes, 0);
        client.release(at("slow.css"));
        QTRY_COMPARE(client.finishes, 1);
        QCOMPARE(grab(*page, {0, 0, 800, 600}).pixelColor(400, 18), QColor(Qt::red));
    }

    void imagesArriveAndMoveWhatFollows()
    {
        Loaded p("<body style='margin:0'><img src=a.png style='display:block'><p id=below>x</p>",
                 [](FakePageClient &client) {
                     client.serve(at("a.png"), picture({50, 40}, "png"));
                 });
        QVERIFY(p.done);
        QCOMPARE(p.pixel({49, 39}), QColor(Qt::red));
        QCOMPARE(p.pixel({50, 39}), QColor(Qt::white));
        QVERIFY(p.page->anchorPosition(QStringLiteral("below"))->y() >= 40);
    }

    void anImageOfFixedSizeMovesNothing()
    {
        FakePageClient client;
        client.holdBack(at("a.png"));
        client.serve(at("a.png"), picture({10, 10}, "png"));
        auto page = TestedPage::create({base, QStringLiteral("text/html"), {}, false}, client);
        page->setViewport({800, 600}, 1);
        page->append("<body style='margin:0'><img src=a.png width=30 height=20 style='display:block'>");
        page->finish();
        const int sizeChanges = client.sizeChanges;
        const int fullDamages = client.fullDamages;
        client.release(at("a.png"));
        QTRY_COMPARE(client.finishes, 1);
        QCOMPARE(client.sizeChanges, sizeChanges);
        QCOMPARE(client.fullDamages, fullDamages);
        QVERIFY(client.damage.contains(QRect(0, 0, 30, 20)));
        QVERIFY(client.damage.boundingRect().height() < 30);
        QCOMPARE(grab(*page, {0, 0, 800, 600}).pixelColor(29, 19), QColor(Qt::red));
    }

    void showsImagesOfEveryFormat_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char *format : {"png", "jpg", "gif", "webp", "bmp"}) {
            const QByteArray bytes = picture({16, 16}, format);
            if (!bytes.isEmpty())
                QTest::newRow(format) << bytes;
        }
        QTest::newRow("svg") << QByteArray("<svg xmlns='http://www.w3.org/2000/svg' width='16' height='16'>"
                                           "<rect width='16' height='16' fill='#ff0000'/></svg>");
    }
    void showsImagesOfEveryFormat()
    {
        QFETCH(QByteArray, bytes);
        Loaded p("<body style='margin:0'><img src=x>", [&](FakePageClient &client) { client.serve(at("x"), bytes); });
        const QColor color = p.pixel({8, 8});
        QVERIFY2(color.red() > 240 && color.green() < 20 && color.blue() < 20, qPrintable(color.name()));
        Loaded inlined("<body style='margin:0'><img src='data:image/x;base64," + bytes.toBase64() + "'>");
        QCOMPARE(inlined.pixel({8, 8}), color);
    }

    void drawsInlineSvg()
    {
        Loaded p("<body style='margin:0'><svg width=20 height=20 style='display:block'><rect width=20 height=20 "
                 "fill='#00ff00'/></svg>");
        QCOMPARE(p.pixel({10, 10}), QColor(Qt::green));
    }

    void anImageThatIsTooLargeShowsItsText()
    {
        Loaded p("<img src=huge.png alt='a huge image'><img src=missing.png alt='a missing one'>",
                 [](FakePageClient &client) {
                     // A header that claims 30,000 by 30,000 pixels.
                     QByteArray bytes = picture({8, 8}, "png");
                     bytes.replace(16, 8, QByteArray::fromHex("0000753000007530"));
                     client.serve(at("huge.png"), bytes);
                 });
        QVERIFY(p.done);
        const QImage shown = grab(*p.page, {0, 0, 400, 60});
        QVERIFY(shown.pixelColor(20, 200 / 10) != QColor() && p.page->contentSize().height() <= 600);
        bool ink = false;
        for (int x = 0; x < 400; ++x)
            ink = ink || qGray(shown.pixel(x, 20)) < 128;
        QVERIFY(ink);
    }

    void anAnimationMovesOnlyWhileItIsSeen()
    {
        QFile gif(QStringLiteral(HTML_TEST_DATA "/two_frames.gif"));
        QVERIFY(gif.open(QIODevice::ReadOnly));
        const QByteArray bytes = gif.readAll();
        Loaded p("<body style='margin:0'><img src=a.gif style='display:block'>",
                 [&](FakePageClient &client) { client.serve(at("a.gif"), bytes); });
        const QRect area(0, 0, 100, 100);
        const QColor first = grab(*p.page, area).pixelColor(4, 4);
        p.client.damage = {};
        QTRY_VERIFY(!p.client.damage.isEmpty());
        QVERIFY(grab(*p.page, area).pixelColor(4, 4) != first);
        // Painted elsewhere only: the frame after the one just seen comes, no more.
        QTRY_VERIFY(!p.client.damage.isEmpty());
        QTest::qWait(300);
        p.client.damage = {};
        QTest::qWait(300);
        QVERIFY(p.client.damage.isEmpty());
    }

    void iconsAreSmallAndTheFirstThatWorksCounts()
    {
        Loaded p("<link rel=icon href=broken.png><link rel=icon href=big.png>", [](FakePageClient &client) {
            client.serve(at("broken.png"), "no image");
            client.serve(at("big.png"), picture({100, 50}, "png"));
        });
        QTRY_COMPARE(p.client.icon.size(), QSize(32, 16));
        Loaded favicon("x", [](FakePageClient &client) { client.serve(at("/favicon.ico"), picture({16, 16}, "ico")); });
        QTRY_COMPARE(favicon.client.icon.size(), QSize(16, 16));
    }

    void readsEncodings()
    {
        Loaded p("<meta charset=windows-1251><p>\xcf\xf0\xe8");
        QCOMPARE(p.page->text(), QStringLiteral(u"\u041f\u0440\u0438"));
    }

    void linksAreFollowedByButtonAndModifiers_data()
    {
        QTest::addColumn<int>("button");
        QTest::addColumn<int>("modifiers");
        QTest::addColumn<int>("disposition");
        const auto row = [](const char *name, Qt::MouseButton button, Qt::KeyboardModifiers modifiers,
                            Disposition disposition) {
            QTest::newRow(name) << int(button) << int(modifiers) << int(disposition);
        };
        row("plain", Qt::LeftButton, Qt::NoModifier, Disposition::CurrentTab);
        row("middle", Qt::MiddleButton, Qt::NoModifier, Disposition::NewBackgroundTab);
        row("control", Qt::LeftButton, Qt::ControlModifier, Disposition::NewBackgroundTab);
        row("shift", Qt::LeftButton, Qt::ShiftModifier, Disposition::NewForegroundTab);
        row("both", Qt::LeftButton, Qt::ControlModifier | Qt::ShiftModifier, Disposition::NewForegroundTab);
    }
    void linksAreFollowedByButtonAndModifiers()
    {
        QFETCH(int, button);
        QFETCH(int, modifiers);
        QFETCH(int, disposition);
        Loaded p("<a href='other.html#x'>link</a>");
        p.click(p.find("link"), Qt::MouseButton(button), Qt::KeyboardModifiers(modifiers));
        QCOMPARE(p.client.navigations.size(), std::size_t(1));
        QCOMPARE(p.client.navigations[0].url, at("other.html#x"));
        QCOMPARE(int(p.client.navigations[0].disposition), disposition);
    }

    void linksResolveAgainstTheBase()
    {
        Loaded p("<base href='/deep/er/'><a href='x'>one</a> <a href='#f'>two</a>");
        QCOMPARE(p.page->hitTest(p.find("one")).link, at("/deep/er/x"));
        Loaded fragment("<a href='#f'>two</a>");
        QCOMPARE(fragment.page->hitTest(fragment.find("two")).link, at("?q#f"));
    }

    void aDragOnALinkSelectsInsteadOfFollowing()
    {
        Loaded p("<a href=x>a long link text</a>");
        const QPoint on = p.find("long");
        p.drag(on, on + QPoint(60, 0));
        QVERIFY(p.client.navigations.empty());
        QVERIFY(p.client.hasSelection);
        // Released beside the link it was pressed on.
        p.page->mousePress(mouse(on, Qt::LeftButton, {}, 1, Qt::LeftButton));
        p.page->mouseRelease(mouse(QPoint(700, 500), Qt::LeftButton));
        QVERIFY(p.client.navigations.empty());
        Loaded script("<a href='javascript:alert(1)'>script</a>");
        script.click(script.find("script"));
        QVERIFY(script.client.navigations.empty());
    }

    void hoveringTellsLinkAndCursorAndRestyles()
    {
        Loaded p("<style>a:hover{background:#ff0000} p:hover{background:#00ff00}</style><p id=p>text <a "
                 "href=x>link</a></p><p>other</p>");
        const QPoint link = p.find("link");
        const QPoint text = p.find("text");
        const QPoint other = p.find("other");
        p.client.damage = {};
        p.page->mouseMove(mouse(link));
        QCOMPARE(p.client.hoveredLink, at("x"));
        QCOMPARE(p.client.cursor, Qt::PointingHandCursor);
        QVERIFY(p.client.damage.contains(QRect(link, QSize(1, 1))));
        QVERIFY(!p.client.damage.contains(QRect(other, QSize(1, 1))));
        const QImage hovered = grab(*p.page, {0, 0, 800, 600});
        QCOMPARE(hovered.pixelColor(link.x(), link.y() + 9), QColor(Qt::red));
        QCOMPARE(hovered.pixelColor(700, link.y()), QColor(Qt::green));
        p.page->mouseMove(mouse(text));
        QCOMPARE(p.client.hoveredLink, QUrl());
        QCOMPARE(p.client.cursor, Qt::IBeamCursor);
        QCOMPARE(p.pixel({link.x(), link.y() + 9}), QColor(Qt::green));
        p.page->mouseLeave();
        QCOMPARE(p.client.cursor, Qt::ArrowCursor);
        QCOMPARE(p.pixel({link.x(), link.y() + 9}), QColor(Qt::white));
    }

    void focusGoesThroughLinksAndOut()
    {
        Loaded p("<a href=1>one</a> <a name=no>no</a> <a href=2>two</a><div style='height:2000px'></div><a "
                 "href=3>three</a>");
        QVERIFY(p.page->focusNext(FindDirection::Forward));
        QVERIFY(p.page->focusNext(FindDirection::Forward));
        p.client.damage = {};
        const QImage before = grab(*p.page, {0, 0, 800, 600});
        QVERIFY(p.page->focusNext(FindDirection::Forward));
        QVERIFY(p.client.scrolledTo.top() > 1900);
        QVERIFY(grab(*p.page, {0, 0, 800, 600}) != before);
        p.page->activateFocused(Qt::NoModifier);
        QCOMPARE(p.client.navigations.back().url, at("3"));
        QVERIFY(!p.page->focusNext(FindDirection::Forward));
        QVERIFY(p.page->focusNext(FindDirection::Backward));
        p.page->activateFocused(Qt::ControlModifier);
        QCOMPARE(p.client.navigations.back().url, at("3"));
        QVERIFY(p.page->focusNext(FindDirection::Backward));
        QVERIFY(p.page->focusNext(FindDirection::Backward));
        QVERIFY(!p.page->focusNext(FindDirection::Backward));
    }

    void anchorsAreFoundByIdAndName()
    {
        Loaded p("<body style='margin:0'><div style='height:500px'></div><a name=here></a><p style='margin:0'>x</p>"
                 "<div style='height:300px'></div><h2 id='f\xc3\xbc' style='margin:0'>y</h2>");
        QCOMPARE(p.page->anchorPosition(QStringLiteral("here")).value().y(), 500);
        QVERIFY(p.page->anchorPosition(QStringLiteral("f%C3%BC")).value().y() > 800);
        QCOMPARE(p.page->anchorPosition(QStringLiteral("top")), QPoint());
        QVERIFY(!p.page->anchorPosition(QStringLiteral("nowhere")));
    }

    void textFollowsBlocksCellsAndLines()
    {
        Loaded p(
            "<title>no</title><h1>Title</h1><p>one\n two<br>three <b>bo</b>ld</p><ul><li>a<li>b</ul>"
            "<table><tr><td>c1<td>c2<tr><td>d1<td>d2</table><pre>x  y\n  z</pre><p style='display:none'>hidden</p>");
        QCOMPARE(p.page->text(), QStringLiteral("Title\n\none two\nthree bold\n\na\nb\n\nc1\tc2\nd1\td2\n\nx  y\n  z"));
    }

    void aWrappedLineKeepsItsSpaces()
    {
        Loaded p("<p>" + QByteArray("word ").repeated(200));
        QCOMPARE(p.page->text(), QStringLiteral("word ").repeated(200).trimmed());
    }

    void selectsByDragAndByClicks()
    {
        Loaded p("<p>alpha beta gamma</p><p>delta epsilon</p>");
        const QPoint beta = p.find("beta");
        p.click(beta, Qt::LeftButton, {}, 2);
        QCOMPARE(p.page->selectedText(), QStringLiteral("beta"));
        p.click(beta, Qt::LeftButton, {}, 3);
        QCOMPARE(p.page->selectedText(), QStringLiteral("alpha beta gamma"));
        p.click(beta);
        QVERIFY(!p.client.hasSelection);
        p.click(p.find("epsilon") + QPoint(100, 0), Qt::LeftButton, Qt::ShiftModifier);
        QVERIFY(p.page->selectedText().endsWith(u"gamma\n\ndelta epsilon"));
        p.drag(QPoint(0, p.find("delta").y()), p.find("delta") + QPoint(200, 0));
        QCOMPARE(p.page->selectedText(), QStringLiteral("delta epsilon"));
        p.page->selectAll();
        QCOMPARE(p.page->selectedText(), p.page->text());
        p.page->clearSelection();
        QVERIFY(!p.client.hasSelection);
        QCOMPARE(p.page->selectedText(), QString());
    }

    void findsAcrossRunsAndLines()
    {
        Loaded p("<p>Some <b>Bo</b>ld words, some\n<i>bold</i> words</p><p>SOME bold WORDS</p>");
        const auto find = [&](const char *text, FindDirection direction = FindDirection::Forward,
                              FindCase findCase = FindCase::Insensitive) {
            return p.page->find(QString::fromLatin1(text), direction, findCase);
        };
        FindResult found = find("some bold words");
        QCOMPARE(found.count, 3);
        QCOMPARE(found.active, 1);
        const QRect first = found.activeRect;
        QVERIFY(!first.isEmpty());
        QCOMPARE(find("some bold words").active, 2);
        QCOMPARE(find("some bold words", FindDirection::Backward).active, 1);
        QCOMPARE(find("some bold words", FindDirection::Backward).active, 3);
        const QImage marked = grab(*p.page, {0, 0, 800, 600});
        QCOMPARE(find("some bold words", FindDirection::Forward, FindCase::Sensitive).count, 1);
        QCOMPARE(find("Bold", FindDirection::Forward, FindCase::Sensitive).count, 1);
        QCOMPARE(find("nothing").count, 0);
        QCOMPARE(find("").count, 0);
        QVERIFY(grab(*p.page, {0, 0, 800, 600}) != marked);
    }

    void mediaQueriesFollowTheViewport()
    {
        Loaded p("<style>body{margin:0} div{height:20px;background:#ff0000} @media "
                 "(max-width:500px){div{background:#0000ff}}</style><div></div>");
        QCOMPARE(p.pixel({10, 10}), QColor(Qt::red));
        p.page->setViewport({400, 600}, 1);
        QCOMPARE(p.pixel({10, 10}), QColor(Qt::blue));
    }

    void theCanvasTakesTheBodysColor()
    {
        Loaded p("<body bgcolor='#102030' text='#ffffff'>x");
        QCOMPARE(p.page->backgroundColor(), QColor(0x10, 0x20, 0x30));
        Loaded root("<style>html{background:#aabbcc}</style>x");
        QCOMPARE(root.page->backgroundColor(), QColor(0xaa, 0xbb, 0xcc));
    }

    void generatedDocumentsAreAskedForOnce()
    {
        FakePageClient client;
        int calls = 0;
        auto page = TestedPage::createFromGenerated({base, QStringLiteral("text/x"), {}, false}, client,
                                                    [&](QByteArrayView body) {
                                                        ++calls;
                                                        return "<p>[" + body.toByteArray() + "]</p>";
                                                    });
        page->setViewport({800, 600}, 1);
        QVERIFY(load(*page, client, "raw <b>"));
        QCOMPARE(calls, 1);
        QCOMPARE(page->text(), QStringLiteral("[raw ]"));
    }

    void nothingComesAfterThePageIsGone()
    {
        FakePageClient client;
        auto page = TestedPage::create({base, QStringLiteral("text/html"), {}, false}, client);
        page->setViewport({800, 600}, 1);
        page->append("<link rel=icon href=i><link rel=stylesheet href=a.css><img src=b.png>x");
        page->finish();
        page.reset();
        QTest::qWait(50);
        QCOMPARE(client.finishes, 0);
    }
};

QTEST_MAIN(HtmlPageTest)
#include "html_page_test.moc"
