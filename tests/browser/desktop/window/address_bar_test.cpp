// SPDX-License-Identifier: BSD-3-Clause
// The address bar: what is typed, what it shows, what it suggests.
#include "browser/desktop/window/site_popover.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/support/initiators.h"

#include <QAbstractItemView>
#include <QClipboard>
#include <QCompleter>
#include <QLabel>
#include <QMimeData>

using namespace bulkhead;

class AddressBarTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> f;
    AddressBar *bar() const { return f->window->addressBar(); }

    void typeAddress(const QString &text)
    {
        bar()->focusAll();
        f->type(text);
        bar()->completer()->popup()->hide();
    }
    int countOf(const QColor &color, const QRect &where) const
    {
        const QImage image = bar()->grab(where).toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixelColor(x, y) == color;
        }
        return count;
    }

    int darkest(const QRect &where) const
    {
        const QImage image = bar()->grab(where).toImage();
        int grey = 255;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                grey = std::min(grey, qGray(image.pixel(x, y)));
        }
        return grey;
    }

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        f->open(QStringLiteral("a"));
    }
    void cleanup() { f.reset(); }

    void enterOpensWhatWasTypedAndThePageGetsTheFocus()
    {
        typeAddress(QStringLiteral("http://example.test/b"));
        f->press(Qt::Key_Return);
        QCOMPARE(f->tabs.count(), 1);
        QTRY_COMPARE(f->tabs.active()->title().plain(), QStringLiteral("Title of b"));
        QVERIFY(f->hasFocus(f->page()->view()));
    }

    void altEnterOpensANewTabAndLeavesThisOneAlone()
    {
        typeAddress(QStringLiteral("http://example.test/b"));
        f->press(Qt::Key_Return, Qt::AltModifier);
        QCOMPARE(f->tabs.count(), 2);
        QCOMPARE(f->tabs.activeIndex(), 1);
        QCOMPARE(f->tabs.at(0)->url(), WindowFixture::address(QStringLiteral("a")));
        f->tabs.activate(0);
        QCOMPARE(bar()->text(), QStringLiteral("http://example.test/a"));
    }

    void altShiftEnterOpensItBehind()
    {
        typeAddress(QStringLiteral("http://example.test/b"));
        f->press(Qt::Key_Return, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(f->tabs.count(), 2);
        QCOMPARE(f->tabs.activeIndex(), 0);
    }

    void escRestoresTheAddressAndAgainGoesBackToThePage()
    {
        typeAddress(QStringLiteral("rubbish"));
        f->press(Qt::Key_Escape);
        QCOMPARE(bar()->text(), QStringLiteral("http://example.test/a"));
        QCOMPARE(bar()->selectedText(), bar()->text());
        QVERIFY(f->hasFocus(bar()));
        f->press(Qt::Key_Escape);
        QVERIFY(f->hasFocus(f->page()->view()));
    }

    void whatIsNoAddressIsExplainedAndOpensNothing()
    {
        const int before = int(f->fetcher.requests.size());
        typeAddress(QStringLiteral("no such thing"));
        f->press(Qt::Key_Return);
        QTRY_VERIFY(!bar()->error().isEmpty());
        QCOMPARE(bar()->accessibleDescription(), bar()->error());
        QCOMPARE(f->fetcher.requests.size(), before);
        QCOMPARE(bar()->text(), QStringLiteral("no such thing"));
        f->type(QStringLiteral("x"));
        QVERIFY2(bar()->error().isEmpty(), "typing on takes the complaint away");
    }

    void everyShortcutForItSelectsAll()
    {
        const QList<QPair<Qt::Key, Qt::KeyboardModifiers>> keys{
            {Qt::Key_L, Qt::ControlModifier}, {Qt::Key_F6, Qt::NoModifier}, {Qt::Key_D, Qt::AltModifier}};
        for (const auto &[key, modifiers] : keys) {
            f->page()->focusPage();
            QVERIFY(!f->hasFocus(bar()));
            f->press(key, modifiers);
            QVERIFY(f->hasFocus(bar()));
            QCOMPARE(bar()->selectedText(), QStringLiteral("http://example.test/a"));
        }
    }

    void typedTextIsKeptPerTabAndNoPageOverwritesIt()
    {
        Tab *a = f->tabs.active();
        typeAddress(QStringLiteral("half an addr"));
        f->open(QStringLiteral("b"));
        QCOMPARE(bar()->text(), QStringLiteral("http://example.test/b"));
        f->tabs.activate(f->tabs.indexOf(a));
        QCOMPARE(bar()->text(), QStringLiteral("half an addr"));
        a->navigate(WindowFixture::address(QStringLiteral("c")), test::person());
        QTRY_COMPARE(a->title().plain(), QStringLiteral("Title of c"));
        QCOMPARE(bar()->text(), QStringLiteral("half an addr"));
        bar()->focusAll();
        f->press(Qt::Key_Escape);
        QCOMPARE(bar()->text(), QStringLiteral("http://example.test/c"));
    }

    void visitedPagesAreSuggestedAndOpened()
    {
        f->history.addVisit(QUrl(QStringLiteral("http://example.test/deep/page")), QStringLiteral("The deep page"));
        bar()->focusAll();
        f->type(QStringLiteral("deep"));
        QAbstractItemView *popup = bar()->completer()->popup();
        QVERIFY(popup->isVisible());
        QCOMPARE(popup->model()->rowCount(), 1);
        QTest::keyClick(popup, Qt::Key_Down);
        QCOMPARE(bar()->text(), QStringLiteral("http://example.test/deep/page"));
        QTest::keyClick(popup, Qt::Key_Return);
        QVERIFY(!popup->isVisible());
        QCOMPARE(f->tabs.active()->url(), QUrl(QStringLiteral("http://example.test/deep/page")));
    }

    void nothingIsSuggestedForNothing()
    {
        bar()->focusAll();
        f->type(QStringLiteral("zzz"));
        QVERIFY(!bar()->completer()->popup()->isVisible());
    }

    void theHostStandsOutUnlessOneTypes()
    {
        f->page()->focusPage();
        const int start = bar()->textMargins().left();
        const int scheme = bar()->fontMetrics().horizontalAdvance(QStringLiteral("http://"));
        const QRect schemeRect(start, 4, scheme - 2, bar()->height() - 8);
        const QRect hostRect(start + scheme + 4, 4, scheme, bar()->height() - 8);
        QVERIFY2(darkest(schemeRect) > darkest(hostRect) + 30, "the scheme is fainter");
        bar()->focusAll();
        bar()->deselect();
        QVERIFY(std::abs(darkest(schemeRect) - darkest(hostRect)) < 20);
    }

    void progressIsALineAtTheFoot()
    {
        f->page()->focusPage();
        const QColor accent = chrome::accent(f->window->palette());
        const QRect foot(20, bar()->height() - 3, bar()->width() - 40, 1);
        QCOMPARE(countOf(accent, foot), 0);
        f->tabs.active()->navigate(WindowFixture::address({}, QStringLiteral("slow.test")), test::person());
        QVERIFY(countOf(accent, foot) > 10);
        f->tabs.active()->stop();
        QCOMPARE(countOf(accent, foot), 0);
    }

    void theSiteMarkSaysHowThePageCame()
    {
        auto *mark = bar()->findChild<FlatButton *>();
        QVERIFY(mark->accessibleName().contains(QStringLiteral("Not encrypted")));
        const QList<QPair<QString, Connection>> urls{{QStringLiteral("file:///etc/hosts"), Connection::File},
                                                     {QStringLiteral("https://example.test/"), Connection::Encrypted},
                                                     {QStringLiteral("about:version"), Connection::Internal},
                                                     {QStringLiteral("data:,x"), Connection::Inline}};
        for (const auto &[url, connection] : urls) {
            QCOMPARE(connectionOf(QUrl(url)), connection);
            f->tabs.active()->navigate(QUrl(url), test::person());
            QTRY_VERIFY2(mark->accessibleName().contains(connectionLabel(connection)), qPrintable(url));
        }
    }

    void theLockIsForWhatCameOverTlsOnly()
    {
        auto *mark = bar()->findChild<FlatButton *>();
        const auto isLocked = [mark] {
            return mark->accessibleName().contains(connectionLabel(Connection::Encrypted));
        };
        Tab *tab = f->tabs.active();
        tab->navigate(QUrl(QStringLiteral("https://slow.test/")), test::person());
        QVERIFY2(!isLocked(), "nothing has answered yet");
        tab->navigate(QUrl(QStringLiteral("https://example.test/")), test::person());
        QVERIFY(!isLocked());
        QTRY_VERIFY(isLocked());
        QVERIFY(tab->isSecure());
        tab->navigate(QUrl(QStringLiteral("https://broken.test/")), test::person());
        QVERIFY(!isLocked());
        QTRY_COMPARE(tab->siteKey(), QStringLiteral("about:error"));
        QTRY_COMPARE(tab->loadState(), LoadState::Idle);
        QVERIFY2(!isLocked(), "an error page");
        QVERIFY(!tab->isSecure());
        QCOMPARE(bar()->text(), QStringLiteral("https://broken.test/"));
    }

    void itIsReadWithoutTricksAndEditedAsItIs()
    {
        f->page()->focusPage();
        Tab *tab = f->tabs.active();
        tab->navigate(QUrl::fromEncoded("http://bank.test:secret@www.b%C3%BCcher.test/%E2%82%AC%E2%80%AE%20x"),
                      test::person());
        const QString read = QStringLiteral("http://www.b\u00fccher.test/\u20ac%E2%80%AE%20x");
        const QString edited = QStringLiteral("http://www.xn--bcher-kva.test/%E2%82%AC%E2%80%AE%20x");
        QTRY_COMPARE(bar()->text(), read);
        bar()->focusAll();
        QCOMPARE(bar()->text(), edited);
        QCOMPARE(bar()->selectedText(), edited);
        f->press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), edited);
        f->page()->focusPage();
        QCOMPARE(bar()->text(), read);
        bar()->focusAll();
        f->press(Qt::Key_Escape);
        QVERIFY(f->hasFocus(f->page()->view()));
        // Scripts of two kinds in one name.
        tab->navigate(QUrl(QStringLiteral("http://p\u0430ypal.test/")), test::person());
        QCOMPARE(bar()->text(), QStringLiteral("http://xn--pypal-4ve.test/"));
    }

    void aDataAddressOfTwoMegabytesIsNotLaidOut()
    {
        f->page()->focusPage();
        const QByteArray address = "data:text/plain," + QByteArray(2 << 20, 'x');
        f->tabs.active()->navigate(QUrl::fromEncoded(address), test::person());
        QVERIFY(bar()->text().size() <= 2000);
        bar()->focusAll();
        QVERIFY(bar()->text().size() <= 2000);
        f->press(Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text().toLatin1(), address);
        // Opened again as it is, not as it is seen.
        f->press(Qt::Key_Return);
        QCOMPARE(f->tabs.active()->url().toEncoded(), address);
    }

    void aLongHostDoesNotPushItsDomainOutOfSight()
    {
        f->page()->focusPage();
        const QString host =
            QStringLiteral("www.bank.example.") + QStringLiteral("login.").repeated(30) + QStringLiteral("evil.test");
        f->tabs.active()->navigate(QUrl(QStringLiteral("http://") + host + QStringLiteral("/x")), test::person());
        QCOMPARE(bar()->text(), QStringLiteral("\u2026evil.test/x"));
        f->window->resize(2400, 600);
        QTRY_COMPARE(bar()->text(), QStringLiteral("http://") + host + QStringLiteral("/x"));
        f->window->resize(700, 600);
        QTRY_COMPARE(bar()->text(), QStringLiteral("\u2026evil.test/x"));
        bar()->focusAll();
        QCOMPARE(bar()->text(), QStringLiteral("http://") + host + QStringLiteral("/x"));
    }

    void theRegistrableDomainStandsOutOfItsHost()
    {
        f->page()->focusPage();
        f->tabs.active()->navigate(QUrl(QStringLiteral("http://example.test.mmmmmmmm.test/")), test::person());
        QCOMPARE(bar()->text(), QStringLiteral("http://example.test.mmmmmmmm.test/"));
        const QFontMetrics metrics = bar()->fontMetrics();
        const int start = bar()->textMargins().left() + metrics.horizontalAdvance(QStringLiteral("http://"));
        const int before = metrics.horizontalAdvance(QStringLiteral("example.test."));
        const int domain = metrics.horizontalAdvance(QStringLiteral("mmmmmmmm"));
        const QRect dim(start + 4, 4, before - 10, bar()->height() - 8);
        const QRect strong(start + before + 6, 4, domain - 8, bar()->height() - 8);
        QVERIFY2(darkest(dim) > darkest(strong) + 30,
                 qPrintable(QStringLiteral("%1 %2").arg(darkest(dim)).arg(darkest(strong))));
    }

    void thePopoverNamesTheProcessAndWhoSharesIt()
    {
        Tab *other = f->open(QStringLiteral("b"));
        QCOMPARE(other->rendererPid(), f->tabs.at(0)->rendererPid());
        bar()->showSite();
        auto *popover = bar()->findChild<SitePopover *>();
        QVERIFY(popover && popover->isVisible());
        QStringList texts;
        for (const QLabel *label : popover->findChildren<QLabel *>())
            texts.append(label->text());
        QVERIFY(texts.contains(QStringLiteral("pid %1").arg(other->rendererPid())));
        QVERIFY(texts.contains(QStringLiteral("Title of a")));
        QVERIFY(texts.contains(QStringLiteral("http://example.test")));
        QTest::keyClick(popover, Qt::Key_Escape);
        QVERIFY(!popover->isVisible());
    }

    void aDroppedAddressIsOpened()
    {
        QMimeData data;
        data.setUrls({WindowFixture::address(QStringLiteral("dropped"))});
        WindowFixture::drop(bar(), QPoint(100, 10), data);
        QCOMPARE(f->tabs.active()->url(), WindowFixture::address(QStringLiteral("dropped")));
    }
};

QTEST_MAIN(AddressBarTest)
#include "address_bar_test.moc"

#include <algorithm>
