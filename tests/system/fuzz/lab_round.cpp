// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/fuzz/lab_round.h"

#include "ipc/lab/engine/frame_run.h"
#include "ipc/lab/engine/lab_run.h"
#include "ipc/lab/engine/pressure_run.h"
#include "ipc/lab/engine/report.h"
#include "ipc/lab/engine/study.h"
#include "ipc/lab/protocol/race_board.h"
#include "tests/support/own_leftovers.h"
#include "tests/support/private_memory.h"
#include "tests/support/processor_turns.h"
#include "tests/support/wait_for.h"
#include "tests/system/fuzz/page_round.h"
#include "tests/system/fuzz/random_source.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryFile>

#include <atomic>
#include <set>
#include <thread>

namespace bulkhead::fuzz {

namespace {

using namespace lab;

#ifdef __SANITIZE_ADDRESS__
constexpr int Slowness = 8;
#else
constexpr int Slowness = 1;
#endif
constexpr std::chrono::milliseconds RunFor{700 * Slowness};
/// From the cancel to the end: a worker may be in the middle of anything.
constexpr std::chrono::seconds EndPatience{10};
constexpr qint64 MemoryLimit = qint64(200) << 20;

QString outcome(const Result<void> &result)
{
    return result ? QStringLiteral("done")
                  : QString::fromStdString(result.error().what)
                        .section(QRegularExpression(QStringLiteral("[0-9:(\"]")), 0, 0)
                        .trimmed()
                        .left(60);
}

/// One thing that the lab can be asked for; in a thread of its own.
QString ask(RandomSource &random, const WorkerProgram &program, const Cancel &cancel)
{
    static const std::vector<std::string> Mechanisms{"unix-stream", "pipe", "tcp", "sysv-queue"};
    switch (random.below(5)) {
    case 0: {
        LabRun::Options options;
        options.mechanisms = {random.oneOf(Mechanisms), random.oneOf(Mechanisms)};
        options.rounds = 2;
        options.seconds = 0.01;
        options.calls = random.oneIn(4) ? LabRun::Options::Calls::Count : LabRun::Options::Calls::Ignore;
        options.workerProgram = program;
        LabRun run(options, cancel);
        const Result<void> done = run.run();
        for (const JobResult &result : run.results())
            (void)(result.roundTrip.percentile(0.5) + result.roundTrip.percentile(0.99) +
                   double(result.roundTrip.bars().size()));
        return QStringLiteral("measuring: ") + outcome(done);
    }
    case 1: {
        FrameRun::Options options;
        options.transports = {"pipe", "unix-stream"};
        options.width = 64;
        options.height = 48;
        options.displayWidth = 32;
        options.displayHeight = 24;
        options.seconds = 0.3;
        options.calls = FrameRun::Options::Calls::Ignore;
        options.workerProgram = program;
        std::vector<std::shared_ptr<FrameView>> views;
        FrameRun::Observer observer;
        observer.showing = [&views](std::size_t, const std::shared_ptr<FrameView> &view) { views.push_back(view); };
        observer.measured = [&views] { // as the page does with each pane
            for (const auto &view : views) {
                if (const unsigned char *picture = view->takeNewest())
                    (void)std::count(picture, picture + view->width() * view->height() * 4, 0);
            }
        };
        FrameRun run(options, cancel, observer);
        return QStringLiteral("frames: ") + outcome(run.run());
    }
    case 2: {
        PressureRun::Options options;
        options.lanes = {{"pipe", PressureRun::Lane::Writer::Blocking},
                         {"unix-stream", PressureRun::Lane::Writer::NonBlocking}};
        options.seconds = 0.2;
        options.workerProgram = program;
        PressureRun run(options, cancel);
        return QStringLiteral("pressure: ") + outcome(run.run());
    }
    case 3: {
        StudyOptions options;
        options.name = "race";
        options.workerProgram = program;
        const auto watch = RaceWatch::create();
        if (watch)
            options.watched = std::make_shared<UniqueFd>(watch->duplicate());
        const auto report = runStudy(options, cancel);
        if (watch)
            (void)watch->stages();
        return QStringLiteral("race: ") + (report ? QStringLiteral("done") : outcome(tl::unexpected(report.error())));
    }
    default: {
        StudyOptions options;
        options.name = random.oneOf(
            std::vector<std::string>{"depth", "death", "persistence", "bursts", "memory", "locks", "order"});
        options.mechanisms = {"pipe", "sysv-queue"};
        options.workerProgram = program;
        const auto report = runStudy(options, cancel);
        return QString::fromStdString(options.name) + QStringLiteral(": ") +
               (report ? QStringLiteral("done") : outcome(tl::unexpected(report.error())));
    }
    }
}

} // namespace

QString LabRound::play(Figures &figures) const
{
    RandomSource random(seed);
    QStringList wrong;
    QTemporaryFile count; // a byte for each message
    if (!count.open())
        return QStringLiteral("no temporary file");
    ::setenv("BULKHEAD_FUZZ_WORKER_COUNT", QFile::encodeName(count.fileName()).constData(), 1);
    const qint64 before = test::privateMemory();
    ProcessorTurns turns;
    turns.start();
    for (int n = 0; n < runs && wrong.isEmpty(); ++n) {
        ::setenv("BULKHEAD_FUZZ_WORKER_SEED", std::to_string(random.next()).c_str(), 1);
        const auto census = std::make_shared<WorkerCensus>();
        WorkerProgram program(HOSTILE_WORKER);
        program.census = census;
        const auto children = std::make_shared<std::atomic<int>>(0);
        const auto seen = std::make_shared<std::set<pid_t>>();
        const std::weak_ptr<WorkerCensus> looked = census;
        census->setListener([looked, children, seen] {
            if (const auto there = looked.lock()) {
                for (const WorkerCensus::Worker &worker : there->workers()) {
                    if (seen->insert(worker.pid).second)
                        ++*children;
                }
            }
        });
        const Cancel cancel;
        std::atomic<bool> isDone = false;
        QString came;
        std::thread engine([&, part = RandomSource::ofPart(seed, std::uint64_t(n))]() mutable {
            came = ask(part, program, cancel);
            isDone = true;
        });
        (void)waitFor([&] { return isDone.load(); }, RunFor);
        cancel.request();
        if (!waitFor([&] { return isDone.load(); }, EndPatience)) {
            // It cannot be told to end in any other way, and what it holds is this function's.
            qFatal("the lab's engine does not end: seed %llu, run %d", static_cast<unsigned long long>(seed), n);
        }
        engine.join();
        census->setListener({});
        figures.children += quint64(children->load());
        ++figures.ends[came];
        figures.mostMemory = std::max(figures.mostMemory, test::privateMemory() - before);
        turns.skip();
        if (const QStringList left = ownLeftovers(); !left.isEmpty())
            wrong << QStringLiteral("left: ") + left.join(u' ');
    }
    figures.longestTurn = std::max(figures.longestTurn, turns.longest());
    if (figures.mostMemory > MemoryLimit * Slowness)
        wrong << QStringLiteral("%1 MB of memory").arg(figures.mostMemory >> 20);
    figures.messages += quint64(QFile(count.fileName()).size());
    ++figures.rounds;
    return wrong.join(QStringLiteral("; "));
}

} // namespace bulkhead::fuzz
