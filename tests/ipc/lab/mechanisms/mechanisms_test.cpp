// SPDX-License-Identifier: BSD-3-Clause
// Every mechanism between two real processes, in every way of waiting that it has, at every size: all bytes arrive.
#include "ipc/lab/engine/lab_run.h"
#include "ipc/lab/protocol/payload.h"
#include "tests/support/lacking.h"
#include "tests/support/own_leftovers.h"
#include "tests/support/resource_counter.h"

#include <QtTest>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

LabRun::Options smallRun(const std::string &mechanism)
{
    LabRun::Options options;
    options.mechanisms = {mechanism};
    options.workerProgram = LAB_WORKER_PROGRAM;
    options.rounds = 1;
    options.count = 20;
    options.seconds = 0.002;
    options.calls = LabRun::Options::Calls::Ignore;
    return options;
}

const JobResult *find(const std::vector<JobResult> &results, const std::string &mechanism, std::size_t size)
{
    for (const JobResult &result : results) {
        if (result.job.mechanism == mechanism && result.job.size == size)
            return &result;
    }
    return nullptr;
}

} // namespace

class MechanismsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyByteArrives_data()
    {
        QTest::addColumn<QString>("mechanism");
        QTest::addColumn<int>("wait");
        const Cancel cancel;
        const auto known = catalogue(LAB_WORKER_PROGRAM, cancel);
        QVERIFY(known);
        for (const wire::LabMechanism &mechanism : *known) {
            for (const std::uint32_t wait : mechanism.waits()) {
                const QByteArray row = QByteArray::fromStdString(mechanism.name()) + ' ' + waitName(Wait(wait));
                QTest::newRow(row.constData()) << QString::fromStdString(mechanism.name()) << int(wait);
            }
        }
        for (const char *memory : {"sysv-shm", "posix-shm", "memfd", "mmap-file"}) {
            for (const char *synchronised : {"sysv-sem", "posix-sem", "mutex", "robust-mutex", "futex", "eventfd"}) {
                const QByteArray name = QByteArray(memory) + '+' + synchronised;
                if (std::none_of(known->begin(), known->end(), [&](const auto &m) { return name == m.name().c_str(); }))
                    QTest::newRow(name.constData()) << QString::fromLatin1(name) << int(Wait::Blocking);
            }
        }
    }
    void everyByteArrives()
    {
        QFETCH(QString, mechanism);
        QFETCH(int, wait);
        const std::string name = mechanism.toStdString();
        SKIP_WHEN_LACKING(lacking::mechanism(name));
        LabRun::Options options = smallRun(name);
        options.sizes = {1, 64, 4096, std::size_t(1) << 20};
        options.wait = Wait(wait);
        if (options.wait == Wait::Polling)
            options.count = 3; // on one processor each message costs a turn of the scheduler
        const Cancel cancel;
        LabRun run(options, cancel);
        const auto done = run.run();
        QVERIFY2(done, done ? "" : done.error().what.c_str());
        for (const std::size_t size : options.sizes) {
            const JobResult *result = find(run.results(), name, size);
            QVERIFY(result);
            QVERIFY2(result->state == JobState::Measured, result->problem.c_str());
            QCOMPARE(result->wrong, 0U);
            QVERIFY(result->checked > 0);
            QVERIFY(result->roundTrip.count() > 0);
            QVERIFY(result->messagesPerSecond().median > 0);
            if (result->limit.empty()) {
                QCOMPARE(result->actualSize, size);
            } else {
                QVERIFY(result->actualSize < size); // and the limit is named, never silent
            }
        }
    }

    void nothingIsLeftAfterwards()
    {
        const Cancel cancel;
        const ResourceCounter before(ResourceScope::Machine);
        LabRun::Options options = smallRun("sysv-shm+sysv-sem");
        options.mechanisms = {"sysv-shm+sysv-sem", "posix-queue", "fifo", "boost-queue"};
        LabRun run(options, cancel);
        QVERIFY(run.run());
        QCOMPARE(before.waitUntilRestored(), QString());
        QCOMPARE(ownLeftovers(), QStringList());
    }

    void aChangedByteIsNoticed()
    {
        std::vector<std::byte> message(1000);
        const std::uint64_t sum = fill(message, 7);
        QCOMPARE(check(message, 7).value_or(0), sum);
        QVERIFY(!check(message, 8));
        for (const std::size_t at : {0, 499, 992, 999}) {
            message[at] ^= std::byte(1);
            QVERIFY(!check(message, 7));
            message[at] ^= std::byte(1);
        }
        // The sum alone would not notice two exchanged words.
        std::swap_ranges(message.begin(), message.begin() + 8, message.begin() + 8);
        QVERIFY(!check(message, 7));
    }

    void aMessageSaysItsNumber()
    {
        std::vector<std::byte> message(64);
        fill(message, 123456);
        QCOMPARE(numberOf(message, 100), 123456U);
        for (const std::size_t size : {1, 2, 3}) {
            fill(Bytes(message).first(size), 300);
            QCOMPARE(numberOf(ConstBytes(message).first(size), 290), 300U);
        }
    }

    void percentilesAreExactToOnePercent()
    {
        Histogram times;
        for (std::uint64_t i = 1; i <= 100000; ++i)
            times.add(i * 10);
        for (const double share : {0.5, 0.9, 0.99, 0.999})
            QVERIFY(std::abs(times.percentile(share) / (share * 1e6) - 1) < 0.01);
        QCOMPARE(times.least(), 10U);
        QCOMPARE(times.most(), 1000000U);
        wire::LabHistogram message;
        times.writeTo(message);
        Histogram copy(message);
        QCOMPARE(copy.percentile(0.9), times.percentile(0.9));
        copy.add(times);
        QCOMPARE(copy.count(), 200000U);
    }
};

QTEST_GUILESS_MAIN(MechanismsTest)
#include "mechanisms_test.moc"

#include <algorithm>
