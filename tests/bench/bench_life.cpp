// SPDX-License-Identifier: BSD-3-Clause
// What it costs when processes die, and how quickly the app answers from outside:
//  - from SIGKILL of a page's process to the sad tab painted, the 95th of 100;
//  - frames that an animated page of another process loses while others are killed, against the same time without
//  kills;
//  - a question of `bulkhead ctl`'s protocol and its answer.
#include "browser/desktop/window/tab_page.h"
#include "browser/widgets/sad_tab.h"
#include "tests/bench/bench_main.h"
#include "tests/bench/percentile.h"
#include "tests/support/initiators.h"
#include "tests/support/remote_browser.h"
#include "tests/system/real_session.h"

#include <QApplication>
#include <QEventLoop>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <cstdio>

using namespace bulkhead;

namespace {

using Clock = std::chrono::steady_clock;

bool isShown(const Tab *tab)
{
    return !tab->frame().isNull() && tab->loadState() == LoadState::Idle;
}

/// Leaves a loop when the widget it watches has been painted.
class PaintWatch : public QObject
{
public:
    explicit PaintWatch(QWidget *widget) { widget->installEventFilter(this); }
    QEventLoop loop;

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
        return false;
    }
};

void sigkillToSadTab(benchmark::State &state, const QUrl &url)
{
    constexpr double LimitMilliseconds = 16;
    RealSession session;
    Tab *tab = session.tabs.open(url, test::person());
    TabPage page(*tab);
    page.resize(1000, 700);
    page.show();
    std::vector<double> times;
    for (auto _ : state) {
        if (!QTest::qWaitFor([&] { return isShown(tab) && !tab->crash(); }, 30'000)) {
            state.SkipWithError("the page did not come back");
            return;
        }
        QTest::qWait(20); // a person does not kill in the same moment
        PaintWatch watch(page.sadTab());
        const auto start = Clock::now();
        ::kill(pid_t(tab->rendererPid()), SIGKILL);
        watch.loop.exec();
        times.push_back(milliseconds(Clock::now() - start));
        state.SetIterationTime(times.back() / 1000);
        tab->reload();
    }
    state.counters["p50_ms"] = percentile(times, 0.5);
    state.counters["p95_ms"] = percentile(times, 0.95);
    state.counters["ratio"] = percentile(times, 0.95) / LimitMilliseconds;
}

/// Frames of @p watched in so much time, while @p victim is killed and reloaded, or left alone.
int framesWhile(Tab *watched, Tab *victim, bool kill, std::chrono::milliseconds time)
{
    int frames = 0, kills = 0;
    QObject context;
    QObject::connect(watched, &Tab::frameChanged, &context, [&frames] { ++frames; });
    const auto start = Clock::now();
    while (Clock::now() - start < time) {
        if (kill && isShown(victim) && !victim->crash()) {
            ::kill(pid_t(victim->rendererPid()), SIGKILL);
            ++kills;
        } else if (victim->crash()) {
            victim->reload();
        }
        QTest::qWait(50);
    }
    return frames;
}

void framesOfOthers(benchmark::State &state, const QUrl &animated, const QUrl &other)
{
    constexpr std::chrono::milliseconds Time{2000};
    RealSession session;
    Tab *watched = session.tabs.open(animated, test::person());
    Tab *victim = session.tabs.open(other, test::person());
    if (!QTest::qWaitFor([&] { return isShown(watched) && isShown(victim); }, 30'000) ||
        watched->rendererPid() == victim->rendererPid()) {
        state.SkipWithError("the pages did not appear in two processes");
        return;
    }
    std::vector<double> without, with;
    for (auto _ : state) {
        without.push_back(framesWhile(watched, victim, false, Time));
        with.push_back(framesWhile(watched, victim, true, Time));
        state.SetIterationTime(milliseconds(Time) / 1000);
    }
    state.counters["frames_alone"] = percentile(without, 0.5);
    state.counters["frames_beside_kills"] = percentile(with, 0.5);
    state.counters["ratio"] = percentile(with, 0.5) / std::max(1.0, percentile(without, 0.5));
}

void ctlRoundTrip(benchmark::State &state)
{
    constexpr double LimitMicroseconds = 1000;
    RemoteBrowser browser({});
    if (!browser.isReady()) {
        state.SkipWithError("the app does not serve");
        return;
    }
    std::vector<double> times;
    for (auto _ : state) {
        const auto start = Clock::now();
        browser.call(QStringLiteral("protocol"));
        times.push_back(milliseconds(Clock::now() - start) * 1000);
        state.SetIterationTime(times.back() / 1e6);
    }
    state.counters["p50_us"] = percentile(times, 0.5);
    state.counters["p95_us"] = percentile(times, 0.95);
    state.counters["ratio"] = percentile(times, 0.95) / LimitMicroseconds;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    QTemporaryDir animatedFolder, otherFolder;
    QFile::copy(QStringLiteral(BULKHEAD_SOURCE "/resources/playground/images/radar.gif"),
                animatedFolder.filePath(QStringLiteral("radar.gif")));
    QFile other(otherFolder.filePath(QStringLiteral("other.html")));
    if (!other.open(QIODevice::WriteOnly))
        return 1;
    other.write("<!doctype html><title>Other</title><h1>Another page</h1>");
    other.close();
    const QUrl animatedUrl = QUrl::fromLocalFile(animatedFolder.filePath(QStringLiteral("radar.gif")));
    const QUrl otherUrl = QUrl::fromLocalFile(other.fileName());

    benchmark::RegisterBenchmark("sigkill_to_sad_tab",
                                 [&](benchmark::State &state) { sigkillToSadTab(state, otherUrl); })
        ->UseManualTime()
        ->Iterations(100)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("frames_of_others",
                                 [&](benchmark::State &state) { framesOfOthers(state, animatedUrl, otherUrl); })
        ->UseManualTime()
        ->Iterations(3)
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark("ctl_round_trip", [](benchmark::State &state) { ctlRoundTrip(state); })
        ->UseManualTime()
        ->Iterations(500)
        ->Unit(benchmark::kMicrosecond);
    return runBenchmarks(argc, argv);
}
