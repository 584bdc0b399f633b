// SPDX-License-Identifier: BSD-3-Clause
// The line above a page that does not answer: it comes, offers its three ways out, and goes by itself; the rest of the
// window stays usable.
#include "browser/desktop/window/tab_page.h"
#include "browser/widgets/hang_bar.h"
#include "browser/widgets/sad_tab.h"
#include "tests/support/initiators.h"
#include "tests/system/real_session.h"

#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace bulkhead;

namespace {

struct Shown
{
    Shown()
        : session(options()),
          tab(session.tabs.open(QUrl(QStringLiteral("about:playground/styles.html")), test::person())), page(*tab)
    {
        page.resize(900, 500);
        page.show();
        ready =
            QTest::qWaitFor([this] { return !tab->frame().isNull() && tab->loadState() == LoadState::Idle; }, 30'000);
    }
    ~Shown()
    {
        if (tab->rendererPid() > 0)
            ::kill(pid_t(tab->rendererPid()), SIGCONT);
    }
    static PageProcessPool::Options options()
    {
        PageProcessPool::Options options;
        options.hangLimit = std::chrono::milliseconds(400);
        return options;
    }
    bool stop() const
    {
        return ::kill(pid_t(tab->rendererPid()), SIGSTOP) == 0 &&
               QTest::qWaitFor([this] { return page.hangBar()->isVisible(); }, 30'000);
    }

    RealSession session;
    Tab *tab;
    TabPage page;
    bool ready = false;
};

} // namespace

class HangBarTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itComesWithTheReasonAndGoesWhenThePageAnswers()
    {
        Shown shown;
        QVERIFY(shown.ready);
        QVERIFY(!shown.page.hangBar()->isVisible());
        QVERIFY(shown.stop());
        QTRY_VERIFY(shown.page.hangBar()->sentence().contains(QStringLiteral("SIGSTOP")));
        QVERIFY(!shown.page.hangBar()->captureButton()->isEnabled()); // a stopped process tells nothing
        QVERIFY(::kill(pid_t(shown.tab->rendererPid()), SIGCONT) == 0);
        QTRY_VERIFY(!shown.page.hangBar()->isVisible());
        QVERIFY(!shown.tab->crash());
    }

    void endProcessEndsItForThatReason()
    {
        Shown shown;
        QVERIFY(shown.ready && shown.stop());
        const qint64 pid = shown.tab->rendererPid();
        QTest::mouseClick(shown.page.hangBar()->endButton(), Qt::LeftButton);
        QTRY_VERIFY(shown.tab->crash());
        QCOMPARE(shown.tab->crash()->kind, ExitKind::Unresponsive);
        QCOMPARE(shown.tab->crash()->code(), QStringLiteral("unresponsive stopped"));
        QVERIFY(!shown.page.hangBar()->isVisible());
        QTRY_VERIFY(shown.page.sadTab()->isVisible());
        QVERIFY(::kill(pid_t(pid), 0) != 0);
    }

    void waitHidesItAndItsReturnIsNotLost()
    {
        Shown shown;
        QVERIFY(shown.ready && shown.stop());
        QTest::mouseClick(shown.page.hangBar()->waitButton(), Qt::LeftButton);
        QVERIFY(!shown.page.hangBar()->isVisible());
        QVERIFY(shown.tab->hang());
        QVERIFY(::kill(pid_t(shown.tab->rendererPid()), SIGCONT) == 0);
        QTRY_VERIFY(!shown.tab->hang());
        QVERIFY(shown.stop()); // a new freeze is told at once
    }

    void captureAsksTheProcessWhereItIs()
    {
        Shown shown;
        QVERIFY(shown.ready);
        shown.tab->navigate(QUrl(QStringLiteral("about:hang")), test::person());
        QTRY_VERIFY_WITH_TIMEOUT(shown.page.hangBar()->isVisible(), 30'000);
        PageProcess *host = nullptr;
        for (PageProcess *each : shown.session.renderers.hosts()) {
            if (each->hang())
                host = each;
        }
        QVERIFY(host);
        QSignalSpy captured(host, &PageProcess::stackCaptured);
        QTRY_VERIFY(shown.page.hangBar()->captureButton()->isEnabled());
        QTest::mouseClick(shown.page.hangBar()->captureButton(), Qt::LeftButton);
        QTRY_COMPARE(captured.count(), 1);
        QVERIFY(captured[0][0].value<CrashRecord>().frames.size() > 3);
        QVERIFY(!host->isGone());
    }

    void itNeverTakesTheFocus()
    {
        Shown shown;
        QVERIFY(shown.ready);
        shown.page.focusPage();
        QWidget *before = shown.page.focusWidget();
        QVERIFY(shown.stop());
        QCOMPARE(shown.page.focusWidget(), before);
        if (const QString folder = qEnvironmentVariable("BULKHEAD_PICTURES"); !folder.isEmpty())
            shown.page.grab().save(folder + QStringLiteral("/hang_bar.png"));
    }
};

QTEST_MAIN(HangBarTest)
#include "hang_bar_test.moc"
