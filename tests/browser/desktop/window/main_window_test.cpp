// SPDX-License-Identifier: BSD-3-Clause
// The window as a person uses it: keys, tabs, commands, and what a renderer's end leaves standing.
#include "browser/desktop/window/main_menu.h"
#include "browser/desktop/window/tab_menu.h"
#include "browser/desktop/window/zoom_row.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/sad_tab.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/support/initiators.h"

#include <QClipboard>
#include <QHelpEvent>
#include <QMessageBox>
#include <QPushButton>
#include <QToolTip>
#include <QWidgetAction>

#include <algorithm>
#include <csignal>

using namespace bulkhead;

class MainWindowTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> f;

    QStringList titles() const
    {
        QStringList list;
        for (int i = 0; i < f->tabs.count(); ++i)
            list.append(f->tabs.at(i)->title().plain().section(QLatin1Char(' '), -1));
        return list;
    }
    QPoint centerOf(int tab) const { return f->window->tabStrip()->bar()->tabRect(tab).center(); }

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
    }
    void cleanup() { f.reset(); }

    void aNewTabStandsOnTheStartPageWithTheAddressBarReady()
    {
        f->open(QStringLiteral("a"));
        f->press(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(f->tabs.count(), 2);
        QCOMPARE(f->tabs.active()->url(), QUrl(QStringLiteral("about:start")));
        QVERIFY(f->hasFocus(f->window->addressBar()));
        QVERIFY(f->window->addressBar()->text().isEmpty());
    }

    void aClosedTabComesBackAtItsPlaceWithItsHistory()
    {
        f->open(QStringLiteral("a"));
        Tab *b = f->open(QStringLiteral("b"), QStringLiteral("two.test"));
        b->navigate(WindowFixture::address(QStringLiteral("b2"), QStringLiteral("two.test")), test::person());
        QTRY_COMPARE(b->title().plain(), QStringLiteral("Title of b2"));
        f->open(QStringLiteral("c"), QStringLiteral("three.test"));
        f->tabs.activate(1);

        f->press(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(titles(), QStringList({QStringLiteral("a"), QStringLiteral("c")}));
        f->press(Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f->tabs.count(), 3);
        QCOMPARE(f->tabs.activeIndex(), 1);
        QCOMPARE(f->tabs.active()->history().count(), 2);
        QTRY_COMPARE(f->tabs.active()->title().plain(), QStringLiteral("Title of b2"));
        QVERIFY(f->actions().back->isEnabled());
    }

    void tabsAreSteppedThroughInACircleAndPickedByNumber()
    {
        for (int i = 0; i < 10; ++i)
            f->tabs.openEmpty(Activation::Background);
        f->press(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(f->tabs.activeIndex(), 1);
        f->press(Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE(f->tabs.activeIndex(), 2);
        f->press(Qt::Key_PageUp, Qt::ControlModifier);
        f->press(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(f->tabs.activeIndex(), 0);
        f->press(Qt::Key_PageUp, Qt::ControlModifier);
        QCOMPARE(f->tabs.activeIndex(), 9);
        f->press(Qt::Key_3, Qt::ControlModifier);
        QCOMPARE(f->tabs.activeIndex(), 2);
        f->press(Qt::Key_9, Qt::ControlModifier);
        QCOMPARE(f->tabs.activeIndex(), 9);
        QCOMPARE(f->window->tabStrip()->bar()->currentIndex(), 9);
    }

    void aTabMovesByKeysAndByDraggingAndTheListFollows()
    {
        f->open(QStringLiteral("a"));
        f->open(QStringLiteral("b"));
        f->open(QStringLiteral("c"));
        f->press(Qt::Key_PageUp, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(titles(), QStringList({QStringLiteral("a"), QStringLiteral("c"), QStringLiteral("b")}));
        QCOMPARE(f->window->tabStrip()->bar()->currentIndex(), 1);

        TabBar *bar = f->window->tabStrip()->bar();
        const QPoint from = centerOf(0);
        QTest::mousePress(bar, Qt::LeftButton, {}, from);
        QTest::mouseMove(bar, from + QPoint(40, 0));
        QTest::mouseMove(bar, centerOf(2));
        QTest::mouseRelease(bar, Qt::LeftButton, {}, centerOf(2));
        QTRY_COMPARE(titles().last(), QStringLiteral("a"));
        for (int i = 0; i < 3; ++i)
            QVERIFY(bar->tabText(i).contains(f->tabs.at(i)->title().plain()));
    }

    void tabsAreClosedByTheMiddleButtonAndOpenedOnFreeSpace()
    {
        f->open(QStringLiteral("a"));
        f->open(QStringLiteral("b"));
        QTest::mouseClick(f->window->tabStrip()->bar(), Qt::MiddleButton, {}, centerOf(0));
        QCOMPARE(titles(), QStringList{QStringLiteral("b")});
        TabStrip *strip = f->window->tabStrip();
        QTest::mouseDClick(strip, Qt::LeftButton, {}, QPoint(strip->width() - 20, strip->height() / 2));
        QCOMPARE(f->tabs.count(), 2);
    }

    void aTabsCloseButtonClosesThatTab()
    {
        f->open(QStringLiteral("a"));
        f->open(QStringLiteral("b"));
        auto *button = qobject_cast<QAbstractButton *>(f->window->tabStrip()->bar()->tabButton(0, QTabBar::RightSide));
        QVERIFY(button);
        button->click();
        QCOMPARE(titles(), QStringList{QStringLiteral("b")});
    }

    void aTabsTooltipNamesTheProcessToKill()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        TabBar *bar = f->window->tabStrip()->bar();
        QHelpEvent help(QEvent::ToolTip, centerOf(0), bar->mapToGlobal(centerOf(0)));
        QApplication::sendEvent(bar, &help);
        const QString text = QToolTip::text();
        QVERIFY2(text.contains(QStringLiteral("Renderer pid %1").arg(tab->rendererPid())), qPrintable(text));
        QVERIFY(text.contains(QStringLiteral("Title of a")));
        QVERIFY(text.contains(QStringLiteral("http://example.test")));
        QToolTip::hideText();
    }

    void theTabMenuClosesOthersAndTabsToTheRight()
    {
        for (const char *name : {"a", "b", "c", "d"})
            f->open(QLatin1String(name));
        {
            TabMenu menu(f->tabs, *f->tabs.at(1), f->window.get());
            trigger(menu, QStringLiteral("Close Tabs to the Right"));
        }
        QCOMPARE(titles(), QStringList({QStringLiteral("a"), QStringLiteral("b")}));
        {
            TabMenu menu(f->tabs, *f->tabs.at(1), f->window.get());
            trigger(menu, QStringLiteral("Close Others"));
        }
        QCOMPARE(titles(), QStringList{QStringLiteral("b")});
        {
            TabMenu menu(f->tabs, *f->tabs.at(0), f->window.get());
            trigger(menu, QStringLiteral("Copy pid %1").arg(f->tabs.at(0)->rendererPid()));
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::number(f->tabs.at(0)->rendererPid()));
    }

    void closingTheLastTabClosesTheWindow()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        QSignalSpy closed(f->window.get(), &MainWindow::closed);
        f->tabs.close(tab);
        QCOMPARE(closed.count(), 1);
        QVERIFY(!f->window->isVisible());
    }

    void backAndForwardFollowTheHistory()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        tab->navigate(WindowFixture::address(QStringLiteral("b")), test::person());
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("Title of b"));
        QVERIFY(!f->actions().forward->isEnabled());
        f->press(Qt::Key_Left, Qt::AltModifier);
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("Title of a"));
        QCOMPARE(f->window->addressBar()->text(), QStringLiteral("http://example.test/a"));
        f->press(Qt::Key_Right, Qt::AltModifier);
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("Title of b"));
    }

    void theReloadButtonStopsWhileAPageLoads()
    {
        f->open(QStringLiteral("a"));
        QVERIFY(isShown(f->actions().reload));
        f->tabs.active()->navigate(WindowFixture::address(QStringLiteral("x"), QStringLiteral("slow.test")),
                                   test::person());
        QCOMPARE(f->tabs.active()->loadState(), LoadState::Waiting);
        QVERIFY(isShown(f->actions().stop));
        f->page()->focusPage();
        f->press(Qt::Key_Escape);
        QCOMPARE(f->tabs.active()->loadState(), LoadState::Idle);
        QVERIFY(isShown(f->actions().reload));
        QCOMPARE(f->window->addressBar()->text(), QStringLiteral("http://example.test/a"));
    }

    void theWindowIsNamedAfterItsPage()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        QCOMPARE(f->window->windowTitle(), QStringLiteral("Title of a — Bulkhead"));
        f->renderer(tab)->setTitle(QStringLiteral("Tom & Jerry"));
        QTRY_COMPARE(f->window->windowTitle(), QStringLiteral("Tom & Jerry — Bulkhead"));
        QCOMPARE(f->window->tabStrip()->bar()->tabText(0), QStringLiteral("Tom && Jerry"));
    }

    void fullScreenShowsThePageAloneAndEscLeavesIt()
    {
        f->open(QStringLiteral("a"));
        f->press(Qt::Key_F11);
        QTRY_VERIFY(f->window->isFullScreen());
        QVERIFY(!f->window->tabStrip()->isVisible());
        QVERIFY(!f->window->navigationBar()->isVisible());
        f->press(Qt::Key_L, Qt::ControlModifier);
        QVERIFY2(f->window->addressBar()->isVisible(), "the address bar can be reached in full screen, too");
        f->press(Qt::Key_Escape);
        QVERIFY(!f->window->navigationBar()->isVisible());
        f->press(Qt::Key_Escape);
        QTRY_VERIFY(!f->window->isFullScreen());
        QVERIFY(f->window->tabStrip()->isVisible());
        QVERIFY(!f->actions().fullScreen->isChecked());
    }

    void altOrF10OpensTheMenuAndAltWithAnythingElseDoesNot()
    {
        f->open(QStringLiteral("a"));
        auto *menu = f->window->findChild<MainMenu *>();
        QVERIFY(menu);
        QTest::keyPress(f->window->focusWidget(), Qt::Key_Alt);
        QTest::keyClick(f->window->focusWidget(), Qt::Key_X, Qt::AltModifier);
        QTest::keyRelease(f->window->focusWidget(), Qt::Key_Alt);
        QVERIFY(!menu->isVisible());
        for (const Qt::Key key : {Qt::Key_Alt, Qt::Key_F10}) {
            f->press(key);
            QTRY_VERIFY2(menu->isVisible(), qPrintable(QKeySequence(key).toString()));
            menu->close();
        }
    }

    void theMenusZoomRowIsReachedByArrowKeys()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        auto *menu = f->window->findChild<MainMenu *>();
        menu->popup(f->window->mapToGlobal(QPoint(10, 10)));
        QTRY_VERIFY(menu->isVisible());
        for (int i = 0; i < 30 && !qobject_cast<QWidgetAction *>(menu->activeAction()); ++i)
            QTest::keyClick(menu, Qt::Key_Down);
        QVERIFY(qobject_cast<QWidgetAction *>(menu->activeAction()));
        auto *row = menu->findChild<ZoomRow *>();
        QVERIFY(row && row->hasFocus());
        QTest::keyClick(row, Qt::Key_Right);
        QCOMPARE(tab->zoom(), 1.1);
        QTest::keyClick(row, Qt::Key_Left);
        QTest::keyClick(row, Qt::Key_Left);
        QCOMPARE(tab->zoom(), 0.9);
        QTest::keyClick(row, Qt::Key_Return);
        QCOMPARE(tab->zoom(), 1.0);
        QVERIFY(menu->isVisible());
        QTest::keyClick(row, Qt::Key_Up);
        QVERIFY(menu->activeAction() && !menu->activeAction()->text().isEmpty());
        menu->close();
    }

    void noTwoCommandsShareAShortcut()
    {
        QHash<QKeySequence, QString> owners;
        for (const QAction *action : f->window->actions()) {
            for (const QKeySequence &keys : action->shortcuts()) {
                QVERIFY2(!owners.contains(keys),
                         qPrintable(
                             QStringLiteral("%1: %2 and %3").arg(keys.toString(), owners.value(keys), action->text())));
                owners.insert(keys, action->text());
            }
        }
        QVERIFY(owners.size() > 40);
    }

    void theWindowsSizeIsKept()
    {
        f->window->resize(777, 555);
        f->window->close();
        f->window = std::make_unique<MainWindow>(f->tabs, f->downloads, f->history, f->settings);
        QCOMPARE(f->window->size(), QSize(777, 555));
    }

    void aKilledRendererCostsItsTabThePageAndNothingElse()
    {
        Tab *a = f->open(QStringLiteral("a"), QStringLiteral("one.test"));
        Tab *b = f->open(QStringLiteral("b"), QStringLiteral("two.test"));
        QVERIFY(a->rendererPid() != b->rendererPid());
        f->renderer(b)->page()->scroll = QPoint(0, 700);
        f->renderer(b)->repaint();
        QTRY_COMPARE(b->scrollPosition(), QPoint(0, 700));

        ::kill(pid_t(b->rendererPid()), SIGKILL);
        QTRY_VERIFY(b->crash());
        QVERIFY(f->page()->sadTab()->isVisible());
        QVERIFY(!f->page()->view()->isVisible());
        QCOMPARE(f->window->addressBar()->text(), QStringLiteral("http://two.test/b"));
        QCOMPARE(b->title().plain(), QStringLiteral("Title of b"));
        QVERIFY(!a->crash());
        QVERIFY(f->window->tabStrip()->bar()->tabText(1).contains(QStringLiteral("process ended")));
        auto *reload = qobject_cast<QPushButton *>(f->window->focusWidget());
        QVERIFY2(reload && reload->text().contains(QStringLiteral("Reload")), "Enter reloads");

        reload->click();
        QTRY_VERIFY(!b->crash() && b->rendererPid() > 0 && !b->frame().isNull());
        QVERIFY(f->page()->view()->isVisible());
        QTRY_COMPARE(b->scrollPosition(), QPoint(0, 700));
        f->tabs.activate(0);
        QVERIFY(f->page()->view()->isVisible());
    }

    void visitsAreWrittenIntoTheHistoryAndFailuresAreNot()
    {
        f->open(QStringLiteral("a"));
        QTRY_COMPARE(f->history.recent(10).value(0).title, QStringLiteral("Title of a"));
        QSignalSpy failed(f->tabs.active(), &Tab::loadFailed);
        f->tabs.active()->navigate(QUrl(QStringLiteral("http://broken.test/")), test::person());
        QTRY_COMPARE(failed.count(), 1);
        QTRY_COMPARE(f->tabs.active()->loadState(), LoadState::Idle);
        QCOMPARE(f->history.count(), 1);
    }

    void whatCannotBeShownBecomesADownload()
    {
        f->open(QStringLiteral("a"));
        f->tabs.active()->navigate(QUrl(QStringLiteral("http://download.test/thing.bin")), test::person());
        QTRY_COMPARE(f->downloads.count(), 1);
        QTRY_COMPARE(f->downloads.at(0)->state(), DownloadState::Finished);
        QCOMPARE(f->window->addressBar()->text(), QStringLiteral("http://example.test/a"));
    }

    void closingWithRunningDownloadsAsksFirst()
    {
        f->open(QStringLiteral("a"));
        f->downloads.start(QUrl(QStringLiteral("http://slow.test/big")), test::person());
        QSignalSpy closed(f->window.get(), &MainWindow::closed);
        auto answer = [this](int role) {
            QTimer::singleShot(0, f->window.get(), [role] {
                auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
                QVERIFY(box);
                for (QAbstractButton *button : box->buttons()) {
                    if (box->buttonRole(button) == role)
                        return button->click();
                }
            });
        };
        answer(QMessageBox::RejectRole);
        f->window->close();
        QVERIFY(f->window->isVisible());
        QCOMPARE(closed.count(), 0);
        answer(QMessageBox::DestructiveRole);
        f->window->close();
        QCOMPARE(closed.count(), 1);
    }

    void aWindowMayGoBeforeItsTabs()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        f->window.reset();
        f->renderer(tab)->setTitle(QStringLiteral("later"));
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("later"));
        f->makeWindow();
        QVERIFY(f->page());
        QTRY_COMPARE(f->window->windowTitle(), QStringLiteral("later — Bulkhead"));
    }

private:
    bool isShown(const QAction *action) const
    {
        const auto buttons = f->window->navigationBar()->findChildren<FlatButton *>();
        return std::any_of(buttons.begin(), buttons.end(),
                           [action](const FlatButton *button) { return button->defaultAction() == action; });
    }
    static void trigger(QMenu &menu, const QString &text)
    {
        for (QAction *action : menu.actions()) {
            if (action->text().remove(QLatin1Char('&')) == text) {
                QVERIFY2(action->isEnabled(), qPrintable(text));
                return action->trigger();
            }
        }
        QFAIL(qPrintable(QStringLiteral("no ") + text));
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
