// SPDX-License-Identifier: BSD-3-Clause
// Everything in the window can be reached by keys and says what it is.
#include "browser/desktop/window/downloads_panel.h"
#include "browser/desktop/window/history_panel.h"
#include "browser/widgets/sad_tab.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/support/initiators.h"

#include <QAccessible>

#include <csignal>

using namespace bulkhead;

class AccessibilityTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> f;

    static QString describe(const QWidget *widget)
    {
        QString text = QLatin1String(widget->metaObject()->className());
        for (const QWidget *parent = widget->parentWidget(); parent; parent = parent->parentWidget())
            text += QStringLiteral(" in ") + QLatin1String(parent->metaObject()->className());
        return text;
    }

    /// What can have the focus and has no name.
    QStringList nameless() const
    {
        QStringList found;
        for (QWidget *widget : f->window->findChildren<QWidget *>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus || !widget->isEnabled())
                continue;
            QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
            if (!interface || interface->text(QAccessible::Name).trimmed().isEmpty())
                found.append(describe(widget));
        }
        return found;
    }

    /// The widgets that Tab goes through, from the address bar until it comes round.
    QList<QWidget *> tabOrder()
    {
        QList<QWidget *> order;
        f->window->addressBar()->setFocus();
        for (int i = 0; i < 100; ++i) {
            QWidget *focus = QApplication::focusWidget();
            if (!focus || order.contains(focus))
                break;
            order.append(focus);
            // The page keeps Tab until it says that it has no more links; here it says so at once.
            f->press(Qt::Key_Tab);
            if (focus == f->page()->view())
                WindowFixture::wait([focus] { return !focus->hasFocus(); });
        }
        return order;
    }

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        f->launcher.prepare = [](ScriptedRenderer &renderer) { renderer.consumesKeys = false; };
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        f->open(QStringLiteral("a"));
    }
    void cleanup() { f.reset(); }

    void everyControlHasAName()
    {
        QCOMPARE(nameless(), QStringList());
        f->actions().find->trigger();
        Q_EMIT f->tabs.active()->fileAccessDenied(QStringLiteral("/usr"));
        f->window->showWarning(OutsideText(QStringLiteral("Warning")), Qt::red);
        QCOMPARE(nameless(), QStringList());
        f->actions().history->trigger();
        QCOMPARE(nameless(), QStringList());
        f->downloads.start(QUrl(QStringLiteral("http://broken.test/x")), test::person());
        f->actions().downloads->trigger();
        QTRY_COMPARE(f->downloads.at(0)->state(), DownloadState::Failed);
        QCOMPARE(nameless(), QStringList());
    }

    void theSadTabsControlsHaveNamesToo()
    {
        ::kill(pid_t(f->tabs.active()->rendererPid()), SIGKILL);
        QTRY_VERIFY(f->tabs.active()->crash());
        QCOMPARE(nameless(), QStringList());
        QAccessibleInterface *sad = QAccessible::queryAccessibleInterface(f->page()->sadTab());
        QVERIFY(sad && sad->text(QAccessible::Description).contains(QStringLiteral("SIGKILL")));
    }

    void tabGoesThroughEverythingAndComesRound()
    {
        f->actions().find->trigger();
        f->actions().history->trigger();
        const QList<QWidget *> order = tabOrder();
        for (QWidget *widget : f->window->findChildren<QWidget *>()) {
            const bool expected = widget->isVisible() && widget->isEnabled() &&
                                  (widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy();
            if (expected)
                QVERIFY2(order.contains(widget), qPrintable(describe(widget)));
        }
    }

    void theOrderIsTheOneOneSees()
    {
        const QList<QWidget *> order = tabOrder();
        auto place = [&](const QWidget *widget) { return order.indexOf(const_cast<QWidget *>(widget)); };
        QCOMPARE(place(f->window->addressBar()), 0);
        QVERIFY2(place(f->page()->view()) > 0, "the page comes after the toolbar");
        QVERIFY2(place(f->page()->view()) < place(f->window->tabStrip()->bar()), "and the tabs come round after it");
    }

    void tabsAreNamedByTheirTitles()
    {
        QAccessibleInterface *bar = QAccessible::queryAccessibleInterface(f->window->tabStrip()->bar());
        QVERIFY(bar && bar->childCount() > 0);
        QCOMPARE(bar->child(0)->role(), QAccessible::PageTab);
        QVERIFY(bar->child(0)->text(QAccessible::Name).contains(QStringLiteral("Title of a")));
    }
};

QTEST_MAIN(AccessibilityTest)
#include "accessibility_test.moc"
