// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/cancel.h"
#include "ipc/lab/engine/worker_pair.h"
#include "ipc/lab/protocol/pressure_board.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bulkhead::lab {

/// A writer that is faster than its reader, through several mechanisms at the same time: how full each gets, and what
/// then happens to the writer or to the messages. All in the calling thread, which may be any but must stay: workers
/// end with it.
class PressureRun
{
public:
    struct Lane
    {
        std::string mechanism;
        enum class Writer { Blocking, NonBlocking } writer = Writer::Blocking;
    };
    struct Options
    {
        std::vector<Lane> lanes;
        std::size_t size = 1024; ///< bytes of a message; less where the mechanism's limit is
        double writesPerSecond = 400, readsPerSecond = 80;
        double seconds = 5; ///< of writing; afterwards the reader empties what there is
        WorkerProgram workerProgram;
    };
    static constexpr std::size_t MostLanes = 6;

    /// How it stood at one moment.
    struct Sample
    {
        double seconds = 0; ///< since the writers began
        std::uint64_t sent = 0, received = 0, refused = 0;
        bool isWaiting = false; ///< the writer sits in a call
        std::uint64_t underway() const { return sent > received ? sent - received : 0; }
    };
    enum class State { Waiting, Running, Draining, Done, Failed };
    struct LaneResult
    {
        Lane lane;
        State state = State::Waiting;
        std::string problem;
        std::size_t size = 0;
        bool isLossy = false;
        pid_t writer = 0, reader = 0;
        std::vector<Sample> samples; ///< twenty a second
        std::uint64_t sent = 0, received = 0, refused = 0, wrong = 0;
        std::uint64_t most = 0; ///< messages underway at the same time
        double waitShare = 0;   ///< of the time of writing that the writer sat in calls
        std::uint64_t lost() const { return state == State::Done && sent > received ? sent - received : 0; }
    };

    /// @p changed is called in this thread, about twenty times a second.
    PressureRun(Options options, const Cancel &cancel, std::function<void()> changed = {});
    ~PressureRun();

    Result<void> run();
    const std::vector<LaneResult> &lanes() const { return m_results; }

private:
    struct Scene;
    Result<void> prepare();
    void watch(double until, bool draining);
    void look(double seconds);

    Options m_options;
    const Cancel &m_cancel;
    std::function<void()> m_changed;
    std::vector<std::unique_ptr<Scene>> m_scenes;
    std::vector<LaneResult> m_results;
    std::chrono::steady_clock::time_point m_began;
};

} // namespace bulkhead::lab
