// SPDX-License-Identifier: BSD-3-Clause
// The lab's workers as the process map sees them.
#include "browser/host/processes/sandbox_verdict.h"
#include "browser/lab/kit/lab_workers.h"
#include "browser/tools/model/process_list.h"
#include "ipc/lab/engine/worker_pair.h"
#include "tests/browser/lab/kit/lab_fixture.h"

using namespace bulkhead;

class LabWorkersTest : public QObject
{
    Q_OBJECT

    /// Two workers with a pipe between them, at the lab's expense.
    struct Scene
    {
        LabContext context{QStringLiteral(LAB_WORKER_PROGRAM), {}}; // without a view, whose pages start workers, too
        lab::Cancel cancel;
        Result<lab::RunFolder> folder = lab::RunFolder::create();
        lab::WorkerPair pair{context.workerProgram(), *folder, cancel};
        LabWorkers source{context};
        QList<ProcessInfo> ended;

        Scene()
        {
            QObject::connect(&source, &ProcessSource::ended, &source,
                             [this](const ProcessInfo &info) { ended << info; });
        }
        std::vector<ProcessInfo> now() const
        {
            std::vector<ProcessInfo> infos;
            source.describe(infos);
            return infos;
        }
        bool open()
        {
            return pair.open({.mechanism = "pipe"}) && LabFixture::wait([this] { return now().size() == 2; });
        }
    };

private Q_SLOTS:
    void workersAreThereWithTheirMechanismAndTheirSandbox()
    {
        Scene scene;
        QVERIFY(scene.now().empty());
        QVERIFY(scene.open());
        const std::vector<ProcessInfo> infos = scene.now();
        QVERIFY(infos[0].key != infos[1].key);
        for (const ProcessInfo &info : infos) {
            QCOMPARE(info.role, ProcessRole::LabWorker);
            QVERIFY(LabFixture::workers().contains(info.pid)); // the kernel's word
            QCOMPARE(info.sites, QStringList{QStringLiteral("pipe")});
            QCOMPARE(info.phase, ProcessPhase::Ready);
            QVERIFY(info.hasSandbox);
            QCOMPARE(verdictOn(info.sandbox).level, SandboxLevel::Reduced);
            QVERIFY(stepOf(info.sandbox, wire::LAYER_SYSTEM_CALL_FILTER)->done());
            QVERIFY(!stepOf(info.sandbox, wire::LAYER_IPC_NAMESPACE)); // it keeps the machine's
        }
        scene.pair.reset();
        QVERIFY(LabFixture::wait([&] { return scene.ended.size() == 2; }));
        QVERIFY(scene.now().empty());
        QVERIFY(!scene.ended[0].ended->isAbnormal()); // the engine ended them, as it always does
    }

    void aKilledWorkerIsToldWithItsSignal()
    {
        Scene scene;
        QVERIFY(scene.open());
        const ProcessInfo victim = scene.now()[0];
        QVERIFY(!scene.source.sendSignal(victim.key + 100, SIGSEGV)); // nobody
        QVERIFY(scene.source.sendSignal(victim.key, SIGSEGV));
        wire::LabMeasure what;
        what.set_pattern(wire::LabMeasure::PING_PONG);
        what.set_size(64);
        what.set_count(10);
        QVERIFY(!scene.pair.measure(what, {}, std::chrono::seconds(5))); // the engine notices
        scene.pair.reset();
        QVERIFY(LabFixture::wait([&] { return scene.ended.size() == 2; }));
        const auto told = std::find_if(scene.ended.begin(), scene.ended.end(),
                                       [&](const ProcessInfo &info) { return info.key == victim.key; });
        QVERIFY(told != scene.ended.end());
        QCOMPARE(told->ended->code(), QStringLiteral("signal 11 SIGSEGV"));
        QVERIFY(told->ended->sentence().startsWith(QLatin1String("The lab's worker process was ended by signal 11")));
    }

    void anEndIsSeenBeforeTheEngineNotices()
    {
        Scene scene;
        QVERIFY(scene.open());
        const ProcessInfo victim = scene.now()[0];
        QCOMPARE(::kill(pid_t(victim.pid), SIGKILL), 0); // from a terminal; the engine has nothing to do with it now
        QVERIFY(LabFixture::wait([&] { return scene.ended.size() == 1; }));
        QCOMPARE(scene.ended[0].key, victim.key);
        QCOMPARE(scene.ended[0].ended->code(), QStringLiteral("signal 9 SIGKILL"));
        QCOMPARE(scene.now().size(), std::size_t(1));
        QVERIFY(!scene.source.sendSignal(victim.key, SIGTERM));
        scene.pair.reset();
        QVERIFY(LabFixture::wait([&] { return scene.ended.size() == 2; }));
        QVERIFY(!scene.ended[1].ended->isAbnormal()); // the first was not told twice
    }

    void endingOneIsThePersonsDeed()
    {
        Scene scene;
        QVERIFY(scene.open());
        const ProcessInfo victim = scene.now()[1];
        QVERIFY(scene.source.end(victim.key));
        scene.pair.reset();
        QVERIFY(LabFixture::wait([&] { return scene.ended.size() == 2; }));
        for (const ProcessInfo &info : scene.ended)
            QCOMPARE(info.ended->kind, info.key == victim.key ? ExitKind::KilledByUser : ExitKind::Clean);
        QVERIFY(!scene.source.end(victim.key)); // gone
    }

    void theListAndTheSourceMayGoWhileWorkersLive()
    {
        NothingLeft nothing;
        {
            LabContext context{QStringLiteral(LAB_WORKER_PROGRAM), {}};
            const lab::Cancel cancel;
            auto folder = lab::RunFolder::create();
            lab::WorkerPair pair(context.workerProgram(), *folder, cancel);
            auto source = std::make_unique<LabWorkers>(context);
            QVERIFY(pair.open({.mechanism = "unix-stream"}));
            source.reset();
            pair.reset(); // tells nobody
        }
        QCOMPARE(nothing.difference(), QString());
    }
};

QTEST_MAIN(LabWorkersTest)
#include "lab_workers_test.moc"
