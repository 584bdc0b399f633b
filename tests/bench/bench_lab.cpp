// SPDX-License-Identifier: BSD-3-Clause
// What the IPC lab's measuring adds to what it measures: its round trips beside the shortest loop that does the same,
// in turns.
#include "ipc/lab/worker_pair.h"
#include "tests/bench/bench_main.h"
#include "tests/bench/forked_peer.h"
#include "tests/bench/turn_times.h"

#include <cstdio>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

constexpr std::size_t Size = 64;
constexpr int RoundTripsPerTurn = 1000;
constexpr int Turns = 60;

/// In the forked process: reads and writes back, blocking, until the end.
void echo(int in, int out)
{
    char buffer[Size];
    while (::read(in, buffer, Size) == ssize_t(Size) && ::write(out, buffer, Size) == ssize_t(Size)) {
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

/// The loop that one writes by hand.
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

std::chrono::nanoseconds labRoundTrips(WorkerPair &pair, int count)
{
    wire::LabMeasure what;
    what.set_size(Size);
    what.set_count(std::uint64_t(count));
    const Result<WorkerPair::Figures> figures = pair.measure(what, {}, std::chrono::seconds(60));
    return std::chrono::nanoseconds(figures ? std::int64_t(figures->initiator.elapsed()) : -1);
}

void roundTrip(benchmark::State &state, int in, int out, WorkerPair &pair, const char *mechanism)
{
    WorkerPair::LinkSpec spec;
    spec.mechanism = mechanism;
    spec.largest = Size;
    if (!pair.open(spec)) {
        state.SkipWithError("the lab's link cannot be made");
        return;
    }
    TurnTimes bareTimes, labTimes;
    for (auto _ : state) {
        const auto bare = bareRoundTrips(in, out, RoundTripsPerTurn);
        const auto lab = labRoundTrips(pair, RoundTripsPerTurn);
        if (bare.count() < 0 || lab.count() < 0) {
            state.SkipWithError("the peer is gone");
            break;
        }
        bareTimes.add(bare, RoundTripsPerTurn);
        labTimes.add(lab, RoundTripsPerTurn);
        state.SetIterationTime(std::chrono::duration<double>(lab).count() / RoundTripsPerTurn);
    }
    pair.close();
    state.counters["lab_us"] = labTimes.median();
    state.counters["bare_us"] = bareTimes.median();
    state.counters["ratio"] = labTimes.median() / bareTimes.median(); // at most 1.05
}

} // namespace

int main(int argc, char **argv)
{
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
        [&](benchmark::State &state) { roundTrip(state, pipeBack[0], pipeThere[1], pair, "pipe"); })
        ->UseManualTime()
        ->Iterations(Turns)
        ->Unit(benchmark::kMicrosecond);
    benchmark::RegisterBenchmark(
        "lab_unix_stream_round_trip_64",
        [&](benchmark::State &state) { roundTrip(state, socket.get(), socket.get(), pair, "unix-stream"); })
        ->UseManualTime()
        ->Iterations(Turns)
        ->Unit(benchmark::kMicrosecond);
    return runBenchmarks(argc, argv);
}
