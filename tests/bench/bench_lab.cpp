// SPDX-License-Identifier: BSD-3-Clause
// What the IPC lab's measuring adds to what it measures: its round trips beside the shortest loop that does the same
// (writes the bytes, compares them, takes the time of each), and beside nothing but the system calls, in turns. All
// processes are on one processor: left to the scheduler, two pairs of processes differ by more than what is measured
// here.
#include "ipc/lab/worker_pair.h"
#include "tests/bench/bench_main.h"
#include "tests/bench/forked_peer.h"
#include "tests/bench/turn_times.h"

#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

constexpr std::size_t Size = 64;
constexpr int RoundTripsPerTurn = 1000;
constexpr int Turns = 60;

/// In the forked process: reads, compares, writes back, blocking, until the end. A first byte of 0 stands for "calls
/// only".
void echo(int in, int out)
{
    char buffer[Size], expected[Size];
    while (::read(in, buffer, Size) == ssize_t(Size)) {
        if (buffer[0] != 0) {
            std::memset(expected, buffer[0], Size);
            if (std::memcmp(buffer, expected, Size) != 0)
                return;
            std::memset(buffer, -buffer[0], Size);
        }
        if (::write(out, buffer, Size) != ssize_t(Size))
            return;
    }
}

void echoOnSocket(UniqueFd socket)
{
    ::fcntl(socket.get(), F_SETFL, 0);
    echo(socket.get(), socket.get());
}

int pipeThere[2], pipeBack[2];

void echoOnPipes(UniqueFd)
{
    ::close(pipeThere[1]);
    ::close(pipeBack[0]);
    echo(pipeThere[0], pipeBack[1]);
}

/// Nothing but the system calls.
std::chrono::nanoseconds bareRoundTrips(int in, int out, int count)
{
    char buffer[Size] = {};
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < count; ++i) {
        if (::write(out, buffer, Size) != ssize_t(Size) || ::read(in, buffer, Size) != ssize_t(Size))
            return std::chrono::nanoseconds(-1);
    }
    return std::chrono::steady_clock::now() - start;
}

/// The loop that one writes by hand to learn what the lab tells: bytes that were really there, a time for each message.
std::chrono::nanoseconds handWrittenRoundTrips(int in, int out, int count)
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
            return std::chrono::nanoseconds(-1);
        const auto now = std::chrono::steady_clock::now();
        times[std::size_t(i)] = now - before;
        before = now;
    }
    benchmark::DoNotOptimize(times.data());
    return before - start;
}

std::chrono::nanoseconds labRoundTrips(WorkerPair &pair, const Processors &processors, int count)
{
    wire::LabMeasure what;
    what.set_size(Size);
    what.set_count(std::uint64_t(count));
    const Result<WorkerPair::Figures> figures = pair.measure(what, processors, std::chrono::seconds(60));
    return std::chrono::nanoseconds(figures ? std::int64_t(figures->initiator.elapsed()) : -1);
}

void roundTrip(benchmark::State &state, int in, int out, WorkerPair &pair, const Processors &processors,
               const char *mechanism)
{
    WorkerPair::LinkSpec spec;
    spec.mechanism = mechanism;
    spec.largest = Size;
    if (!pair.open(spec)) {
        state.SkipWithError("the lab's link cannot be made");
        return;
    }
    TurnTimes bareTimes, loopTimes, labTimes;
    for (auto _ : state) {
        const auto bare = bareRoundTrips(in, out, RoundTripsPerTurn);
        const auto loop = handWrittenRoundTrips(in, out, RoundTripsPerTurn);
        const auto lab = labRoundTrips(pair, processors, RoundTripsPerTurn);
        if (bare.count() < 0 || loop.count() < 0 || lab.count() < 0) {
            state.SkipWithError("the peer is gone");
            break;
        }
        bareTimes.add(bare, RoundTripsPerTurn);
        loopTimes.add(loop, RoundTripsPerTurn);
        labTimes.add(lab, RoundTripsPerTurn);
        state.SetIterationTime(std::chrono::duration<double>(lab).count() / RoundTripsPerTurn);
    }
    pair.close();
    state.counters["lab_us"] = labTimes.median();
    state.counters["bare_us"] = bareTimes.median();
    state.counters["loop_us"] = loopTimes.median();
    state.counters["ratio_to_bare"] = labTimes.median() / bareTimes.median();
    state.counters["ratio"] = labTimes.median() / loopTimes.median(); // at most 1.05
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
    if (::pipe(pipeThere) < 0 || ::pipe(pipeBack) < 0)
        return 1;
    ForkedPeer pipePeer(echoOnPipes);
    ::close(pipeThere[0]);
    ::close(pipeBack[1]);
    ForkedPeer socketPeer(echoOnSocket);
    const UniqueFd socket = socketPeer.takeSocket();
    if (!socket) {
        std::fprintf(stderr, "A process to measure against could not be made.\n");
        return 1;
    }
    ::fcntl(socket.get(), F_SETFL, 0);
    const Cancel cancel;
    const Result<RunFolder> folder = RunFolder::create();
    if (!folder) {
        std::fprintf(stderr, "%s\n", folder.error().what.c_str());
        return 1;
    }
    WorkerPair pair(LAB_WORKER, *folder, cancel);
    benchmark::RegisterBenchmark(
        "lab_pipe_round_trip_64",
        [&](benchmark::State &state) { roundTrip(state, pipeBack[0], pipeThere[1], pair, *processors, "pipe"); })
        ->UseManualTime()
        ->Iterations(Turns)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark("lab_unix_stream_round_trip_64",
                                 [&](benchmark::State &state) {
                                     roundTrip(state, socket.get(), socket.get(), pair, *processors, "unix-stream");
                                 })
        ->UseManualTime()
        ->Iterations(Turns)
        ->Unit(benchmark::kMicrosecond);
    return runBenchmarks(argc, argv);
}
