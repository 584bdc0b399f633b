// SPDX-License-Identifier: BSD-3-Clause
// What the IPC lab's measuring adds to what it measures: its round trips beside the shortest loop that does the same
// (writes the bytes, compares them, takes the time of each), in turns. The lab's workers are confined, so the loop is
// run twice: by processes under the same filter of system calls, beside which the lab's own part shows, and by free
// ones, beside which the confinement shows, too. All processes are on one processor: left to the scheduler, two pairs
// of processes differ by more than what is measured here.
#include "app/runtime/sandbox/policies.h"
#include "app/runtime/sandbox/privileges.h"
#include "app/runtime/sandbox/system_call_filter.h"
#include "ipc/lab/engine/worker_pair.h"
#include "tests/bench/bench_main.h"
#include "tests/bench/forked_peer.h"
#include "tests/bench/turn_times.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

constexpr std::size_t Size = 64;
constexpr int RoundTripsPerTurn = 1000;
constexpr int Turns = 60;

enum class Way { Pipes, Socket };
enum class Filter { None, AsTheLab };

/// In a process of its own: reads, compares, writes back, blocking, until the end.
void echo(int in, int out)
{
    char buffer[Size], expected[Size];
    while (::read(in, buffer, Size) == ssize_t(Size)) {
        std::memset(expected, buffer[0], Size);
        if (std::memcmp(buffer, expected, Size) != 0)
            return;
        std::memset(buffer, -buffer[0], Size);
        if (::write(out, buffer, Size) != ssize_t(Size))
            return;
    }
}

/// The loop that one writes by hand to learn what the lab tells: bytes that were really there, a time for each message.
/// Nanoseconds for all; negative when the other side is gone.
std::int64_t roundTrips(int in, int out, int count)
{
    char buffer[Size], expected[Size];
    static std::vector<std::chrono::nanoseconds> times(RoundTripsPerTurn);
    const auto start = std::chrono::steady_clock::now();
    auto before = start;
    for (int i = 0; i < count; ++i) {
        const char letter = char(1 + i % 100);
        std::memset(buffer, letter, Size);
        std::memset(expected, -letter, Size);
        if (::write(out, buffer, Size) != ssize_t(Size) || ::read(in, buffer, Size) != ssize_t(Size) ||
            std::memcmp(buffer, expected, Size) != 0)
            return -1;
        const auto now = std::chrono::steady_clock::now();
        times[std::size_t(i)] = now - before;
        before = now;
    }
    benchmark::DoNotOptimize(times.data());
    return std::chrono::nanoseconds(before - start).count();
}

bool applyFilter(const std::vector<const char *> &calls)
{
    const Result<sandbox::Policy> policy = sandbox::labWorkerPolicy(calls, ::getpid());
    const auto filter = policy ? sandbox::SystemCallFilter::compile(*policy, sandbox::Executioner::Kernel)
                               : tl::unexpected(policy.error());
    return filter && sandbox::forbidNewPrivileges() && filter->install();
}

/// The first process of a hand-written pair: forks the second, and does as many round trips as it is told to over
/// @p control, again and again.
template <Way way, Filter filter>
void runPair(UniqueFd control)
{
    ::fcntl(control.get(), F_SETFL, 0);
    int there[2], back[2];
    if (way == Way::Pipes) {
        if (::pipe(there) < 0 || ::pipe(back) < 0)
            return;
    } else {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) < 0)
            return;
        there[1] = back[0] = ends[0];
        there[0] = back[1] = ends[1];
    }
    const pid_t parent = ::getpid();
    const pid_t second = ::fork();
    if (second == 0)
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (second < 0 || (second == 0 && ::getppid() != parent))
        ::_exit(1);
    const std::vector<const char *> calls =
        way == Way::Pipes ? std::vector<const char *>{"pipe2", "read", "write", "poll", "fcntl"}
                          : std::vector<const char *>{"socketpair", "read", "write", "poll", "fcntl"};
    if (filter == Filter::AsTheLab && !applyFilter(calls))
        ::_exit(1);
    if (second == 0) {
        ::close(there[1]);
        if (back[0] != there[1])
            ::close(back[0]);
        echo(there[0], back[1]);
        ::_exit(0);
    }
    int count = 0;
    while (::read(control.get(), &count, sizeof count) == ssize_t(sizeof count)) {
        const std::int64_t time = roundTrips(back[0], there[1], count);
        if (::write(control.get(), &time, sizeof time) != ssize_t(sizeof time))
            break;
    }
}

