// SPDX-License-Identifier: BSD-3-Clause
// What it costs to watch:
//  - the IPC inspector, off and on, at 1,000 messages a second: processor time of the browser's process more than
//    without it, of one core (at most 3 %);
//  - the process map with 20 and 60 processes, a tenth of them with traffic: processor time of the whole process
//    (at most 3 % and 8 % of a core);
//  - a refresh of the task manager with 60 processes: time of the browser's loop (at most 10 ms).
// Processes are real (they sleep), what they say is made up.
#include "browser/host/processes/log.h"
#include "browser/tools/map/process_map.h"
#include "browser/tools/model/app_processes.h"
#include "browser/tools/tasks/task_manager.h"
#include "browser/tools/tasks/task_model.h"
#include "browser/tools/traffic/ipc_inspector.h"
#include "browser/tools/traffic/traffic_log.h"
#include "tests/bench/bench_main.h"
#include "tests/browser/tools/docks/inspect_fixture.h"
#include "tests/support/initiators.h"

#include <QApplication>
#include <QTreeView>

#include <algorithm>
#include <ctime>

using namespace bulkhead;

namespace {

double processorSeconds()
{
    timespec time = {};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
}

double threadMilliseconds()
{
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
}

/// Share of a core that this process uses in so much time, while @p messagesPerSecond come from one renderer.
double share(ScriptedRenderer *talker, int messagesPerSecond, std::chrono::milliseconds time)
{
    QTimer talk;
    wire::RendererToBrowser message;
    message.mutable_load_progress()->set_page_id(talker ? talker->page()->id : 0);
    const int perTurn = std::max(1, messagesPerSecond / 100);
    QObject::connect(&talk, &QTimer::timeout, [&] {
        for (int i = 0; i < perTurn; ++i) {
            message.mutable_load_progress()->set_percent(std::uint32_t(i % 100));
            talker->say(message);
        }
    });
    if (talker && messagesPerSecond > 0)
        talk.start(10);
    QTest::qWait(300);
    const double before = processorSeconds();
    const auto start = std::chrono::steady_clock::now();
    QTest::qWait(int(time.count()));
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return (processorSeconds() - before) / wall * 100;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

void inspector(benchmark::State &state)
{
    constexpr double LimitPercent = 3;
    constexpr int PerSecond = 1000;
    InspectFixture f;
    Tab *tab = f.open(QStringLiteral("a"));
    ScriptedRenderer *talker = f.renderer(tab);
    std::vector<double> off, on, shown;
    for (auto _ : state) {
        off.push_back(share(talker, PerSecond, std::chrono::milliseconds(1500)));
        f.traffic.setRecording(true);
        on.push_back(share(talker, PerSecond, std::chrono::milliseconds(1500)));
        f.traffic.setRecording(false);
        f.actions().inspector->trigger();
        shown.push_back(share(talker, PerSecond, std::chrono::milliseconds(1500)));
        f.actions().inspector->trigger();
        f.traffic.clear();
        state.SetIterationTime(1.5);
    }
    state.counters["off_percent"] = median(off);
    state.counters["recording_percent"] = median(on);
    state.counters["shown_percent"] = median(shown);
    state.counters["messages"] = PerSecond;
    // Recording and drawing the lists.
    state.counters["ratio"] = std::max(0.0, median(shown) - median(off)) / LimitPercent;
}

/// A tap that only tests whether anybody listens is what is left when the inspector is off.
void inspectorOff(benchmark::State &state)
{
    constexpr double LimitMicroseconds = 1;
    InspectFixture f;
    f.open(QStringLiteral("a"));
    MessageLog log;
    wire::RendererToBrowser message;
    message.mutable_load_progress()->set_percent(3);
    const MessageTap::Seen seen{message, PacketKind::Message, 0, 12, 0, 1, std::chrono::steady_clock::now()};
    constexpr int Many = 100'000;
    double time = 0;
    for (auto _ : state) {
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < Many; ++i)
            log.handled(seen);
        time = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        state.SetIterationTime(time);
    }
    state.counters["microseconds_per_message"] = time * 1e6 / Many;
    state.counters["ratio"] = time * 1e6 / Many / LimitMicroseconds;
}

struct Crowd
{
    InspectFixture f;
    explicit Crowd(int processes)
    {
        for (int i = 0; i < processes; ++i)
            f.tabs.open(WindowFixture::address(QStringLiteral("p"), QStringLiteral("site%1.test").arg(i)),
                        test::person(), Activation::Background);
        (void)QTest::qWaitFor(
            [&] {
                int there = 0;
                for (int i = 0; i < f.tabs.count(); ++i)
                    there += f.tabs.at(i)->rendererPid() > 0;
                return there == processes;
            },
            60'000);
    }
    ScriptedRenderer *talker() { return f.renderer(f.tabs.at(0)); }
};

void processMap(benchmark::State &state, int processes, double limitPercent)
{
    Crowd crowd(processes);
    crowd.f.window->resize(1400, 1000);
    std::vector<double> without, with;
    crowd.f.actions().processMap->trigger();
    QTest::qWait(800);
    crowd.f.actions().processMap->trigger();
    // Every tenth process has something to say.
    QTimer chatter;
    QObject::connect(&chatter, &QTimer::timeout, [&] {
        for (int i = 0; i < processes; i += 10) {
            wire::RendererToBrowser message;
            ScriptedRenderer *renderer = crowd.f.renderer(crowd.f.tabs.at(i));
            if (!renderer || !renderer->page())
                continue;
            message.mutable_load_progress()->set_page_id(renderer->page()->id);
            renderer->say(message);
        }
    });
    chatter.start(200);
    for (auto _ : state) {
        without.push_back(share(nullptr, 0, std::chrono::milliseconds(2000)));
        crowd.f.actions().processMap->trigger();
        QTest::qWait(700);
        with.push_back(share(nullptr, 0, std::chrono::milliseconds(4000)));
        crowd.f.actions().processMap->trigger();
        state.SetIterationTime(4);
    }
    state.counters["without_percent"] = median(without);
    state.counters["with_percent"] = median(with);
    state.counters["ratio"] = std::max(0.0, median(with) - median(without)) / limitPercent;
}

void taskManager(benchmark::State &state)
{
    constexpr double LimitMilliseconds = 10;
    Crowd crowd(60);
    crowd.f.window->resize(1400, 1000);
    crowd.f.actions().taskManager->trigger();
    (void)QTest::qWaitFor([&] { return crowd.f.docks->taskManager() && crowd.f.docks->taskManager()->isVisible(); });
    crowd.f.docks->taskManager()->table()->sortByColumn(TaskModel::Processor, Qt::DescendingOrder);
    QTest::qWait(2500);
    std::vector<double> times;
    for (auto _ : state) {
        // The thread's own time: what others take from it while the machine is busy is not the refresh's.
        const double start = threadMilliseconds();
        crowd.f.processes.refresh();
        crowd.f.docks->taskManager()->table()->viewport()->repaint();
        const double time = threadMilliseconds() - start;
        times.push_back(time);
        state.SetIterationTime(time / 1000);
    }
    state.counters["refresh_ms"] = median(times);
    state.counters["processes"] = double(crowd.f.processes.processes().size());
    state.counters["ratio"] = median(times) / LimitMilliseconds;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    WindowFixture::softLimit = 100; // a process for each site
    spdlog::set_level(spdlog::level::off);
    benchmark::RegisterBenchmark("inspector_off", inspectorOff)
        ->UseManualTime()
        ->Iterations(5)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("inspector_1000_messages", inspector)
        ->UseManualTime()
        ->Iterations(3)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("map_20_processes", [](benchmark::State &state) { processMap(state, 20, 3); })
        ->UseManualTime()
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("map_60_processes", [](benchmark::State &state) { processMap(state, 60, 8); })
        ->UseManualTime()
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("task_manager_60_processes", taskManager)
        ->UseManualTime()
        ->Iterations(50)
        ->Unit(benchmark::kMillisecond);
    return runBenchmarks(argc, argv);
}
