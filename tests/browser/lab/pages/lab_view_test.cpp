// SPDX-License-Identifier: BSD-3-Clause
// about:lab in a tab of the real window, by mouse and keyboard, and what stands on every page.
#include "browser/desktop/window/tab_page.h"
#include "browser/lab/charts/data_path.h"
#include "browser/lab/kit/mechanism_card.h"
#include "browser/lab/kit/mechanism_code.h"
#include "browser/lab/pages/lab_methods.h"
#include "browser/lab/pages/lab_pages.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/browser/lab/kit/lab_fixture.h"
#include "tests/support/initiators.h"

#include <QListWidget>

using namespace bulkhead;

namespace {

struct LabWindow : WindowFixture
{
    LabContext context{QStringLiteral(LAB_WORKER_PROGRAM), {}};

    LabWindow()
    {
        window->nativePages().add(QStringLiteral("lab"),
                                  [this](QWidget *parent) { return new LabView(context, parent); });
    }
    ~LabWindow() { window.reset(); }
    LabView *view() const { return qobject_cast<LabView *>(page()->nativePage()); }
};

} // namespace

class LabViewTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAddressOfTheLabIsShownByWidgetsAndOthersAreNot()
    {
        LabWindow lab;
        Tab *tab = lab.open(QStringLiteral("page"));
        QVERIFY(!lab.page()->nativePage());
        QVERIFY(lab.page()->view()->isVisible());
        tab->navigate(LabView::urlOf(QStringLiteral("latency")), test::person());
        QVERIFY(lab.view());
        QCOMPARE(lab.view()->current()->name(), QStringLiteral("latency"));
        QVERIFY(lab.view()->isVisible());
        QVERIFY(!lab.page()->view()->isVisible());
        QVERIFY(!lab.actions().find->isEnabled()); // there is no text of a page to find in
        LabView *first = lab.view();
        tab->navigate(WindowFixture::address(QStringLiteral("other")), test::person());
        QVERIFY(!lab.page()->nativePage());
        QVERIFY(lab.page()->view()->isVisible());
        // It kept its state.
        tab->navigate(LabView::urlOf(QStringLiteral("message")), test::person());
        QCOMPARE(lab.view(), first);
        QCOMPARE(lab.view()->current()->name(), QStringLiteral("message"));
        // What nobody has heard of is the first page.
        tab->navigate(LabView::urlOf(QStringLiteral("../nonsense")), test::person());
        QVERIFY(lab.view()->current());
    }

    void thePagesAreWalkedThroughByKeyboard()
    {
        LabWindow lab;
        Tab *tab = lab.tabs.open(LabView::urlOf(labPageKinds().first().name), test::person(), Activation::Foreground);
        lab.activate();
        lab.page()->focusPage();
        auto *list = lab.view()->findChild<QListWidget *>();
        QVERIFY(LabFixture::wait([list] { return list->hasFocus(); }));
        for (qsizetype i = 1; i < labPageKinds().size(); ++i) {
            QTest::keyClick(list, Qt::Key_Down);
            QCOMPARE(tab->url(), LabView::urlOf(labPageKinds()[i].name));
            QCOMPARE(lab.view()->current()->name(), labPageKinds()[i].name);
        }
    }

    void everyPageSaysWhatItIsAndHasItsButtons()
    {
        LabFixture lab;
        for (const LabPageKind &kind : labPageKinds()) {
            auto *page = lab.open<LabPage>(kind.name);
            QVERIFY(page);
            QCOMPARE(page->name(), kind.name);
            QVERIFY(page->description().purpose.size() > 80);
            QVERIFY(page->bar()->runButton()->isEnabled());
            QVERIFY(!page->bar()->cancelButton()->isEnabled());
            QVERIFY(!page->accessibleName().isEmpty());
        }
    }

    void everyMechanismHasItsCodeAndAWayOfItsData()
    {
        LabFixture lab;
        lab.open<LabPage>(QStringLiteral("message"));
        QVERIFY(lab.context->mechanisms().size() > 20);
        for (const wire::LabMechanism &mechanism : lab.context->mechanisms()) {
            const QString name = QString::fromStdString(mechanism.name());
            const auto parts = mechanismCode(name, QString::fromStdString(mechanism.source()));
            QVERIFY2(!parts.isEmpty() && parts.first().code.count(u'\n') > 3, qPrintable(name));
            QVERIFY2(!parts.first().code.contains(u"essential:"), qPrintable(name));
            const DataPath path = DataPath::of(mechanism);
            QVERIFY2(!path.places.empty(), qPrintable(name));
        }
        const auto copies = [&](const char *name) {
            return DataPath::of(*lab.context->mechanism(QString::fromLatin1(name))).kernelCopies();
        };
        QCOMPARE(copies("pipe"), 2);
        QCOMPARE(copies("tcp"), 2);
        QCOMPARE(copies("mqtt"), 4);
        QCOMPARE(copies("posix-shm+futex"), 0);
        QCOMPARE(copies("memcpy"), 0);
    }

    void aMissingWorkerIsSaidInASentence()
    {
        LabFixture lab(QStringLiteral("/nowhere/bulkhead-lab-worker"));
        auto *page = lab.open<LabPage>(QStringLiteral("message"));
        QVERIFY(LabFixture::wait([&] { return !lab.context->problem().isEmpty(); }));
        QVERIFY2(page->status().contains(u"/nowhere"), qPrintable(page->status()));
        page->start();
        QVERIFY(!page->isRunning());
    }

    void aTaskThatIsDroppedDoesNotHoldItsOwner()
    {
        LabThreads threads;
        std::atomic<bool> release = false, ended = false;
        auto task =
            std::make_unique<LabTask>(threads, [&](const lab::Cancel &, const LabReporter &reporter) -> Result<void> {
                while (!release)
                    std::this_thread::yield();
                reporter.post([] { qFatal("nobody is there to hear this"); });
                ended = true;
                return {};
            });
        task.reset(); // returns although the work does not
        QCOMPARE(threads.count(), 1);
        release = true;
        QVERIFY(LabFixture::wait([&] { return threads.count() == 0; }));
        QVERIFY(ended);
        QCoreApplication::processEvents();
    }
};

QTEST_MAIN(LabViewTest)
#include "lab_view_test.moc"
