// SPDX-License-Identifier: BSD-3-Clause
// Pages that do not answer: noticed, told apart, over as soon as they answer, and not mistaken for what only looks so.
#include "tests/support/lacking.h"
#include "tests/support/remote_browser.h"

#include <QtTest>

#include <csignal>
#include <sys/ptrace.h>
#include <sys/wait.h>

using namespace bulkhead;

namespace {

const QStringList QuickLimit{QStringLiteral("--hang-limit"), QStringLiteral("1")};

QString cause(RemoteBrowser &browser, int tab)
{
    return browser.tab(tab)[QStringLiteral("hang")][QStringLiteral("cause")].toString();
}

pid_t pidOf(RemoteBrowser &browser, int tab)
{
    return pid_t(browser.tab(tab)[QStringLiteral("pid")].toInt());
}

} // namespace

class FreezesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void causesAreToldApart_data()
    {
        QTest::addColumn<QString>("cause");
        QTest::newRow("about:hang") << "busy";
        QTest::newRow("about:sleep") << "not-reading";
    }
    void causesAreToldApart()
    {
        QFETCH(QString, cause);
        RemoteBrowser browser({}, QuickLimit);
        QVERIFY(browser.isReady());
        browser.call(QStringLiteral("open"), {{QStringLiteral("url"), QString::fromLatin1(QTest::currentDataTag())}});
        QVERIFY(browser.wait(1, QStringLiteral("unresponsive")));
        QTRY_COMPARE(::cause(browser, 1), cause);
        QVERIFY(!browser.tab(1)[QStringLiteral("hang")][QStringLiteral("sentence")].toString().isEmpty());
        // Everything else goes on.
        const int other = browser.openAndWait(QStringLiteral("about:version"));
        QVERIFY(other > 0);
        QCOMPARE(::cause(browser, other), QString());
    }

    void aStoppedProcessIsSaidToBeStoppedUntilItGoesOn()
    {
        RemoteBrowser browser({}, QuickLimit);
        QVERIFY(browser.isReady());
        const int tab = browser.openAndWait(QStringLiteral("about:version"));
        const pid_t pid = pidOf(browser, tab);
        QVERIFY(::kill(pid, SIGSTOP) == 0);
        QVERIFY(browser.wait(tab, QStringLiteral("unresponsive")));
        QTRY_COMPARE(::cause(browser, tab), QStringLiteral("stopped"));
        QVERIFY(::kill(pid, SIGCONT) == 0);
        QVERIFY(browser.wait(tab, QStringLiteral("responsive")));
        QVERIFY(browser.tab(tab)[QStringLiteral("crash")].isNull());
        QCOMPARE(pidOf(browser, tab), pid);
    }

    void unansweredInputIsNoticedToo()
    {
        RemoteBrowser browser({}, QuickLimit);
        QVERIFY(browser.isReady());
        const int tab = browser.openAndWait(QStringLiteral("about:version"));
        const pid_t pid = pidOf(browser, tab);
        QVERIFY(::kill(pid, SIGSTOP) == 0);
        browser.call(QStringLiteral("input"), {{QStringLiteral("tab"), tab},
                                               {QStringLiteral("type"), QStringLiteral("key")},
                                               {QStringLiteral("keys"), QStringLiteral("End")}});
        QVERIFY(browser.wait(tab, QStringLiteral("unresponsive")));
        QVERIFY(::kill(pid, SIGCONT) == 0);
        QVERIFY(browser.wait(tab, QStringLiteral("responsive")));
    }

    void aHiddenTabIsNotCalledUnresponsive()
    {
        RemoteBrowser browser({}, QuickLimit);
        QVERIFY(browser.isReady());
        const int hidden = browser.openAndWait(QStringLiteral("about:version"));
        const int front = browser.openAndWait(QStringLiteral("about:start"));
        QVERIFY(pidOf(browser, hidden) != pidOf(browser, front));
        QVERIFY(::kill(pidOf(browser, hidden), SIGSTOP) == 0);
        QVERIFY(!browser.wait(hidden, QStringLiteral("unresponsive"), 3));
        browser.call(QStringLiteral("activate"), {{QStringLiteral("tab"), hidden}});
        QVERIFY(browser.wait(hidden, QStringLiteral("unresponsive")));
    }

    void aProcessUnderADebuggerIsNotCalledUnresponsive()
    {
        RemoteBrowser browser({}, QuickLimit);
        QVERIFY(browser.isReady());
        const int tab = browser.openAndWait(QStringLiteral("about:version"));
        const pid_t pid = pidOf(browser, tab);
        if (::geteuid() != 0)
            QSKIP("only root may trace locked-down processes");
        SKIP_WHEN_LACKING(lacking::tracing());
        QCOMPARE(::ptrace(PTRACE_SEIZE, pid, nullptr, nullptr), 0L);
        QVERIFY(::ptrace(PTRACE_INTERRUPT, pid, nullptr, nullptr) == 0);
        int status = 0;
        QCOMPARE(::waitpid(pid, &status, __WALL), pid);
        QVERIFY(!browser.wait(tab, QStringLiteral("unresponsive"), 3));
        QVERIFY(::ptrace(PTRACE_DETACH, pid, nullptr, nullptr) == 0);
        QVERIFY(browser.wait(tab, QStringLiteral("responsive")));
    }

    void theTimeInWhichTheAppItselfWasStoppedDoesNotCount()
    {
        RemoteBrowser browser({}, {QStringLiteral("--hang-limit"), QStringLiteral("4")});
        QVERIFY(browser.isReady());
        const int tab = browser.openAndWait(QStringLiteral("about:version"));
        QVERIFY(::kill(pidOf(browser, tab), SIGSTOP) == 0);
        QVERIFY(browser.process().signal(SIGSTOP));
        QTest::qWait(6000); // longer than the limit: the time is what is tested
        QVERIFY(browser.process().signal(SIGCONT));
        QCOMPARE(::cause(browser, tab), QString());
        QVERIFY(browser.wait(tab, QStringLiteral("unresponsive")));
    }

    void theStackOfAFrozenPageCanBeHadAndThePageGoesOn()
    {
        RemoteBrowser browser({}, QuickLimit);
        QVERIFY(browser.isReady());
        browser.call(QStringLiteral("open"), {{QStringLiteral("url"), QStringLiteral("about:hang")}});
        QVERIFY(browser.wait(1, QStringLiteral("unresponsive")));
        const pid_t pid = pidOf(browser, 1);
        browser.call(QStringLiteral("capture"), {{QStringLiteral("pid"), pid}});
        QJsonObject report;
        QTRY_VERIFY_WITH_TIMEOUT(
            !(report = browser.call(QStringLiteral("crashes"))[QStringLiteral("crashes")][0].toObject()).isEmpty(),
            60'000);
        QVERIFY(report[QStringLiteral("capture")].toBool());
        QVERIFY2(report[QStringLiteral("function")].toString().contains(QStringLiteral("misbehaviour::perform")),
                 qPrintable(report[QStringLiteral("function")].toString()));
        QCOMPARE(pidOf(browser, 1), pid);
        QVERIFY(browser.tab(1)[QStringLiteral("crash")].isNull());
    }
};

QTEST_GUILESS_MAIN(FreezesTest)
#include "freezes_test.moc"