/// The hand-written loop in two processes, as seen from here.
class HandWritten
{
public:
    explicit HandWritten(void (*run)(UniqueFd)) : m_peer(run), m_control(m_peer.takeSocket())
    {
        ::fcntl(m_control.get(), F_SETFL, 0);
    }
    std::chrono::nanoseconds roundTrips(int count)
    {
        std::int64_t time = -1;
        if (::write(m_control.get(), &count, sizeof count) != ssize_t(sizeof count) ||
            ::read(m_control.get(), &time, sizeof time) != ssize_t(sizeof time))
            return std::chrono::nanoseconds(-1);
        return std::chrono::nanoseconds(time);
    }

private:
    ForkedPeer m_peer;
    UniqueFd m_control;
};

std::chrono::nanoseconds labRoundTrips(WorkerPair &pair, const Processors &processors, int count)
{
    wire::LabMeasure what;
    what.set_size(Size);
    what.set_count(std::uint64_t(count));
    const Result<WorkerPair::Figures> figures = pair.measure(what, processors, std::chrono::seconds(60));
    return std::chrono::nanoseconds(figures ? std::int64_t(figures->initiator.elapsed()) : -1);
}

void roundTrip(benchmark::State &state, HandWritten &confined, HandWritten &open, WorkerPair &pair,
               const Processors &processors, const char *mechanism)
{
    WorkerPair::LinkSpec spec;
    spec.mechanism = mechanism;
    spec.largest = Size;
    if (!pair.open(spec)) {
        state.SkipWithError("the lab's link cannot be made");
        return;
    }
    TurnTimes confinedTimes, openTimes, labTimes;
    for (auto _ : state) {
        const auto filtered = confined.roundTrips(RoundTripsPerTurn);
        const auto lab = labRoundTrips(pair, processors, RoundTripsPerTurn);
        const auto unfiltered = open.roundTrips(RoundTripsPerTurn);
        if (filtered.count() < 0 || unfiltered.count() < 0 || lab.count() < 0) {
            state.SkipWithError("a process to measure against is gone");
            break;
        }
        confinedTimes.add(filtered, RoundTripsPerTurn);
        openTimes.add(unfiltered, RoundTripsPerTurn);
        labTimes.add(lab, RoundTripsPerTurn);
        state.SetIterationTime(std::chrono::duration<double>(lab).count() / RoundTripsPerTurn);
    }
    pair.close();
    state.counters["lab_us"] = labTimes.median();
    state.counters["loop_us"] = confinedTimes.median();
    state.counters["open_us"] = openTimes.median();
    state.counters["ratio"] = labTimes.median() / confinedTimes.median(); // at most 1.05
    state.counters["filter"] = confinedTimes.median() / openTimes.median();
}

} // namespace

int main(int argc, char **argv)
{
    const Result<Processors> processors = processorsFor(Placement::SameCore);
    cpu_set_t one;
    CPU_ZERO(&one);
    if (processors)
        CPU_SET(processors->first.front(), &one);
    if (!processors || ::sched_setaffinity(0, sizeof one, &one) < 0) {
        std::fprintf(stderr, "No processor can be chosen.\n");
        return 1;
    }
    HandWritten confinedPipes(runPair<Way::Pipes, Filter::AsTheLab>), openPipes(runPair<Way::Pipes, Filter::None>);
    HandWritten confinedSocket(runPair<Way::Socket, Filter::AsTheLab>), openSocket(runPair<Way::Socket, Filter::None>);
    const Cancel cancel;
    const Result<RunFolder> folder = RunFolder::create();
    if (!folder) {
        std::fprintf(stderr, "%s\n", folder.error().what.c_str());
        return 1;
    }
    WorkerPair pair(LAB_WORKER_PROGRAM, *folder, cancel);
    const auto add = [&](const char *name, HandWritten &confined, HandWritten &open, const char *mechanism) {
        benchmark::RegisterBenchmark(
            name,
            [&, mechanism](benchmark::State &state) { roundTrip(state, confined, open, pair, *processors, mechanism); })
            ->UseManualTime()
            ->Iterations(Turns)
            ->Unit(benchmark::kMicrosecond);
    };
    add("lab_pipe_round_trip_64", confinedPipes, openPipes, "pipe");
    add("lab_unix_stream_round_trip_64", confinedSocket, openSocket, "unix-stream");
    return runBenchmarks(argc, argv);
}
