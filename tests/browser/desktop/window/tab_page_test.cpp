// SPDX-License-Identifier: BSD-3-Clause
// What surrounds a page: find bar, sad tab, notes above it and what floats over it.
#include "browser/desktop/window/tab_strip.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/hang_bar.h"
#include "browser/widgets/info_bar.h"
#include "browser/widgets/overlay_bubble.h"
#include "browser/widgets/sad_tab.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/support/initiators.h"

#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <csignal>

using namespace bulkhead;
using Body = wire::BrowserToRenderer::BodyCase;

class TabPageTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> f;
    Tab *tab = nullptr;

    FindBar *findBar() const { return f->page()->findBar(); }
    QLineEdit *field() const { return findBar()->findChild<QLineEdit *>(); }
    QString result() const { return findBar()->findChild<QLabel *>()->text(); }
    QString bubble() const
    {
        QString text;
        for (const OverlayBubble *note : f->page()->findChildren<OverlayBubble *>())
            text += note->isVisible() ? note->text() : QString();
        return text;
    }
    QStringList sadTexts() const
    {
        QStringList texts;
        for (const QLabel *label : f->page()->sadTab()->findChildren<QLabel *>()) {
            if (label->isVisible())
                texts.append(label->text());
        }
        return texts;
    }
    void kill()
    {
        ::kill(pid_t(tab->rendererPid()), SIGKILL);
        QTRY_VERIFY(tab->crash());
    }

    InfoBar *folderBar() const
    {
        for (InfoBar *bar : f->page()->findChildren<InfoBar *>()) {
            if (!qobject_cast<HangBar *>(bar))
                return bar;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        tab = f->open(QStringLiteral("a"));
        f->page()->focusPage();
    }
    void cleanup() { f.reset(); }

    void findingStepsThroughTheMatchesAndEscGoesBackToThePage()
    {
        f->press(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(findBar()->isVisible() && f->hasFocus(field()));
        f->type(QStringLiteral("word"));
        QTRY_COMPARE(result(), QStringLiteral("1 of 17"));
        f->press(Qt::Key_Return);
        QTRY_COMPARE(result(), QStringLiteral("2 of 17"));
        f->press(Qt::Key_F3);
        QTRY_COMPARE(result(), QStringLiteral("3 of 17"));
        f->press(Qt::Key_Return, Qt::ShiftModifier);
        QTRY_COMPARE(result(), QStringLiteral("2 of 17"));
        f->press(Qt::Key_F3, Qt::ShiftModifier);
        QTRY_COMPARE(result(), QStringLiteral("1 of 17"));
        f->press(Qt::Key_Escape);
        QVERIFY(!findBar()->isVisible());
        QVERIFY(f->hasFocus(f->page()->view()));
        QTRY_VERIFY(f->renderer()->last(Body::kFind).find().text().empty());
    }

    void noMatchTintsTheFieldAndDisablesTheSteps()
    {
        f->renderer()->findCount = 0;
        const QColor plain = field()->palette().color(QPalette::Base);
        f->actions().find->trigger();
        f->type(QStringLiteral("x"));
        QTRY_COMPARE(result(), QStringLiteral("No matches"));
        QVERIFY(field()->palette().color(QPalette::Base) != plain);
        for (const FlatButton *button : findBar()->findChildren<FlatButton *>()) {
            if (button->accessibleName().contains(QStringLiteral("match (")))
                QVERIFY(!button->isEnabled());
        }
        f->renderer()->findCount = 3;
        f->type(QStringLiteral("y"));
        QTRY_COMPARE(result(), QStringLiteral("1 of 3"));
        QCOMPARE(field()->palette().color(QPalette::Base), plain);
    }

    void matchCaseIsAskedForAgainAtOnce()
    {
        f->actions().find->trigger();
        f->type(QStringLiteral("w"));
        QTRY_COMPARE(result(), QStringLiteral("1 of 17"));
        QVERIFY(!f->renderer()->last(Body::kFind).find().case_sensitive());
        for (FlatButton *button : findBar()->findChildren<FlatButton *>()) {
            if (button->isCheckable())
                button->click();
        }
        QTRY_VERIFY(f->renderer()->last(Body::kFind).find().case_sensitive());
    }

    void aSlowPageIsAskedOnceAtATimeAndLastForTheWholeText()
    {
        f->renderer()->answersFind = false;
        f->actions().find->trigger();
        f->type(QStringLiteral("abcdef"));
        QTRY_COMPARE(f->renderer()->countOf(Body::kFind), 1);
        f->renderer()->answersFind = true;
        f->renderer()->answerFind();
        QTRY_COMPARE(f->renderer()->last(Body::kFind).find().text(), std::string("abcdef"));
        QCOMPARE(f->renderer()->countOf(Body::kFind), 2);
        QTRY_COMPARE(result(), QStringLiteral("1 of 17"));
    }

    void theFindBarIsEachTabsOwn()
    {
        f->actions().find->trigger();
        f->type(QStringLiteral("w"));
        f->open(QStringLiteral("b"));
        QVERIFY(!findBar()->isVisible());
        f->tabs.activate(0);
        QVERIFY(findBar()->isVisible());
        QCOMPARE(findBar()->text(), QStringLiteral("w"));
    }

    void theSadTabSaysWhatHappenedAndWhatWasKept()
    {
        f->actions().find->trigger();
        kill();
        const QString text = sadTexts().join(QLatin1Char('\n'));
        QVERIFY2(text.contains(tab->crash()->sentence()), qPrintable(text));
        QVERIFY(text.contains(tab->crash()->code()));
        QVERIFY(text.contains(QStringLiteral("SIGKILL")));
        QVERIFY(text.contains(QStringLiteral("Kept:")) && text.contains(QStringLiteral("Lost:")));
        QVERIFY2(!findBar()->isVisible(), "there is nothing to find in");
        QVERIFY(!f->actions().find->isEnabled());
        QVERIFY(!f->actions().endProcess->isEnabled());
    }

    void whatThePersonEndedIsSaidToBeTheirs()
    {
        f->actions().endProcess->trigger();
        QTRY_VERIFY(tab->crash());
        QCOMPARE(tab->crash()->kind, ExitKind::KilledByUser);
        QVERIFY(sadTexts().join(QLatin1Char('\n')).contains(QStringLiteral("You ended")));
    }

    void afterThreeEndsInARowReloadingIsNotPromised()
    {
        for (int ends = 1; ends <= 3; ++ends) {
            kill();
            const bool warned = sadTexts().join(QLatin1Char('\n')).contains(QStringLiteral("probably not help"));
            QCOMPARE(warned, ends >= SadTab::HopelessAfter);
            if (ends < 3) {
                f->press(Qt::Key_Return);
                QTRY_VERIFY(!tab->crash() && tab->rendererPid() > 0 && tab->loadState() == LoadState::Idle);
            }
        }
    }

    void theSadTabNeverReloadsByItself()
    {
        const qsizetype requests = f->fetcher.requests.size();
        kill();
        f->open(QStringLiteral("b"), QStringLiteral("two.test"));
        f->tabs.activate(0);
        QVERIFY(tab->crash());
        for (const FetchRequest &request : f->fetcher.requests.mid(requests))
            QCOMPARE(request.url.host(), QStringLiteral("two.test"));
    }

    void aDeniedFolderIsOfferedAndGranted()
    {
        Q_EMIT tab->fileAccessDenied(QStringLiteral("/usr/share/doc"));
        auto *bar = folderBar();
        QVERIFY(bar && bar->isVisible());
        auto *offer = bar->findChild<QPushButton *>();
        QVERIFY(offer->toolTip().contains(QStringLiteral("/usr/share/doc")));
        QVERIFY(bar->sentence().contains(QStringLiteral("/usr/share/doc")));
        const auto before = f->fetcher.requests.size();
        offer->click();
        QVERIFY(!bar->isVisible());
        QVERIFY2(f->fetcher.grantedFolders.isEmpty(), "for this tab only");
        QTRY_VERIFY(f->fetcher.requests.size() > before); // it is read again

        Q_EMIT tab->fileAccessDenied(QStringLiteral("/usr/share/doc"));
        for (QPushButton *button : folderBar()->findChildren<QPushButton *>()) {
            if (button->text().contains(QStringLiteral("Always")))
                button->click();
        }
        QCOMPARE(f->fetcher.grantedFolders, QStringList{QStringLiteral("/usr/share/doc")});
    }

    void foldersThatAreNobodysBusinessAreNamedAndNotOffered()
    {
        for (const QString &folder :
             {QStringLiteral("/"), QDir::homePath(), QStringLiteral("/etc"), QStringLiteral("/proc/self"),
              QStringLiteral("/dev"), QStringLiteral("/sys"), QDir::homePath() + QStringLiteral("/.ssh")}) {
            Q_EMIT tab->fileAccessDenied(folder);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the bar before
            auto *bar = folderBar();
            QVERIFY(bar && bar->isVisible() && bar->sentence().contains(folder));
            for (const QPushButton *button : bar->findChildren<QPushButton *>())
                QVERIFY2(!button->isVisible(), qPrintable(folder));
            tab->allowFolder(folder, GrantLasts::Always); // nor is it to be had by asking for it all the same
            QVERIFY(f->fetcher.grantedFolders.isEmpty());
        }
    }

    void aDeniedFolderIsDismissedAndForgottenWithItsPage()
    {
        Q_EMIT tab->fileAccessDenied(QStringLiteral("/usr"));
        auto *bar = folderBar();
        bar->findChild<FlatButton *>()->setFocus();
        f->press(Qt::Key_Escape);
        QVERIFY(!bar->isVisible());
        QCOMPARE(f->fetcher.grantedFolders.size(), 0);
        Q_EMIT tab->fileAccessDenied(QStringLiteral("/usr"));
        QCOMPARE(visibleInfoBars(), 1);
        tab->navigate(WindowFixture::address(QStringLiteral("b")), test::person());
        QCOMPARE(visibleInfoBars(), 0);
    }

    void aQuestionIsReadWholeInANarrowWindow_data()
    {
        QTest::addColumn<int>("choices");
        QTest::newRow("two buttons") << 0;
        QTest::newRow("five buttons") << 3;
    }
    void aQuestionIsReadWholeInANarrowWindow()
    {
        QFETCH(int, choices);
        Q_EMIT tab->fileAccessDenied(
            QStringLiteral("/usr/share/doc/a-package-of-documents-with-a-long-name/html/pictures"));
        auto *bar = folderBar();
        for (int i = 0; i < choices; ++i)
            bar->addChoice(QStringLiteral("One more choice"))->show();
        for (const int width : {420, 560, 1000}) {
            f->window->resize(width, 500);
            const auto isWhole = [&] {
                for (const QLabel *label : bar->findChildren<QLabel *>()) {
                    if (!label->text().isEmpty() &&
                        (label->height() < label->heightForWidth(label->width()) || label->width() < 60))
                        return false;
                }
                for (const QPushButton *button : bar->findChildren<QPushButton *>()) {
                    if (button->isVisible() && !bar->rect().contains(button->geometry()))
                        return false;
                }
                return bar->width() <= f->page()->width();
            };
            QTRY_VERIFY2(isWhole(), qPrintable(QString::number(width)));
            QVERIFY2(bar->height() < 200, qPrintable(QString::number(bar->height()))); // no more than it needs
        }
    }

    void aPageThatReachesForThisComputerAsksEvenBeforeItIsOnScreen()
    {
        const PrivateNetworkQuestion question{Site::forUrl(QUrl(QStringLiteral("https://far.test/"))),
                                              AddressSpace::Loopback, QStringLiteral("printer"),
                                              QStringLiteral("127.0.0.1")};
        Q_EMIT tab->privateNetworkDenied(question);
        Q_EMIT tab->committed(); // of the page that asks
        auto *bar = folderBar();
        QVERIFY(bar && bar->isVisible());
        QVERIFY2(bar->sentence().contains(QStringLiteral("far.test")) &&
                     bar->sentence().contains(QStringLiteral("127.0.0.1")),
                 qPrintable(bar->sentence()));
        Q_EMIT tab->privateNetworkDenied(question);
        QCOMPARE(visibleInfoBars(), 1);
        tab->navigate(WindowFixture::address(QStringLiteral("b")), test::person());
        QCOMPARE(visibleInfoBars(), 0);
    }

    void aRefusalIsToldUntilTheNextNavigation()
    {
        Q_EMIT tab->refused(QStringLiteral("A page wanted to open a tab that nobody asked for."));
        Q_EMIT tab->committed();
        QCOMPARE(visibleInfoBars(), 1);
        tab->navigate(WindowFixture::address(QStringLiteral("b")), test::person());
        QCOMPARE(visibleInfoBars(), 0);
    }

    void aPermanentWarningStaysAndHasNoWayToCloseIt()
    {
        f->window->showWarning(OutsideText(QStringLiteral("Pages run without a sandbox.")), Qt::red);
        auto *bar = f->window->findChild<InfoBar *>();
        QVERIFY(bar->isVisible());
        QCOMPARE(bar->sentence(), QStringLiteral("Pages run without a sandbox."));
        QVERIFY(!bar->findChild<FlatButton *>()->isVisible());
        f->open(QStringLiteral("b"));
        QVERIFY(bar->isVisible());
    }

    void theLinkUnderThePointerFloatsInTheCorner()
    {
        f->renderer()->hoverLink(QUrl(QStringLiteral("http://example.test/target")));
        QTRY_COMPARE(bubble(), QStringLiteral("http://example.test/target"));
        f->renderer()->hoverLink({});
        QTRY_COMPARE(bubble(), QString());
    }

    void zoomIsSaidAndStepsThroughTheLevels()
    {
        f->press(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(tab->zoom(), 1.1);
        QCOMPARE(bubble(), QStringLiteral("110 %"));
        f->press(Qt::Key_Minus, Qt::ControlModifier);
        f->press(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(tab->zoom(), 0.9);
        f->press(Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(tab->zoom(), 1.0);
        for (int i = 0; i < 40; ++i)
            f->press(Qt::Key_Plus, Qt::ControlModifier);
        QCOMPARE(tab->zoom(), 5.0);
        QVERIFY(!f->actions().zoomIn->isEnabled());
        tab->setZoom(0.4);
        f->press(Qt::Key_Minus, Qt::ControlModifier);
        QCOMPARE(tab->zoom(), 0.33);
    }

    void aPageThatWaitsForAProcessSaysSoAndWhatIsHiddenIsDiscarded()
    {
        f.reset();
        WindowFixture::softLimit = 1;
        f = std::make_unique<WindowFixture>();
        WindowFixture::softLimit = 24;
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        Tab *seen = f->open(QStringLiteral("a"));
        Tab *waiting = f->tabs.open(WindowFixture::address(QStringLiteral("b"), QStringLiteral("other.test")),
                                    test::person(), Activation::Background);
        QTRY_VERIFY(!waiting->processWait().isEmpty());
        const auto waitBar = [&]() -> InfoBar * {
            for (InfoBar *bar : f->window->findChildren<InfoBar *>()) {
                if (bar->sentence() == waiting->processWait() && !bar->sentence().isEmpty())
                    return bar;
            }
            return nullptr;
        };
        QVERIFY(waitBar());
        QVERIFY(!seen->isDiscarded());
        f->tabs.activate(f->tabs.indexOf(waiting));
        QTRY_VERIFY(seen->isDiscarded());
        QTRY_VERIFY(waiting->loadState() == LoadState::Idle && waiting->rendererPid() > 0);
        const TabBar *bar = f->window->tabStrip()->bar();
        QVERIFY(bar->lookOf(0).isDiscarded);
        QVERIFY2(bar->tabText(0).contains(QStringLiteral("(discarded)")), qPrintable(bar->tabText(0)));
        QVERIFY(bar->tabText(0).startsWith(QStringLiteral("Title of")));
        // And back: the one on screen is discarded for it.
        f->tabs.activate(0);
        QTRY_VERIFY(!seen->isDiscarded() && seen->loadState() == LoadState::Idle && seen->rendererPid() > 0);
        QVERIFY(waiting->isDiscarded());
        // A third one waits until the person stops it.
        waiting = f->tabs.open(WindowFixture::address(QStringLiteral("c"), QStringLiteral("third.test")),
                               test::person(), Activation::Background);
        QTRY_VERIFY(waitBar());
        waitBar()->findChild<QPushButton *>()->click();
        QVERIFY(waiting->processWait().isEmpty() && waiting->loadState() == LoadState::Idle);
        QVERIFY(!waitBar());
    }

    void textIsReadableInLightAndDark()
    {
        const QPalette before = QApplication::palette();
        for (const ColorScheme scheme : {ColorScheme::Light, ColorScheme::Dark}) {
            applyColorScheme(*qApp, scheme);
            QTRY_COMPARE(isDark(f->window->palette()), scheme == ColorScheme::Dark);
            const QPalette palette = f->window->palette();
            auto grey = [](const QColor &color) { return qGray(color.rgb()); };
            QVERIFY(std::abs(grey(chrome::text(palette)) - grey(chrome::bar(palette))) > 120);
            QVERIFY(std::abs(grey(chrome::faintText(palette)) - grey(chrome::bar(palette))) > 80);
        }
        applyColorScheme(*qApp, ColorScheme::System);
        QApplication::setPalette(before);
        QCOMPARE(colorSchemeFromName(QStringLiteral("dark")), ColorScheme::Dark);
        QVERIFY(!colorSchemeFromName(QStringLiteral("purple")));
    }

private:
    int visibleInfoBars() const
    {
        const auto bars = f->page()->findChildren<InfoBar *>();
        return int(std::count_if(bars.begin(), bars.end(), [](const InfoBar *bar) { return bar->isVisible(); }));
    }
};

QTEST_MAIN(TabPageTest)
#include "tab_page_test.moc"
