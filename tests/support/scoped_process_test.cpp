// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/scoped_process.h"

#include <QTest>

#include <cerrno>
#include <csignal>

using namespace bulkhead;

namespace {

bool exists(qint64 id)
{
    return kill(pid_t(id), 0) == 0;
}

ScopedProcess shell(const char *script, const ScopedProcess::Environment &environment = {})
{
    return ScopedProcess(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), QLatin1String(script)}, environment);
}

} // namespace

class ScopedProcessTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void outputAndExitCodeAreKept()
    {
        ScopedProcess process = shell("echo out; echo err >&2; exit 7");
        QVERIFY(process.waitForEnd());
        QCOMPARE(process.output(), "out\n");
        QCOMPARE(process.errorOutput(), "err\n");
        QCOMPARE(process.exitCode(), 7);
    }

    void aRunningProgramIsKilledAndReapedAtTheEndOfTheScope()
    {
        qint64 id = 0;
        {
            ScopedProcess process = shell("trap '' TERM INT HUP; echo ready; while :; do sleep 1; done");
            QVERIFY(process.waitForOutput("ready"));
            id = process.id();
            QVERIFY(exists(id));
        }
        QVERIFY(!exists(id)); // a zombie would still exist
        QCOMPARE(errno, ESRCH);
    }

    void aStoppedProgramIsKilledToo()
    {
        qint64 id = 0;
        {
            ScopedProcess process = shell("kill -STOP $$");
            id = process.id();
        }
        QVERIFY(!exists(id));
    }

    void aSignalIsSeenAsNegativeExitCode()
    {
        ScopedProcess process = shell("echo ready; exec sleep 1000");
        QVERIFY(process.waitForOutput("ready"));
        QVERIFY(process.signal(SIGUSR1));
        QVERIFY(process.waitForEnd());
        QCOMPARE(process.exitCode(), -SIGUSR1);
        QVERIFY(!process.signal(SIGKILL)); // the id may be somebody else's by now
    }

    void waitingForOutputEndsWithTheProgram()
    {
        ScopedProcess process = shell("echo something else");
        QVERIFY(!process.waitForOutput("never written", std::chrono::hours(1)));
        QCOMPARE(process.output(), "something else\n");
    }

    void whatCannotBeStartedSaysWhy()
    {
        ScopedProcess process(QStringLiteral("/nonexistent/program"));
        QVERIFY(!process.isStarted());
        QVERIFY(!process.whyNotStarted().isEmpty());
        QVERIFY(process.waitForEnd());
    }

    void theEnvironmentIsSetOnTopOfOurs()
    {
        qputenv("BULKHEAD_A", "a");
        qputenv("BULKHEAD_B", "b");
        ScopedProcess process =
            shell("echo ${BULKHEAD_A-unset} ${BULKHEAD_B-unset} ${BULKHEAD_C-unset}",
                  {{QStringLiteral("BULKHEAD_A"), {}}, {QStringLiteral("BULKHEAD_C"), QStringLiteral("c")}});
        QVERIFY(process.waitForEnd());
        QCOMPARE(process.output(), "unset b c\n");
    }

    void inputReachesTheProgram()
    {
        ScopedProcess process = shell("read line; echo got $line; cat >/dev/null");
        process.write("hello\n");
        QVERIFY(process.waitForOutput("got hello"));
        QVERIFY(process.isRunning());
        process.closeInput();
        QVERIFY(process.waitForEnd());
    }
};

QTEST_GUILESS_MAIN(ScopedProcessTest)
#include "scoped_process_test.moc"
