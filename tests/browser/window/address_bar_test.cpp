// SPDX-License-Identifier: BSD-3-Clause
// The address bar: what is typed, what it shows, what it suggests.
#include "browser/window/color_scheme.h"
#include "browser/window/flat_button.h"
#include "browser/window/site_popover.h"
#include "tests/browser/window/window_fixture.h"

#include <QAbstractItemView>
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
        QTRY_COMPARE(f->tabs.active()->title(), QStringLiteral("Title of b"));
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
        QVERIFY(!bar()->error().isEmpty());
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
        a->navigate(WindowFixture::address(QStringLiteral("c")));
        QTRY_COMPARE(a->title(), QStringLiteral("Title of c"));
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
        f->tabs.active()->navigate(WindowFixture::address({}, QStringLiteral("slow.test")));
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
            f->tabs.active()->navigate(QUrl(url));
            QVERIFY2(mark->accessibleName().contains(connectionLabel(connection)), qPrintable(url));
        }
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
