// SPDX-License-Identifier: BSD-3-Clause
// "Frames side by side" with real processes: what arrives is what was painted, deaths are told, nothing is left.
#include "ipc/lab/engine/frame_run.h"
#include "tests/support/lacking.h"
#include "tests/support/own_leftovers.h"

#include <QtTest>

#include <QDir>

#include <cerrno>
#include <csignal>
#include <sys/wait.h>
#include <thread>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

FrameRun::Options options(std::vector<std::string> transports, double seconds)
{
    FrameRun::Options options;
    options.transports = std::move(transports);
    options.width = 320;
    options.height = 180;
    options.displayWidth = 160;
    options.displayHeight = 90;
    options.seconds = seconds;
    options.rate = 30;
    options.workerProgram = LAB_WORKER_PROGRAM;
    return options;
}

const FrameLaneResult &lane(const FrameRun &run, const char *name)
{
    for (const FrameLaneResult &lane : run.lanes()) {
        if (std::string_view(lane.transport->name) == name)
            return lane;
    }
    qFatal("no such lane: %s", name);
}

int openDescriptors()
{
    return int(
        QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

} // namespace

class LabFramesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_descriptors = openDescriptors(); }
    void cleanup()
    {
        QCOMPARE(openDescriptors(), m_descriptors);
        QCOMPARE(ownLeftovers(), QStringList());
        QVERIFY(::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD); // no process is left
    }

    void everyTransportDeliversWhatWasPainted_data();
    void everyTransportDeliversWhatWasPainted();
    void whatIsCopiedIsCounted();
    void picturesReachTheDisplay();
    void aKilledWorkerEndsItsPaneOnly_data();
    void aKilledWorkerEndsItsPaneOnly();
    void cancellingIsQuickAndKeepsWhatWasMeasured();
    void whatCannotBeIsRefused();

private:
    int m_descriptors = 0;
};

void LabFramesTest::everyTransportDeliversWhatWasPainted_data()
{
    QTest::addColumn<QByteArray>("transport");
    for (const FrameTransport &transport : frameTransports())
        QTest::newRow(transport.name) << QByteArray(transport.name);
}

void LabFramesTest::everyTransportDeliversWhatWasPainted()
{
    QFETCH(QByteArray, transport);
    SKIP_WHEN_LACKING(lacking::mechanism(findFrameTransport(transport.toStdString())->mechanism));
    const Cancel cancel;
    FrameRun run(options({transport.toStdString()}, 1.5), cancel);
    const Result<void> done = run.run();
    QCOMPARE(run.lanes().size(), std::size_t(1));
    const FrameLaneResult &result = run.lanes().front();
    QVERIFY2(done, done ? "" : done.error().what.c_str());
    QVERIFY2(result.state == FrameLaneState::Done, result.problem.c_str());
    QVERIFY(result.total.frames > 0);
    QVERIFY(result.total.checked > 0); // pixel by pixel
    QCOMPARE(result.total.wrong, 0U);
    QVERIFY(result.total.median > 0 && result.total.median <= result.total.most);
    QVERIFY(result.total.paintTime > 0 && result.total.showTime > 0);
}

void LabFramesTest::whatIsCopiedIsCounted()
{
    SKIP_WHEN_LACKING(lacking::tracing());
    const Cancel cancel;
    FrameRun run(options({"bulkhead-frames", "shm-copies", "shm-in-place", "pipe", "sysv-queue"}, 0.5), cancel);
    QVERIFY(run.run());
    QVERIFY(lane(run, "pipe").systemCalls);
    const double frame = double(lane(run, "pipe").frameBytes);
    QCOMPARE(frame, 320 * 180 * 4 + 64.0);
    QVERIFY(*lane(run, "bulkhead-frames").copiedBytes() < 1000); // a few bytes say which buffer
    QCOMPARE(*lane(run, "shm-in-place").copiedBytes(), 0.0);
    QCOMPARE(*lane(run, "shm-copies").copiedBytes(), 2 * frame); // by user code: in, and out
    QCOMPARE(lane(run, "shm-copies").kernelBytes.value(), 0.0);
    QCOMPARE(*lane(run, "pipe").copiedBytes(), 2 * frame); // by the kernel: in, and out
    const FrameLaneResult &queue = lane(run, "sysv-queue");
    QCOMPARE(queue.kernelBytes.value(), 2 * frame);
    QCOMPARE(queue.userBytes, 2 * frame); // since the kernel takes it in pieces only
    QVERIFY(queue.pieces > 1);
    QVERIFY(*queue.systemCalls >= 2.0 * double(queue.pieces));
    QVERIFY(!queue.limitedBy.empty());
}

