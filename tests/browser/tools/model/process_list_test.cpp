// SPDX-License-Identifier: BSD-3-Clause
// The model behind all tools: what it says of processes is what the kernel and the channels say, it works only while
// somebody looks, and what it tells of a death is what the tabs show.
#include "browser/tools/map/map_layout.h"
#include "browser/tools/model/blast_radius.h"
#include "browser/tools/model/figures.h"
#include "browser/tools/tasks/task_model.h"
#include "tests/browser/tools/docks/inspect_fixture.h"

#include <QAbstractItemModelTester>
#include <QProcess>

#include <algorithm>
#include <cmath>
#include <csignal>

using namespace bulkhead;

class ProcessListTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<InspectFixture> f;

private Q_SLOTS:
    void init() { f = std::make_unique<InspectFixture>(); }
    void cleanup() { f.reset(); }

    void aSampleAgreesWithPs()
    {
        const qint64 self = QCoreApplication::applicationPid();
        const auto sample = ProcSample::of(self);
        QVERIFY(sample);
        QProcess ps;
        ps.start(QStringLiteral("ps"),
                 {QStringLiteral("-o"), QStringLiteral("nlwp=,ni="), QStringLiteral("-p"), QString::number(self)});
        QVERIFY(ps.waitForFinished());
        const QStringList fields = QString::fromLatin1(ps.readAllStandardOutput()).simplified().split(u' ');
        QCOMPARE(fields.size(), 2);
        QCOMPARE(QString::number(sample->threads), fields[0]);
        QCOMPARE(QString::number(sample->niceness), fields[1]);
        QVERIFY(sample->residentBytes > sample->privateBytes);
        QVERIFY(sample->descriptors && *sample->descriptors > 3);
        const auto proportional = ProcSample::proportionalBytesOf(self);
        QVERIFY(proportional && *proportional > 0 && *proportional <= sample->residentBytes * 2);
    }

    void thereIsNothingToSayOfNobody()
    {
        QVERIFY(!ProcSample::of(0));
        QVERIFY(!ProcSample::of(-1));
        QVERIFY(!ProcSample::of(999'999'999));
        QVERIFY(!ProcSample::proportionalBytesOf(999'999'999));
    }

    void itWorksOnlyWhileSomebodyLooks()
    {
        QSignalSpy refreshed(&f->processes, &ProcessList::refreshed);
        f->open(QStringLiteral("a"));
        QTest::qWait(700); // longer than a tick
        QCOMPARE(refreshed.count(), 0);
        {
            const ProcessWatch watch(f->processes);
            QTRY_VERIFY(refreshed.count() > 2);
            QVERIFY(f->processes.isWatched());
        }
        QVERIFY(!f->processes.isWatched());
        refreshed.clear();
        f->open(QStringLiteral("b"), QStringLiteral("other.test"));
        QTest::qWait(700);
        QCOMPARE(refreshed.count(), 0);
    }

    void itTellsWhoIsWhereAndWhatTheyUse()
    {
        const ProcessWatch watch(f->processes);
        Tab *one = f->open(QStringLiteral("a"));
        Tab *two = f->open(QStringLiteral("b"));
        Tab *three = f->open(QStringLiteral("c"), QStringLiteral("other.test"));
        f->processes.refresh();
        QCOMPARE(f->keyOf(one), f->keyOf(two));
        QVERIFY(f->keyOf(one) != f->keyOf(three));
        const ProcessInfo *shared = f->infoOf(one);
        QVERIFY(shared);
        QCOMPARE(shared->tasks.size(), 2);
        QCOMPARE(shared->pid, one->rendererPid());
        QCOMPARE(shared->sites, QStringList{QStringLiteral("http://example.test")});
        QCOMPARE(shared->role, ProcessRole::Renderer);
        QVERIFY(f->infoOf(three)->sharedBytes() > 0);
        QVERIFY(f->infoOf(three)->totals.receivedMessages > 0);
        QCOMPARE(f->processes.processes().front().role, ProcessRole::Browser);
        QTRY_VERIFY(f->infoOf(one)->sample); // the kernel's word comes from another thread
        QVERIFY(f->infoOf(one)->sample->residentBytes > 0);
        QVERIFY(f->infoOf(one)->memoryHistory.count() > 0);
    }

    void framesAreCountedWithTheirPixels()
    {
        const ProcessWatch watch(f->processes);
        Tab *tab = f->open(QStringLiteral("a"));
        f->processes.refresh();
        quint64 before = 0, frames = 0;
        const QDeadlineTimer deadline(std::chrono::seconds(30));
        do { // the view may still find its size
            QVERIFY(!deadline.hasExpired());
            before = f->infoOf(tab)->totals.frameBytes;
            frames = f->infoOf(tab)->totals.frames;
            QTest::qWait(200);
            f->processes.refresh();
        } while (f->infoOf(tab)->totals.frames != frames);
        f->renderer()->paint(QRect(0, 0, 10, 20), Qt::red);
        QTRY_VERIFY((f->processes.refresh(), f->infoOf(tab)->totals.frames > frames));
        QCOMPARE(f->infoOf(tab)->totals.frameBytes, before + 10 * 20 * 4);
    }

    void aStoppedProcessIsSeenAsStopped()
    {
        const ProcessWatch watch(f->processes);
        Tab *tab = f->open(QStringLiteral("a"));
        f->processes.refresh();
        QVERIFY(f->processes.sendSignal(f->keyOf(tab), SIGSTOP));
        QTRY_COMPARE(f->infoOf(tab)->phase, ProcessPhase::Stopped);
        QVERIFY(f->processes.sendSignal(f->keyOf(tab), SIGCONT));
        QTRY_COMPARE(f->infoOf(tab)->phase, ProcessPhase::Ready);
    }

    void lowerPriorityIsTheKernels()
    {
        const ProcessWatch watch(f->processes);
        Tab *tab = f->open(QStringLiteral("a"));
        f->processes.refresh();
        const int before = ProcSample::of(tab->rendererPid())->niceness;
        QVERIFY(f->processes.lowerPriority(f->keyOf(tab)));
        QCOMPARE(ProcSample::of(tab->rendererPid())->niceness, std::min(19, before + 5));
        QVERIFY(!f->processes.lowerPriority(4711));
    }

    void theBlastRadiusIsToldBeforeAndComparedAfterwards()
    {
        BlastWatch blasts(f->processes, f->tabs);
        QSignalSpy compared(&blasts, &BlastWatch::compared);
        const ProcessWatch watch(f->processes);
        Tab *one = f->open(QStringLiteral("a"));
        Tab *two = f->open(QStringLiteral("b"));
        f->open(QStringLiteral("c"), QStringLiteral("other.test"));
        f->processes.refresh();
        const BlastRadius radius = BlastRadius::of(*f->infoOf(one), f->processes.processes());
        QCOMPARE(radius.lost.size(), 2);
        QCOMPARE(radius.keptTasks, 1);
        QVERIFY2(radius.sentence().contains(QStringLiteral("2 tabs go")), qPrintable(radius.sentence()));

        ::kill(pid_t(one->rendererPid()), SIGKILL); // from outside: the app only watches
        QTRY_COMPARE(compared.count(), 1);
        const auto outcome = compared[0][0].value<BlastOutcome>();
        QVERIFY(outcome.isAsPredicted());
        QCOMPARE(outcome.asPredicted.size(), 2);
        QCOMPARE(outcome.keptTasks, 1);
        QCOMPARE(outcome.process.ended->kind, ExitKind::Signal);
        QVERIFY(outcome.sentence().contains(QStringLiteral("As predicted")));
        QVERIFY(one->crash() && two->crash());
    }

    void crashesAreRememberedBySite()
    {
        const ProcessWatch watch(f->processes);
        Tab *tab = f->open(QStringLiteral("a"));
        f->processes.refresh();
        QCOMPARE(f->infoOf(tab)->earlierCrashes, 0);
        ::kill(pid_t(tab->rendererPid()), SIGSEGV);
        QTRY_VERIFY(tab->crash());
        tab->reload();
        QTRY_VERIFY(!tab->crash() && tab->rendererPid() > 0);
        QTRY_VERIFY(f->infoOf(tab));
        QCOMPARE(f->infoOf(tab)->earlierCrashes, 1);
    }

    void theTaskModelIsASoundModel()
    {
        const ProcessWatch watch(f->processes);
        TaskModel model(f->processes);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        connect(&f->processes, &ProcessList::refreshed, &model, &TaskModel::update);
        Tab *one = f->open(QStringLiteral("a"));
        Tab *two = f->open(QStringLiteral("b"));
        f->processes.refresh();
        const QModelIndex row = model.indexOf(f->keyOf(one));
        QVERIFY(row.isValid());
        QCOMPARE(model.rowCount(row), 2);
        QCOMPARE(model.index(0, 0, row).data(TaskModel::TabRole).toUInt(), one->id());
        QCOMPARE(row.siblingAtColumn(TaskModel::Pid).data().toString(), QString::number(one->rendererPid()));
        f->tabs.close(two);
        f->processes.refresh();
        QCOMPARE(model.rowCount(model.indexOf(f->keyOf(one))), 1);
        ::kill(pid_t(one->rendererPid()), SIGKILL);
        const quint64 key = f->keyOf(one);
        QTRY_VERIFY(!model.indexOf(key).isValid());
    }

    void noTwoNodesOfTheMapStandInEachOther_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<QSizeF>("area");
        for (const int count : {0, 1, 2, 5, 12, 20, 40, 60}) {
            for (const QSizeF area : {QSizeF(760, 460), QSizeF(1600, 900), QSizeF(1100, 420)})
                QTest::addRow("%d in %dx%d", count, int(area.width()), int(area.height())) << count << area;
        }
    }
    void noTwoNodesOfTheMapStandInEachOther()
    {
        QFETCH(int, count);
        QFETCH(QSizeF, area);
        const MapLayout layout = MapLayout::of(count, QRectF(QPointF(), area), 17);
        QCOMPARE(int(layout.others.size()), count);
        for (std::size_t i = 0; i < layout.others.size(); ++i) {
            const QPointF at = layout.others[i];
            QVERIFY(QRectF(QPointF(), area).contains(at));
            for (std::size_t j = 0; j < i; ++j) {
                const QPointF d = at - layout.others[j];
                QVERIFY2(std::hypot(d.x(), d.y()) > 2 * layout.radius * 0.95,
                         qPrintable(QStringLiteral("%1 and %2").arg(i).arg(j)));
            }
            const QPointF d = at - layout.center;
            QVERIFY(std::hypot(d.x(), d.y()) > layout.radius + layout.centerRadius);
        }
    }

    void figuresAreShort()
    {
        QLocale::setDefault(QLocale::c());
        QCOMPARE(figures::bytes(0), QStringLiteral("0 B"));
        QCOMPARE(figures::bytes(812'345), QStringLiteral("793 KB"));
        QCOMPARE(figures::bytes(8'294'400), QStringLiteral("7.9 MB"));
        QCOMPARE(figures::percent(0.01), QStringLiteral("0 %"));
        QCOMPARE(figures::percent(99.9), QStringLiteral("100 %"));
        QCOMPARE(figures::perSecond(0.44), QStringLiteral("0.4"));
        QCOMPARE(figures::microseconds(87), QStringLiteral("87 µs"));
        QCOMPARE(figures::duration(std::chrono::milliseconds(7'500'000)), QStringLiteral("2 h 05 min"));
    }
};

QTEST_MAIN(ProcessListTest)
#include "process_list_test.moc"
