// SPDX-License-Identifier: BSD-3-Clause
// The lessons of the lab's studies, as tests: what is claimed is what is found.
#include "ipc/lab/engine/study.h"
#include "tests/support/lacking.h"
#include "tests/support/own_leftovers.h"

#include <QFile>
#include <QtTest>

#include <cerrno>
#include <cmath>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

class Findings
{
public:
    explicit Findings(const std::string &name, std::vector<std::string> mechanisms = {},
                      std::map<std::string, std::uint64_t> numbers = {})
    {
        const Cancel cancel;
        auto report = runStudy({name, std::move(mechanisms), std::move(numbers), LAB_WORKER_PROGRAM}, cancel);
        if (report)
            m_report = std::move(*report);
        else
            m_problem = report.error().what;
    }
    const std::string &problem() const { return m_problem; }
    bool lessonHolds() const { return m_report.lessonHolds; }
    double value(const char *name) const
    {
        for (const wire::LabFinding &finding : m_report.findings) {
            if (finding.name() == name)
                return finding.value();
        }
        return qQNaN();
    }
    std::string text() const
    {
        std::string all = m_problem;
        for (const wire::LabFinding &finding : m_report.findings)
            all += finding.text() + "\n";
        return all;
    }

private:
    StudyReport m_report;
    std::string m_problem;
};

} // namespace

class StudiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutSynchronisationUpdatesAreLostAndWithItNoneAre()
    {
        const Findings race("race", {}, {{"additions", 5000}});
        QVERIFY2(race.problem().empty(), race.problem().c_str());
        QVERIFY2(race.value("lost.none") > 0, race.text().c_str());
        for (const char *name : {"lost.atomic", "lost.sysv-sem", "lost.posix-sem", "lost.mutex", "lost.robust-mutex",
                                 "lost.futex", "lost.eventfd", "lost.spin"})
            QCOMPARE(race.value(name), 0.0);
        QVERIFY(race.value("overwritten") > 0);
        QVERIFY(race.lessonHolds());
    }

    void forkedMemoryIsNotShared()
    {
        const Findings memory("memory");
        QCOMPARE(memory.value("plain"), 1.0);
        QCOMPARE(memory.value("shared"), 2.0);
        QVERIFY(memory.lessonHolds());
    }

    void theRobustMutexRecoversAndThePlainOneHangs()
    {
        const Findings locks("locks");
        QVERIFY2(locks.lessonHolds(), locks.text().c_str());
        QCOMPARE(locks.value("plain_mutex"), double(ETIMEDOUT));
        QCOMPARE(locks.value("robust_mutex"), double(EOWNERDEAD));
        QCOMPARE(locks.value("semaphore"), double(EAGAIN));
        QCOMPARE(locks.value("semaphore_undo"), 0.0);
    }

    void prioritiesAndTypesReorder()
    {
        const Findings order("order");
        QVERIFY2(order.lessonHolds(), order.text().c_str());
        QCOMPARE(order.value("types"), 213.0);
    }

    void manyAreServedAndNobodyIsForgotten()
    {
        const Findings many("many");
        QVERIFY2(many.lessonHolds(), many.text().c_str());
    }

    void theQueueBlocksAtItsDepth()
    {
        const Findings depth("depth", {"pipe", "sysv-queue", "posix-queue", "unix-stream", "memfd+eventfd", "udp"},
                             {{"size", 1024}});
        QVERIFY2(depth.lessonHolds(), depth.text().c_str());
        QCOMPARE(depth.value("pipe.depth") * 1024, 65536.0);
        QFile limit(QStringLiteral("/proc/sys/kernel/msgmnb"));
        QVERIFY(limit.open(QIODevice::ReadOnly));
        QCOMPARE(depth.value("sysv-queue.depth"), std::floor(limit.readAll().trimmed().toDouble() / 1024));
        QCOMPARE(depth.value("memfd+eventfd.depth"), 16.0); // the ring's slots
        QCOMPARE(depth.value("pipe.dropped"), 0.0);
        QVERIFY(depth.value("udp.dropped") > 0); // nobody is told
    }

    void whoNoticesADeathIsKnown()
    {
        const Findings death("death", {"pipe", "unix-stream", "tcp", "sysv-queue", "posix-shm+futex", "fifo"});
        QVERIFY2(death.lessonHolds(), death.text().c_str());
        QCOMPARE(death.value("pipe.reader_killed"), double(EPIPE));
        QCOMPARE(death.value("pipe.writer_killed"), 0.0); // end of file is no error
        QCOMPARE(death.value("unix-stream.reader_killed"), double(EPIPE));
        QCOMPARE(death.value("posix-shm+futex.reader_killed"), -1.0);
        QVERIFY(death.value("posix-shm+futex.left") > 0);
        QVERIFY(death.value("sysv-queue.left") > 0);
        QCOMPARE(death.value("pipe.left"), 0.0);
        QCOMPARE(ownLeftovers(), QStringList()); // and all of it was removed
    }

    void queuesKeepMessagesForLater()
    {
        const Findings kept("persistence", {"pipe", "fifo", "unix-stream", "sysv-queue", "posix-queue", "boost-queue"});
        QVERIFY2(kept.lessonHolds(), kept.text().c_str());
        QCOMPARE(kept.value("sysv-queue.persists"), 1.0);
        QCOMPARE(kept.value("boost-queue.persists"), 1.0);
        QCOMPARE(kept.value("fifo.persists"), 0.0);
    }

    void theBrokerKeepsMessagesAcrossItsOwnRestart()
    {
        SKIP_WHEN_LACKING(lacking::mechanism("mqtt"));
        const Findings kept("persistence", {"mqtt"});
        QVERIFY2(kept.lessonHolds(), kept.text().c_str());
        QCOMPARE(kept.value("mqtt.persists"), 1.0);
    }
};

QTEST_GUILESS_MAIN(StudiesTest)
#include "studies_test.moc"