void LabFramesTest::picturesReachTheDisplay()
{
    const Cancel cancel;
    std::shared_ptr<FrameView> view;
    std::atomic<bool> isOver = false;
    std::atomic<int> pictures = 0;
    std::vector<unsigned char> first, last;
    FrameRun::Observer observer;
    std::thread shows;
    observer.showing = [&](std::size_t, const std::shared_ptr<FrameView> &given) {
        view = given;
        shows = std::thread([&, given] {
            while (!isOver) {
                if (const unsigned char *picture = given->takeNewest()) {
                    last.assign(picture, picture + std::size_t(given->width()) * std::size_t(given->height()) * 4);
                    if (first.empty())
                        first = last;
                    ++pictures;
                }
                std::this_thread::yield();
            }
        });
    };
    FrameRun run(options({"pipe"}, 1), cancel, observer);
    const Result<void> done = run.run();
    isOver = true;
    if (shows.joinable())
        shows.join();
    QVERIFY(done);
    QVERIFY2(pictures > 5, qPrintable(QString::number(pictures)));
    QVERIFY(first != last);
    QCOMPARE(last[3], 255);
    // What is shown may be looked at as long as somebody wants to, also when all is over.
    (void)view->takeNewest();
}

void LabFramesTest::aKilledWorkerEndsItsPaneOnly_data()
{
    QTest::addColumn<bool>("painter");
    QTest::newRow("painting") << true;
    QTest::newRow("receiving") << false;
}

void LabFramesTest::aKilledWorkerEndsItsPaneOnly()
{
    QFETCH(bool, painter);
    const Cancel cancel;
    FrameRun *current = nullptr;
    bool killed = false;
    FrameRun::Observer observer;
    observer.measured = [&] {
        const FrameLaneResult &pipe = lane(*current, "pipe");
        if (!killed && pipe.total.frames > 5) {
            ::kill(painter ? pipe.painter : pipe.receiver, SIGKILL);
            killed = true;
        }
    };
    FrameRun run(options({"bulkhead-frames", "pipe", "sysv-queue"}, 2), cancel, observer);
    current = &run;
    QVERIFY(run.run());
    QVERIFY(killed);
    const FrameLaneResult &pipe = lane(run, "pipe");
    QVERIFY(pipe.state == FrameLaneState::Failed);
    const QByteArray problem(pipe.problem.c_str());
    QVERIFY2(problem.contains(painter ? "painting process was ended by signal 9"
                                      : "receiving process was ended by signal 9"),
             problem.constData());
    QVERIFY(pipe.total.frames > 5); // what was measured until then stays
    for (const char *other : {"bulkhead-frames", "sysv-queue"})
        QVERIFY2(lane(run, other).state == FrameLaneState::Done, lane(run, other).problem.c_str());
}

void LabFramesTest::cancellingIsQuickAndKeepsWhatWasMeasured()
{
    const Cancel cancel;
    FrameRun *current = nullptr;
    QElapsedTimer since;
    FrameRun::Observer observer;
    observer.measured = [&] {
        if (!since.isValid() && lane(*current, "pipe").total.frames > 5) {
            since.start();
            cancel.request();
        }
    };
    FrameRun run(options({"pipe", "bulkhead-frames"}, 0), cancel, observer);
    current = &run;
    const Result<void> done = run.run();
    QVERIFY(!done);
    QCOMPARE(done.error().number, ECANCELED);
    QVERIFY(since.isValid());
    QVERIFY(lane(run, "pipe").state == FrameLaneState::Done);
    QVERIFY(lane(run, "pipe").total.frames > 5);
    // While it is being prepared, too.
    FrameRun second(options({}, 1), cancel);
    QCOMPARE(second.run().error().number, ECANCELED);
}

void LabFramesTest::whatCannotBeIsRefused()
{
    const Cancel cancel;
    QVERIFY(!FrameRun(options({"pigeon"}, 1), cancel).run());
    FrameRun::Options large = options({"pipe"}, 1);
    large.width = 100'000;
    QVERIFY(!FrameRun(large, cancel).run());
    FrameRun::Options nobody = options({"pipe"}, 1);
    nobody.workerProgram = "/nonexistent";
    QVERIFY(!FrameRun(nobody, cancel).run());
}

QTEST_GUILESS_MAIN(LabFramesTest)
#include "frames_test.moc"
