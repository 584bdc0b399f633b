// SPDX-License-Identifier: BSD-3-Clause
// What the sandbox costs: a locked-down process from the zygote against one from a new program, the memory of one that
// does nothing yet, and the filter on every system call.
#include "app/runtime/sandbox/lock_down.h"
#include "app/runtime/sandbox/privileges.h"
#include "browser/host/processes/exec_launcher.h"
#include "browser/host/processes/log.h"
#include "browser/host/processes/zygote_launcher.h"
#include "tests/bench/bench_main.h"
#include "tests/support/wait_for.h"
#include "tests/system/sandbox/victim.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>

#include <algorithm>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

/// Milliseconds from the request until the process has said that it is locked down; negative when it has not.
double requestToReady(ChildLauncher &launcher)
{
    QElapsedTimer timer;
    timer.start();
    Victim victim(launcher, ChildStart{"renderer", {}, {}, {}});
    return victim.waitUntilReady() ? double(timer.nsecsElapsed()) / 1e6 : -1;
}

void startingAProcess(benchmark::State &state)
{
    ExecLauncher exec(QStringLiteral(BULKHEAD_CHILD));
    ZygoteLauncher zygote(QStringLiteral(BULKHEAD_CHILD), exec);
    requestToReady(zygote); // the zygote is warm
    std::vector<double> forked;
    std::vector<double> executed;
    for (auto _ : state) {
        for (int i = 0; i < 15; ++i)
            forked.push_back(requestToReady(zygote));
        executed.push_back(requestToReady(exec));
    }
    if (*std::min_element(forked.begin(), forked.end()) < 0 || *std::min_element(executed.begin(), executed.end()) < 0)
        return state.SkipWithError("a process did not become ready");
    state.counters["zygote_ms"] = median(forked);
    state.counters["exec_ms"] = median(executed);
    state.counters["ratio"] = median(executed) / median(forked);
}
BENCHMARK(startingAProcess)->Unit(benchmark::kMillisecond);

/// Milliseconds of processor time that a process has had.
double processorTime(qint64 pid)
{
    QFile stat(QStringLiteral("/proc/%1/schedstat").arg(pid));
    return stat.open(QIODevice::ReadOnly) ? stat.readAll().split(' ').first().toDouble() / 1e6 : 0;
}

/// What it costs to replace the zygote, and what of that falls to each of its children.
void renewingTheZygote(benchmark::State &state)
{
    ExecLauncher exec(QStringLiteral(BULKHEAD_CHILD));
    std::vector<double> untilReady, spent, children;
    for (auto _ : state) {
        QElapsedTimer timer;
        timer.start();
        ZygoteLauncher zygote(QStringLiteral(BULKHEAD_CHILD), exec);
        bool isReady = false;
        QObject::connect(&zygote, &ZygoteLauncher::ready, &zygote, [&] { isReady = true; });
        if (!waitFor([&] { return isReady; }))
            return state.SkipWithError("the zygote did not become ready");
        untilReady.push_back(double(timer.nsecsElapsed()) / 1e6);
        spent.push_back(processorTime(zygote.pid()));
        for (int i = 0; i < 5; ++i)
            children.push_back(requestToReady(zygote));
    }
    state.counters["until_ready_ms"] = median(untilReady);
    state.counters["processor_ms"] = median(spent);
    state.counters["child_ms"] = median(children);
    state.counters["per_child_ms"] = median(spent) / ZygoteLauncher::ChildrenPerZygote;
    // Of what a child costs anyway.
    state.counters["ratio"] = median(spent) / ZygoteLauncher::ChildrenPerZygote / median(children);
}
BENCHMARK(renewingTheZygote)->Unit(benchmark::kMillisecond)->Iterations(7);

/// "Pss:" and the like of /proc/PID/smaps_rollup, in MB.
double memory(qint64 pid, const QByteArray &key)
{
    QFile file(QStringLiteral("/proc/%1/smaps_rollup").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith(key))
            return line.mid(key.size()).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

void memoryOfAnIdleProcess(benchmark::State &state)
{
    ExecLauncher exec(QStringLiteral(BULKHEAD_CHILD));
    ZygoteLauncher zygote(QStringLiteral(BULKHEAD_CHILD), exec);
    constexpr int Many = 8;
    std::vector<std::unique_ptr<Victim>> victims;
    for (int i = 0; i < Many; ++i) {
        victims.push_back(std::make_unique<Victim>(zygote, ChildStart{"renderer", {}, {}, {}}));
        if (!victims.back()->waitUntilReady())
            return state.SkipWithError("a process did not become ready");
    }
    for (auto _ : state) {
        double pss = 0;
        double dirty = 0;
        for (const auto &victim : victims) {
            pss += memory(victim->pid(), "Pss:");
            dirty += memory(victim->pid(), "Private_Dirty:");
        }
        // 0 without root: nobody else may look into a locked-down process.
        state.counters["pss_mb"] = pss / Many;
        state.counters["private_mb"] = dirty / Many;
        state.counters["ratio"] = pss / Many / 12; // of the 12 MB it may have
    }
}
BENCHMARK(memoryOfAnIdleProcess)->Iterations(1);

/// Nanoseconds of one call, in a process of its own that is under the filter or not.
double perCall(bool filtered, long call, long first, long second)
{
    constexpr int Calls = 300'000;
    int ends[2];
    if (::pipe(ends) < 0)
        return -1;
    if (::fork() == 0) {
        const auto filter = sandbox::filterFor(sandbox::roles::renderer(), ::getpid());
        if (filtered && (!filter || !sandbox::forbidNewPrivileges() || !filter->install()))
            ::_exit(1);
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < Calls; ++i)
            ::syscall(call, first, second);
        const double result = double(timer.nsecsElapsed()) / Calls;
        ::_exit(::write(ends[1], &result, sizeof result) == sizeof result ? 0 : 1);
    }
    ::close(ends[1]);
    double result = -1;
    if (::read(ends[0], &result, sizeof result) != sizeof result)
        result = -1;
    ::close(ends[0]);
    ::wait(nullptr);
    return result;
}

void filterOnACall(benchmark::State &state, long call, long first, long second)
{
    std::vector<double> with;
    std::vector<double> without;
    for (auto _ : state) {
        with.push_back(perCall(true, call, first, second));
        without.push_back(perCall(false, call, first, second));
    }
    if (*std::min_element(with.begin(), with.end()) < 0)
        return state.SkipWithError("the filter could not be set");
    state.counters["filtered_ns"] = median(with);
    state.counters["free_ns"] = median(without);
    state.counters["ratio"] = median(with) / median(without);
}
BENCHMARK_CAPTURE(filterOnACall, always_allowed, SYS_getpid, 0, 0)->Iterations(5);
BENCHMARK_CAPTURE(filterOnACall, arguments_checked, SYS_fcntl, 0, F_GETFL)->Iterations(5);

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    spdlog::set_level(spdlog::level::off);
    return runBenchmarks(argc, argv);
}
