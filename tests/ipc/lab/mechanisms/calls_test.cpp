// SPDX-License-Identifier: BSD-3-Clause
// The system calls that the lab counts are those that strace sees.
#include "ipc/lab/engine/call_recorder.h"
#include "ipc/lab/engine/lab_run.h"
#include "tests/support/lacking.h"

#include <QFile>
#include <QHash>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

constexpr std::uint64_t RoundTrips = 100;
constexpr std::size_t Size = 64;

wire::LabMeasure pingPong(std::uint64_t count)
{
    wire::LabMeasure what;
    what.set_size(Size);
    what.set_count(count);
    return what;
}

/// A pair of workers with an open, warm link.
struct Scene
{
    Scene(const std::string &program, const std::string &mechanism)
        : folder(*RunFolder::create()), pair(program, folder, cancel)
    {
        WorkerPair::LinkSpec spec;
        spec.mechanism = mechanism;
        spec.largest = Size;
        spec.wait = mechanism.find("spin") == mechanism.npos ? Wait::Blocking : Wait::Polling;
        opened = pair.open(spec);
        if (opened)
            warm = bool(pair.measure(pingPong(10), {}, std::chrono::seconds(60)));
    }

    Cancel cancel;
    RunFolder folder;
    WorkerPair pair;
    Result<void> opened;
    bool warm = false;
};

/// Names of the calls between the boundaries, and how often, of all round trips of both processes.
QHash<QByteArray, int> countedByLab(const std::string &mechanism, QString *problem)
{
    Scene scene(LAB_WORKER_PROGRAM, mechanism);
    if (!scene.warm)
        return {};
    CallRecorder recorder({scene.pair.first().pid(), scene.pair.second().pid()});
    const auto figures = scene.pair.measure(pingPong(RoundTrips), {}, std::chrono::seconds(60));
    const auto calls = recorder.finish();
    if (!recorder.attached())
        *problem = QString::fromStdString(recorder.attached().error().what);
    QHash<QByteArray, int> counts;
    for (const RecordedCall &call : calls)
        ++counts[QByteArray::fromStdString(call.name)];
    return counts;
}

/// The same from strace's records. The workers run under "strace -D", which stays their child's child.
QHash<QByteArray, int> countedByStrace(const std::string &mechanism, const QTemporaryDir &folder)
{
    const QString wrapper = folder.filePath(QStringLiteral("worker"));
    QFile script(wrapper);
    if (!script.open(QIODevice::WriteOnly))
        return {};
    script.write("#!/bin/sh\nexec strace -D -ff -qq -o '" + folder.filePath(QStringLiteral("trace")).toLocal8Bit() +
                 "' '" LAB_WORKER_PROGRAM "' \"$@\"\n");
    script.close();
    script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    {
        Scene scene(wrapper.toStdString(), mechanism);
        if (!scene.warm || !scene.pair.measure(pingPong(RoundTrips), {}, std::chrono::seconds(60)))
            return {};
    }
    QHash<QByteArray, int> counts;
    const QStringList files = QDir(folder.path()).entryList({QStringLiteral("trace.*")});
    for (const QString &name : files) {
        QFile file(folder.filePath(name));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        const QByteArray text = file.readAll();
        // The measurement's two boundaries are the last: it was the last command.
        const qsizetype end = text.lastIndexOf("\ngetpid(");
        const qsizetype at = end <= 0 ? -1 : text.lastIndexOf("\ngetpid(", end - 1) + 1;
        if (at <= 0)
            continue; // a thread that is not the one that measures
        const QList<QByteArray> lines = text.mid(at, end - at).split('\n');
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const qsizetype bracket = lines[i].indexOf('(');
            if (bracket > 0 && !lines[i].startsWith("---") && !lines[i].startsWith("<..."))
                ++counts[lines[i].left(bracket)];
        }
    }
    return counts;
}

int sum(const QHash<QByteArray, int> &counts)
{
    return std::accumulate(counts.begin(), counts.end(), 0);
}

} // namespace

class CallsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAreThoseOfStrace_data()
    {
        QTest::addColumn<QString>("mechanism");
        QTest::addColumn<double>("perMessage"); // negative: as it comes
        QTest::newRow("pipe: one write, one read") << QStringLiteral("pipe") << 2.0;
        QTest::newRow("Unix stream socket: one write, one read") << QStringLiteral("unix-stream") << 2.0;
        QTest::newRow("System V queue: one msgsnd, one msgrcv") << QStringLiteral("sysv-queue") << 2.0;
        QTest::newRow("POSIX queue") << QStringLiteral("posix-queue") << 2.0;
        QTest::newRow("spinning: none") << QStringLiteral("memfd+spin") << 0.0;
        QTest::newRow("futex: wait and wake, when needed") << QStringLiteral("posix-shm+futex") << -1.0;
    }
    void countsAreThoseOfStrace()
    {
        QFETCH(QString, mechanism);
        QFETCH(double, perMessage);
        SKIP_WHEN_LACKING(lacking::program("strace", "strace"));
        SKIP_WHEN_LACKING(lacking::tracing());
        QString problem;
        const auto ours = countedByLab(mechanism.toStdString(), &problem);
        QCOMPARE(problem, QString());
        QTemporaryDir folder;
        const auto theirs = countedByStrace(mechanism.toStdString(), folder);
        if (perMessage >= 0) {
            QCOMPARE(sum(ours), int(perMessage * 2 * RoundTrips));
            QCOMPARE(ours, theirs);
        } else {
            // How often somebody sleeps depends on who is faster; that nothing but futex is called does not.
            QCOMPARE(ours.keys(), QList<QByteArray>({"futex"}));
            QCOMPARE(theirs.keys(), QList<QByteArray>({"futex"}));
            for (const int count : {sum(ours), sum(theirs)}) {
                QVERIFY(count > 0);
                QVERIFY(count <= int(4 * 2 * RoundTrips));
            }
        }
    }

    void copiedBytesAreWhatTheCallsMove()
    {
        SKIP_WHEN_LACKING(lacking::tracing());
        LabRun::Options options;
        options.mechanisms = {"pipe", "posix-shm+futex", "sysv-queue", "bulkhead-frames"};
        options.sizes = {4096};
        options.rounds = 1;
        options.count = 50;
        options.seconds = 0.002;
        options.workerProgram = LAB_WORKER_PROGRAM;
        const Cancel cancel;
        LabRun run(options, cancel);
        QVERIFY(run.run());
        for (const JobResult &result : run.results()) {
            QVERIFY2(result.perMessage.kernelBytes, result.job.mechanism.c_str());
            const double copies = *result.perMessage.kernelBytes / 4096;
            if (result.job.mechanism == "posix-shm+futex")
                QCOMPARE(copies, 0.0);
            else if (result.job.mechanism == "bulkhead-frames")
                QVERIFY(copies < 0.2);
            else
                QCOMPARE(copies, 2.0); // in, and out
        }
    }
};

QTEST_GUILESS_MAIN(CallsTest)
#include "calls_test.moc"

#include <numeric>
