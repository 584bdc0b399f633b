// SPDX-License-Identifier: BSD-3-Clause
// The page on screen: pixels, scroll bars, input, focus.
#include "browser/desktop/window/page_menu.h"
#include "browser/widgets/color_scheme.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/support/initiators.h"

#include <QAccessible>
#include <QClipboard>
#include <QMimeData>
#include <QScrollBar>

using namespace bulkhead;
using Body = wire::BrowserToRenderer::BodyCase;

namespace {

/// Collects what a widget repaints.
class PaintRecorder : public QObject
{
public:
    explicit PaintRecorder(QWidget *widget) { widget->installEventFilter(this); }
    QRegion painted;
    int count = 0;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint) {
            painted += static_cast<QPaintEvent *>(event)->region();
            ++count;
        }
        return false;
    }
};

} // namespace

class TabViewTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> f;
    Tab *tab = nullptr;

    TabView *view() const { return f->page()->view(); }
    QWidget *viewport() const { return view()->viewport(); }
    QColor pixel(QPoint at) const { return viewport()->grab().toImage().pixelColor(at); }
    QSize toldSize() const
    {
        const wire::ViewState &state = f->renderer(tab)->page()->view;
        return QSize(int(state.size().width()), int(state.size().height()));
    }
    bool paintAndWait(const QRect &rect)
    {
        PaintRecorder recorder(viewport());
        f->renderer()->paint(rect, Qt::blue);
        return WindowFixture::wait([&] { return recorder.painted.contains(rect); });
    }
    bool frameFits() const { return tab->frame().size() == viewport()->size(); }
    wire::InputEvent lastInput() const { return f->renderer(tab)->last(Body::kInputEvent).input_event(); }

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        tab = f->open(QStringLiteral("a"));
        QVERIFY(WindowFixture::wait([this] { return frameFits(); }));
        f->page()->focusPage();
    }
    void cleanup() { f.reset(); }

    void theFrameIsOnScreenToItsLastPixel()
    {
        QCOMPARE(pixel(QPoint(0, 0)), ScriptedRenderer::PageColor);
        QCOMPARE(pixel(QPoint(viewport()->width() - 1, viewport()->height() - 1)), ScriptedRenderer::PageColor);
    }

    void onlyTheDamageIsPainted()
    {
        // What the new window owes itself has to be painted first.
        for (int i = 0; i < 3; ++i)
            QVERIFY(paintAndWait(QRect(200, 200, 10, 10)));
        PaintRecorder recorder(viewport());
        const QRect damage(40, 50, 30, 20);
        f->renderer()->paint(damage, Qt::red);
        QTRY_VERIFY(recorder.painted.contains(damage));
        QCOMPARE(recorder.painted - QRect(200, 200, 10, 10), QRegion(damage));
        QCOMPARE(pixel(damage.center()), QColor(Qt::red));
        QCOMPARE(pixel(damage.topLeft() - QPoint(1, 1)), ScriptedRenderer::PageColor);
    }

    void shownFramesGoBackSoThatThePageNeverStarves()
    {
        for (int i = 0; i < 30; ++i) {
            const int released = f->renderer()->countOf(Body::kFrameReleased);
            f->renderer()->paint(QRect(i, i, 10, 10), QColor(i, 0, 200));
            QTRY_VERIFY(f->renderer()->countOf(Body::kFrameReleased) > released);
        }
    }

    void damageOutsideTheViewIsNotWaitedFor()
    {
        // The page has not heard yet that the view became smaller.
        const quint64 before = tab->frameCount();
        viewport()->setUpdatesEnabled(true);
        f->renderer()->paint(QRect(viewport()->width() - 5, viewport()->height() - 5, 5, 5), Qt::blue);
        f->window->resize(500, 400);
        QTRY_VERIFY(tab->frameCount() > before);
        QTRY_VERIFY(frameFits());
        QTRY_VERIFY(f->renderer()->page()->frames.hasFreeBuffer());
    }

    void thePageIsToldItsSizeInDevicePixels()
    {
        f->window->resize(700, 500);
        QTRY_COMPARE(toldSize(), viewport()->size());
        QTRY_VERIFY(frameFits());
        QCOMPARE(f->renderer()->page()->view.device_pixel_ratio(), viewport()->devicePixelRatioF());
    }

    void whereThereIsNoFrameYetThePagesGroundIsShown()
    {
        // Taller than the newest frame, which cannot have come in the same turn of the loop.
        f->window->resize(f->window->width(), f->window->height() + 150);
        QApplication::sendPostedEvents();
        QVERIFY(tab->frame().height() < viewport()->height());
        QCOMPARE(pixel(QPoint(5, viewport()->height() - 5)), QColor(0xee, 0xdd, 0xcc));
        QTRY_VERIFY(frameFits());
    }

    void scrollBarsFollowThePageAndLeadIt()
    {
        QScrollBar *bar = view()->verticalScrollBar();
        QTRY_VERIFY(bar->isVisible());
        QCOMPARE(bar->maximum(), 3000 - tab->viewportSize().height());
        f->renderer()->page()->scroll = QPoint(0, 500);
        f->renderer()->repaint();
        QTRY_COMPARE(bar->value(), 500);
        QCOMPARE(f->renderer()->countOf(Body::kScrollTo), 0);
        bar->setValue(900);
        QTRY_COMPARE(tab->scrollPosition(), QPoint(0, 900));
        QCOMPARE(bar->value(), 900);
    }

    void aShortPageHasNoScrollBars()
    {
        QTRY_VERIFY(view()->verticalScrollBar()->isVisible());
        f->renderer()->contentFor = [](QSize size) { return size; };
        tab->navigate(WindowFixture::address(QStringLiteral("b")), test::person());
        QTRY_VERIFY(!view()->verticalScrollBar()->isVisible());
        QVERIFY(!view()->horizontalScrollBar()->isVisible());
    }

    void aPageThatFitsOnlyWithoutTheScrollBarDoesNotFlicker()
    {
        const int full = view()->width();
        f->renderer()->contentFor = [full](QSize size) {
            return QSize(size.width(), size.width() >= full ? size.height() + 50 : size.height());
        };
        tab->navigate(WindowFixture::address(QStringLiteral("b")), test::person());
        QTRY_VERIFY(tab->title().plain() == QStringLiteral("Title of b") && frameFits());
        int views = f->renderer()->countOf(Body::kConfigureView);
        const quint64 start = tab->frameCount();
        while (tab->frameCount() < start + 20) {
            const quint64 before = tab->frameCount();
            f->renderer()->repaint();
            QTRY_VERIFY(tab->frameCount() > before);
        }
        QVERIFY2(f->renderer()->countOf(Body::kConfigureView) - views <= 2, "the bar comes once and stays");
    }

    void aHiddenTabIsToldSoAndAShownOneGetsFrames()
    {
        ScriptedRenderer *hidden = f->renderer(tab);
        f->open(QStringLiteral("b"), QStringLiteral("two.test"));
        QTRY_VERIFY(!hidden->page()->view.visible());
        f->tabs.activate(0);
        QTRY_VERIFY(hidden->page()->view.visible());
    }

    void aTabOpenedBehindIsLaidOutForTheSizeItWillHave()
    {
        Tab *behind = f->open(QStringLiteral("b"), QStringLiteral("two.test"), Activation::Background);
        const wire::ViewState &state = f->renderer(behind)->page()->view;
        QCOMPARE(int(state.size().height()), view()->height());
    }

    void clicksAreCounted()
    {
        for (const int expected : {1, 2, 3}) {
            QTest::mousePress(viewport(), Qt::LeftButton, {}, QPoint(30, 40));
            QTRY_COMPARE(int(lastInput().type()), int(wire::InputEvent::MOUSE_PRESS));
            QCOMPARE(int(lastInput().click_count()), expected);
            QCOMPARE(lastInput().position().x(), qRound(30 * viewport()->devicePixelRatioF()));
            QTest::mouseRelease(viewport(), Qt::LeftButton, {}, QPoint(30, 40));
            QTRY_COMPARE(int(lastInput().type()), int(wire::InputEvent::MOUSE_RELEASE));
        }
        QTest::mousePress(viewport(), Qt::LeftButton, {}, QPoint(300, 40));
        QTRY_COMPARE(int(lastInput().type()), int(wire::InputEvent::MOUSE_PRESS));
        QCOMPARE(int(lastInput().click_count()), 1);
        QTest::mouseRelease(viewport(), Qt::LeftButton, {}, QPoint(300, 40));
    }

    void theWheelScrollsAndWithCtrlZooms()
    {
        auto turn = [this](int delta, Qt::KeyboardModifiers modifiers) {
            QWheelEvent event(QPointF(50, 50), viewport()->mapToGlobal(QPointF(50, 50)), {}, QPoint(0, delta),
                              Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
            QApplication::sendEvent(viewport(), &event);
        };
        turn(-120, Qt::NoModifier);
        QTRY_COMPARE(int(lastInput().type()), int(wire::InputEvent::WHEEL));
        QCOMPARE(tab->zoom(), 1.0);
        turn(60, Qt::ControlModifier);
        QCOMPARE(tab->zoom(), 1.0);
        turn(60, Qt::ControlModifier);
        QCOMPARE(tab->zoom(), 1.1);
        turn(-240, Qt::ControlModifier);
        QCOMPARE(tab->zoom(), 0.9);
        QTRY_COMPARE(f->renderer()->page()->view.zoom(), 0.9);
    }

    void tabStaysInThePageUntilItHasNoMoreLinks()
    {
        f->press(Qt::Key_Tab);
        QTRY_COMPARE(int(lastInput().key()), int(Qt::Key_Tab));
        QVERIFY(f->hasFocus(view()));
        f->renderer()->consumesKeys = false;
        f->press(Qt::Key_Tab);
        QTRY_VERIFY(!f->hasFocus(view()));
        QVERIFY(f->window->focusWidget());
        view()->setFocus();
        f->press(Qt::Key_Backtab, Qt::ShiftModifier);
        QTRY_VERIFY(!f->hasFocus(view()));
    }

    void shortcutsAreTheWindowsAndOtherKeysThePages()
    {
        f->press(Qt::Key_Space);
        QTRY_COMPARE(int(lastInput().key()), int(Qt::Key_Space));
        const int before = f->renderer()->countOf(Body::kInputEvent);
        f->press(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(f->tabs.count(), 2);
        QCOMPARE(f->renderer(tab)->countOf(Body::kInputEvent), before);
    }

    void theMousesBackButtonGoesBack()
    {
        tab->navigate(WindowFixture::address(QStringLiteral("b")), test::person());
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("Title of b"));
        QTest::mouseClick(viewport(), Qt::BackButton);
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("Title of a"));
        QTest::mouseClick(viewport(), Qt::ForwardButton);
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("Title of b"));
    }

    void thePageFollowsTheColorsOfTheApp()
    {
        QVERIFY(!f->renderer()->page()->view.dark());
        const QPalette before = QApplication::palette();
        QPalette dark = before;
        dark.setColor(QPalette::Window, Qt::black);
        dark.setColor(QPalette::WindowText, Qt::white);
        QApplication::setPalette(dark);
        QTRY_VERIFY(f->renderer()->page()->view.dark());
        QApplication::setPalette(before);
        QTRY_VERIFY(!f->renderer()->page()->view.dark());
    }

    void droppedFilesAreOpened()
    {
        QMimeData data;
        data.setUrls({WindowFixture::address(QStringLiteral("one")), WindowFixture::address(QStringLiteral("two"))});
        WindowFixture::drop(viewport(), QPoint(50, 50), data);
        QCOMPARE(tab->url(), WindowFixture::address(QStringLiteral("one")));
        QCOMPARE(f->tabs.count(), 2);
        QCOMPARE(f->tabs.at(1)->url(), WindowFixture::address(QStringLiteral("two")));
        QCOMPARE(f->tabs.activeIndex(), 0);
    }

    void theMenuOffersWhatIsUnderThePointer()
    {
        f->renderer()->hitLink = WindowFixture::address(QStringLiteral("linked"));
        f->renderer()->setSelection(true);
        QTRY_VERIFY(tab->hasSelection());
        QContextMenuEvent event(QContextMenuEvent::Mouse, QPoint(60, 60), viewport()->mapToGlobal(QPoint(60, 60)));
        QApplication::sendEvent(viewport(), &event);
        PageMenu *menu = nullptr;
        QTRY_VERIFY((menu = f->page()->findChild<PageMenu *>()) && menu->isVisible());
        QHash<QString, QAction *> actions;
        for (QAction *action : menu->actions())
            actions.insert(action->text().remove(QLatin1Char('&')), action);
        for (const char *text : {"Open Link in New Tab", "Copy Link Address", "Save Link", "Copy", "Back", "Reload",
                                 "Select All", "Save Page"})
            QVERIFY2(actions.contains(QLatin1String(text)), text);
        QVERIFY(!actions.contains(QStringLiteral("Copy Image Address")));
        actions[QStringLiteral("Copy Link Address")]->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://example.test/linked"));
        actions[QStringLiteral("Copy")]->trigger();
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("selected"));
        actions[QStringLiteral("Open Link in New Tab")]->trigger();
        QCOMPARE(f->tabs.count(), 2);
        QCOMPARE(f->tabs.active()->url(), WindowFixture::address(QStringLiteral("linked")));
        if (menu)
            menu->close();
    }

    void ctrlCCopiesThePagesSelection()
    {
        QVERIFY(!f->actions().copy->isEnabled());
        f->renderer()->setSelection(true);
        f->renderer()->selectedText = QStringLiteral("from the page");
        QTRY_VERIFY(f->actions().copy->isEnabled());
        f->press(Qt::Key_C, Qt::ControlModifier);
        QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("from the page"));
    }

    void assistiveTechnologySeesADocument()
    {
        QAccessibleInterface *document = QAccessible::queryAccessibleInterface(view());
        QVERIFY(document);
        QCOMPARE(document->role(), QAccessible::Document);
        QCOMPARE(document->text(QAccessible::Name), QStringLiteral("Title of a"));
        QCOMPARE(document->text(QAccessible::Description), QStringLiteral("http://example.test/a"));
        f->renderer()->setTitle(QStringLiteral("Another"));
        QTRY_COMPARE(document->text(QAccessible::Name), QStringLiteral("Another"));
    }
};

QTEST_MAIN(TabViewTest)
#include "tab_view_test.moc"
