// SPDX-License-Identifier: BSD-3-Clause
// The watchdog sees what holds the loop up, and does not blame it for waiting.
#include "browser/host/processes/loop_watchdog.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QtTest>

using namespace bulkhead;

namespace {

LoopWatchdog *watchdog = nullptr;

class Application : public QCoreApplication
{
public:
    using QCoreApplication::QCoreApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (watchdog)
            watchdog->eventBegins(receiver);
        return QCoreApplication::notify(receiver, event);
    }
};

/// Uses the processor for so long in one turn.
void work(qint64 milliseconds)
{
    QTimer::singleShot(0, qApp, [milliseconds] {
        const clock_t end = ::clock() + milliseconds * CLOCKS_PER_SEC / 1000;
        while (::clock() < end) {
        }
    });
}

} // namespace

class LoopWatchdogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLongTurnIsAStallAndWaitingIsNone()
    {
        LoopWatchdog watched;
        watched.start();
        watchdog = &watched;
        QTimer ticks;
        ticks.start(20);
        QTest::qWait(300); // waits in the loop: no turn is long
        QCOMPARE(watched.figures().stalls, std::uint64_t(0));
        QVERIFY(watched.figures().turns > 1);
        work(120);
        QTRY_COMPARE(watched.figures().stalls, std::uint64_t(1));
        QVERIFY(watched.figures().longestOwn >= std::chrono::milliseconds(100));
        QVERIFY(watched.figures().longest >= watched.figures().longestOwn);
        // Sleeping in a handler holds the loop up just as well.
        QTimer::singleShot(0, qApp, [] { QTest::qSleep(300); });
        QTRY_COMPARE(watched.figures().stalls, std::uint64_t(2));
        QVERIFY(watched.figures().longestOwn >= std::chrono::milliseconds(250));
        watchdog = nullptr;
    }
};

int main(int argc, char **argv)
{
    Application application(argc, argv);
    LoopWatchdogTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "loop_watchdog_test.moc"

#include <cstdint>
