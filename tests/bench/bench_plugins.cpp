// SPDX-License-Identifier: BSD-3-Clause
// What plugins cost:
//  - from asking for a process to the first frame of a document in it, with a fork server that is there, in C and with
//  Qt;
//  - from an input to the frame that shows its effect;
//  - from SIGKILL of a plugin's process to the tab's knowing of it, which paints the placeholder;
//  - frames of a plugin that paints all of 1920x1080 without end, on their way to the screen;
//  - memory of an idle plugin process (its proportional share), in C and with Qt.
#include "tests/bench/bench_main.h"
#include "tests/bench/percentile.h"
#include "tests/support/initiators.h"
#include "tests/system/plugins/plugin_session.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QMouseEvent>
#include <QTest>

#include <algorithm>
#include <csignal>

using namespace bulkhead;

namespace {

using Clock = std::chrono::steady_clock;

void report(benchmark::State &state, const std::vector<double> &times, double limit)
{
    state.counters["p50_ms"] = percentile(times, 0.5);
    state.counters["p95_ms"] = percentile(times, 0.95);
    state.counters["ratio"] = percentile(times, 0.95) / limit;
}

struct Document
{
    explicit Document(const char *name, const QByteArray &bytes)
        : url(QUrl::fromLocalFile(folder.filePath(QLatin1String(name))))
    {
        PluginFolder::write(url.toLocalFile(), bytes);
    }
    QTemporaryDir folder;
    QUrl url;
};

QByteArray sound()
{
    return QByteArray::fromHex(
               "52494646441f000057415645666d74201000000001000100401f0000803e0000020010006461746120100000") +
           QByteArray(4128, 'a');
}

bool isShown(const Tab *tab)
{
    return !tab->frame().isNull() && tab->loadState() == LoadState::Idle;
}

/// Runs the loop until @p signal comes.
template <class Sender, class Signal>
bool waitForSignal(Sender *sender, Signal signal)
{
    QEventLoop loop;
    bool came = false;
    QObject::connect(sender, signal, &loop, [&] {
        came = true;
        loop.quit();
    });
    QTimer::singleShot(10'000, &loop, &QEventLoop::quit);
    loop.exec();
    return came;
}

void startToFrame(benchmark::State &state, const Document &document)
{
    constexpr double LimitMilliseconds = 100;
    PluginSession s;
    Tab *tab = s.session.tabs.open(document.url, test::person());
    if (!QTest::qWaitFor([&] { return isShown(tab); }, 30'000)) // the fork server is there now
        return state.SkipWithError("no frame");
    std::vector<double> times;
    for (auto _ : state) {
        ::kill(pid_t(tab->rendererPid()), SIGKILL);
        if (!QTest::qWaitFor([&] { return tab->crash().has_value(); }, 30'000))
            return state.SkipWithError("no crash");
        const auto start = Clock::now();
        tab->reload();
        waitForSignal(tab, &Tab::frameChanged);
        while (tab->frame().isNull() || tab->crash())
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        times.push_back(milliseconds(Clock::now() - start));
        state.SetIterationTime(times.back() / 1000);
    }
    report(state, times, LimitMilliseconds);
}

void inputToFrame(benchmark::State &state, const Document &document)
{
    constexpr double LimitMilliseconds = 16;
    PluginSession s;
    Tab *tab = s.session.tabs.open(document.url, test::person());
    if (!QTest::qWaitFor([&] { return isShown(tab); }, 30'000))
        return state.SkipWithError("no frame");
    std::vector<double> times;
    int x = 0;
    for (auto _ : state) {
        const auto start = Clock::now();
        x = (x + 37) % 900;
        for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
            QMouseEvent event(type, QPointF(x, 50), QPointF(x, 50), Qt::LeftButton,
                              type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
            tab->sendMouseEvent(event, 1);
        }
        if (!waitForSignal(tab, &Tab::frameChanged))
            return state.SkipWithError("no frame");
        times.push_back(milliseconds(Clock::now() - start));
        state.SetIterationTime(times.back() / 1000);
        QTest::qWait(5);
    }
    report(state, times, LimitMilliseconds);
}

void crashToPlaceholder(benchmark::State &state, const Document &document)
{
    constexpr double LimitMilliseconds = 100;
    PluginSession s;
    Tab *tab = s.session.tabs.open(document.url, test::person());
    std::vector<double> times;
    for (auto _ : state) {
        if (!QTest::qWaitFor([&] { return isShown(tab) && !tab->crash(); }, 30'000))
            return state.SkipWithError("no frame");
        const auto start = Clock::now();
        ::kill(pid_t(tab->rendererPid()), SIGKILL);
        if (!waitForSignal(tab, &Tab::crashChanged))
            return state.SkipWithError("no crash");
        times.push_back(milliseconds(Clock::now() - start));
        state.SetIterationTime(times.back() / 1000);
        tab->reload();
    }
    report(state, times, LimitMilliseconds);
}

void framesAtFullSpeed(benchmark::State &state, const Document &document)
{
    constexpr double LimitPerSecond = 60;
    constexpr int Frames = 120;
    PluginSession s;
    Tab *tab = s.session.tabs.open(document.url, test::person());
    tab->setView({1920, 1080}, 1);
    if (!QTest::qWaitFor([&] { return isShown(tab) && tab->frame().width() == 1920; }, 30'000))
        return state.SkipWithError("no frame");
    double perSecond = 0;
    for (auto _ : state) {
        QEventLoop loop;
        int frames = 0;
        const auto start = Clock::now();
        const auto connection = QObject::connect(tab, &Tab::frameChanged, &loop, [&] {
            if (++frames == Frames)
                loop.quit();
        });
        QTimer::singleShot(30'000, &loop, &QEventLoop::quit);
        loop.exec();
        QObject::disconnect(connection);
        const double seconds = milliseconds(Clock::now() - start) / 1000;
        state.SetIterationTime(seconds);
        perSecond = frames / seconds;
    }
    state.counters["frames_per_s"] = perSecond;
    state.counters["ratio"] = LimitPerSecond / std::max(1.0, perSecond);
}

void idleMemory(benchmark::State &state, const Document &document, double limitMegabytes)
{
    PluginSession s;
    Tab *tab = s.session.tabs.open(document.url, test::person());
    if (!QTest::qWaitFor([&] { return isShown(tab); }, 30'000))
        return state.SkipWithError("no frame");
    double megabytes = 0;
    for (auto _ : state) {
        QFile rollup(QStringLiteral("/proc/%1/smaps_rollup").arg(tab->rendererPid()));
        const QList<QByteArray> lines =
            rollup.open(QIODevice::ReadOnly) ? rollup.readAll().split('\n') : QList<QByteArray>();
        for (const QByteArray &line : lines) {
            if (line.startsWith("Pss:"))
                megabytes = line.mid(4).trimmed().split(' ').first().toDouble() / 1024;
        }
        state.SetIterationTime(0.001);
    }
    if (megabytes == 0)
        return state.SkipWithError("this user may not look into locked-down processes");
    state.counters["pss_mb"] = megabytes;
    state.counters["ratio"] = megabytes / limitMegabytes;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const Document wave("a.wav", sound());
    const Document hello("a.hello", "World");
    const Document spin("a.chaos", "spin\n");
    const auto add = [](const char *name, auto work, int iterations) {
        benchmark::RegisterBenchmark(name, work)
            ->UseManualTime()
            ->Unit(benchmark::kMillisecond)
            ->Iterations(iterations);
    };
    add(
        "plugin_start_to_first_frame_c", [&](benchmark::State &state) { startToFrame(state, wave); }, 20);
    add(
        "plugin_start_to_first_frame_qt", [&](benchmark::State &state) { startToFrame(state, hello); }, 20);
    add(
        "plugin_input_to_frame", [&](benchmark::State &state) { inputToFrame(state, wave); }, 50);
    add(
        "plugin_crash_to_placeholder", [&](benchmark::State &state) { crashToPlaceholder(state, hello); }, 20);
    add(
        "plugin_frames_at_full_speed", [&](benchmark::State &state) { framesAtFullSpeed(state, spin); }, 3);
    add(
        "plugin_idle_memory_c", [&](benchmark::State &state) { idleMemory(state, wave, 10); }, 1);
    add(
        "plugin_idle_memory_qt", [&](benchmark::State &state) { idleMemory(state, hello, 30); }, 1);
    return runBenchmarks(argc, argv);
}
