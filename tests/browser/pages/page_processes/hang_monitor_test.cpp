// SPDX-License-Identifier: BSD-3-Clause
// When a process counts as unresponsive: real processes, and questions that stay open.
#include "browser/pages/page_processes/hang_monitor.h"
#include "tests/support/lacking.h"
#include "tests/support/scoped_process.h"
#include "tests/support/wait_for.h"

#include <QSignalSpy>
#include <QtTest>

#include <csignal>
#include <sys/ptrace.h>

using namespace bulkhead;

namespace {

using Clock = std::chrono::steady_clock;

/// A real process that is asked nothing, with a monitor that believes otherwise.
struct Watched
{
    explicit Watched(const QStringList &program, std::chrono::milliseconds limit = std::chrono::milliseconds(250))
        : process(program.first(), program.mid(1)),
          monitor(acks,
                  {[this] { return process.id(); }, [this] { return isWatched; }, [this] { return hasUnread; },
                   [this] { ++pings; }},
                  limit)
    {
        monitor.recheck();
    }
    bool waitForHang()
    {
        return waitFor([this] { return monitor.hang().has_value(); });
    }

    ScopedProcess process;
    AckStatistics acks;
    bool isWatched = true;
    bool hasUnread = false;
    int pings = 0;
    HangMonitor monitor;
};

const QStringList Sleeper{QStringLiteral("/bin/sleep"), QStringLiteral("600")};
const QStringList Spinner{QStringLiteral("/bin/sh"), QStringLiteral("-c"), QStringLiteral("while :; do :; done")};

} // namespace

class HangMonitorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void statisticsKnowWhatIsOpenAndHowLongTheRestTook()
    {
        AckStatistics acks;
        const auto start = Clock::time_point(std::chrono::seconds(100));
        const auto a = acks.asked(start);
        const auto b = acks.asked(start + std::chrono::milliseconds(5));
        const auto c = acks.asked(start + std::chrono::milliseconds(6));
        QCOMPARE(acks.openCount(), std::size_t(3));
        acks.answered(a, start + std::chrono::milliseconds(3));
        QVERIFY(acks.oldestOpen() == start + std::chrono::milliseconds(5));
        acks.answered(a, start + std::chrono::hours(1)); // twice
        acks.answered(999, start);                       // never asked
        acks.dropped(b);
        acks.answered(c, start + std::chrono::seconds(10));
        QVERIFY(!acks.oldestOpen());
        QCOMPARE(acks.answeredCount(), std::uint64_t(2));
        QVERIFY(acks.longest() == std::chrono::milliseconds(9994));
        QCOMPARE(acks.histogram()[2], std::uint64_t(1)); // 3 ms: above 2, at most 4
        QCOMPARE(acks.histogram().back(), std::uint64_t(1));
    }

    void aQuestionThatStaysOpenIsAHangAndItsAnswerEndsItAtOnce()
    {
        Watched watched(Sleeper);
        QSignalSpy changed(&watched.monitor, &HangMonitor::changed);
        const auto question = watched.acks.asked(Clock::now());
        QVERIFY(watched.waitForHang());
        QCOMPARE(watched.monitor.hang()->cause, HangCause::NotAnswering);
        QVERIFY(watched.monitor.hang()->waited >= std::chrono::milliseconds(250));
        watched.acks.answered(question, Clock::now());
        watched.monitor.recheck();
        QVERIFY(!watched.monitor.hang());
        QCOMPARE(changed.count(), 2);
        QCOMPARE(watched.monitor.hangCount(), std::uint64_t(1));
    }

    void causesFollowWhatTheKernelSays()
    {
        Watched spinner(Spinner);
        spinner.acks.asked(Clock::now());
        QVERIFY(spinner.waitForHang());
        QTRY_COMPARE(spinner.monitor.hang()->cause, HangCause::Busy);
        QVERIFY(spinner.process.signal(SIGSTOP));
        QTRY_COMPARE(spinner.monitor.hang()->cause, HangCause::Stopped);

        Watched sleeper(Sleeper);
        sleeper.hasUnread = true;
        sleeper.acks.asked(Clock::now());
        QVERIFY(sleeper.waitForHang());
        QTRY_COMPARE(sleeper.monitor.hang()->cause, HangCause::NotReading);
    }

    void aProcessThatADebuggerHoldsIsNone()
    {
        Watched watched(Sleeper);
        watched.acks.asked(Clock::now());
        SKIP_WHEN_LACKING(lacking::tracing());
        QCOMPARE(::ptrace(PTRACE_SEIZE, pid_t(watched.process.id()), nullptr, nullptr), 0L);
        ::ptrace(PTRACE_INTERRUPT, pid_t(watched.process.id()), nullptr, nullptr);
        QTest::qWait(700); // nothing to wait for: more than twice the limit
        QVERIFY(!watched.monitor.hang());
        QCOMPARE(::ptrace(PTRACE_DETACH, pid_t(watched.process.id()), nullptr, nullptr), 0L);
        QVERIFY(watched.waitForHang());
    }

    void itAsksByItselfOnlyWhileSomebodyLooks()
    {
        Watched watched(Sleeper);
        QTRY_VERIFY(watched.pings > 1);
        watched.isWatched = false;
        watched.acks.asked(Clock::now());
        watched.monitor.recheck();
        QTest::qWait(600); // more than twice the limit
        QVERIFY(!watched.monitor.hang());
        watched.isWatched = true;
        watched.monitor.recheck();
        QVERIFY(watched.waitForHang());
        watched.isWatched = false;
        watched.monitor.recheck();
        QVERIFY(!watched.monitor.hang());
    }

    void aProcessThatAnswersLateButAnswersIsNone()
    {
        Watched watched(Sleeper, std::chrono::milliseconds(600));
        for (int i = 0; i < 8; ++i) {
            const auto question = watched.acks.asked(Clock::now());
            QTest::qWait(200);
            QVERIFY(!watched.monitor.hang());
            watched.acks.asked(Clock::now());
            watched.acks.answered(question, Clock::now());
            watched.acks.dropped(question + 1);
        }
    }

    void aLimitOfZeroMeansNever()
    {
        Watched watched(Sleeper, std::chrono::milliseconds(0));
        watched.acks.asked(Clock::now() - std::chrono::hours(1));
        QTest::qWait(700);
        QVERIFY(!watched.monitor.hang());
    }

    void aProcessThatIsGoneIsNone()
    {
        Watched watched(Sleeper);
        QVERIFY(watched.process.signal(SIGKILL));
        QVERIFY(watched.process.waitForEnd());
        watched.acks.asked(Clock::now());
        QTest::qWait(700);
        QVERIFY(!watched.monitor.hang());
    }
};

QTEST_GUILESS_MAIN(HangMonitorTest)
#include "hang_monitor_test.moc"
