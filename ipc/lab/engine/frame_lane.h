// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/frame_transport.h"
#include "ipc/lab/engine/worker_pair.h"
#include "ipc/lab/protocol/frame_board.h"
#include "ipc/lab/protocol/histogram.h"

#include <chrono>
#include <deque>
#include <memory>
#include <optional>

namespace bulkhead::lab {

/// Where a pane's pictures appear. Made by the engine, shown by somebody in another thread. Each function in one
/// thread.
class FrameView
{
public:
    FrameView(FrameBoardMemory board, FrameDisplay display) : m_board(std::move(board)), m_display(std::move(display))
    {
    }

    int width() const { return m_display.width(); }
    int height() const { return m_display.height(); }
    /// The newest picture, if there is one that was not taken yet: premultiplied ARGB32, lines without gaps, valid
    /// until the next call. Never waits; whatever the workers do, this takes no longer.
    const unsigned char *takeNewest() { return m_display.takeNewest(*m_board); }

    FrameBoardMemory &board() { return m_board; }
    const FrameDisplay &display() const { return m_display; }

private:
    FrameBoardMemory m_board;
    FrameDisplay m_display;
};

/// What a pane did in some time. Times in nanoseconds; "per frame" is both processes together.
struct FrameFigures
{
    double seconds = 0;
    std::uint64_t frames = 0; ///< that arrived
    std::uint64_t missed = 0; ///< pictures left out because there was no room
    double framesPerSecond = 0;
    double median = 0;         ///< of the time from a painted picture to one that is there as a whole
    double most = 0;           ///< 99 of 100 take less
    double processorTime = 0;  ///< per frame, without painting and showing
    double paintTime = 0;      ///< per frame: processor time
    double showTime = 0;       ///< per frame: processor time of reading it, for the display
    double pageFaults = 0;     ///< per frame: minor ones
    std::uint64_t checked = 0; ///< frames compared with the animation, pixel by pixel
    std::uint64_t wrong = 0;   ///< frames that were not what had been sent
};

enum class FrameLaneState { Waiting, Running, Done, Unavailable, Failed };

/// All that is known of one pane.
struct FrameLaneResult
{
    const FrameTransport *transport = nullptr;
    FrameLaneState state = FrameLaneState::Waiting;
    std::string problem; ///< a sentence, for the last two
    pid_t painter = 0, receiver = 0;
    std::uint64_t frameBytes = 0;
    std::uint64_t pieces = 1;          ///< messages per frame
    std::uint64_t pieceBytes = 0;      ///< of the largest of them
    std::string limitedBy;             ///< what forces the pieces: "/proc/sys/kernel/msgmax"
    std::optional<double> systemCalls; ///< per frame; nothing where the machine does not let us trace our children
    std::optional<double> kernelBytes; ///< per frame, copied between a process and the kernel
    double userBytes = 0;              ///< per frame, copied by user code
    FrameFigures total;                ///< since measuring began
    FrameFigures recent;               ///< the last second

    /// Bytes copied per frame; nothing when the kernel's are not known.
    std::optional<double> copiedBytes() const
    {
        return kernelBytes ? std::optional(*kernelBytes + userBytes) : std::nullopt;
    }
};

/// One pane: two workers, a transport between them, and what they did. One thread, that of the run.
class FrameLane
{
public:
    struct Spec
    {
        const FrameTransport *transport;
        int width, height;
        int displayWidth, displayHeight;
        unsigned rate;
        WorkerProgram workerProgram;
    };
    static Result<std::unique_ptr<FrameLane>> create(Spec spec, const Cancel &cancel);
    ~FrameLane();

    /// Starts the processes, which takes a moment; open() waits for them.
    Result<void> start() { return m_pair.start(); }
    Result<void> open(const wire::LabMechanism &mechanism, const std::string &broker);
    /// Counts system calls and copied bytes under a tracer, over some frames.
    Result<void> count();
    /// From now on frames come. @p start: CLOCK_MONOTONIC, nanoseconds.
    Result<void> go(std::uint64_t start);
    const std::shared_ptr<FrameView> &view() const { return m_view; }

    /// To be polled while it runs: readable when a worker has something to say, which is its end.
    int painterSocket() { return m_pair.first().socket(); }
    int receiverSocket() { return m_pair.second().socket(); }
    /// After one of them was: which worker ended, and how.
    void noteEnd();

    bool isRunning() const { return m_result.state == FrameLaneState::Running; }
    std::uint64_t received() const { return (*m_view->board()).received; }
    /// From now on figures count.
    void beginMeasuring();
    /// Four times a second: takes the counters in.
    void look();
    void fail(FrameLaneState state, const Error &error);
    void markDone();
    /// Sends SIGKILL without waiting; the destructor does the rest.
    void kill();

    const FrameLaneResult &result() const { return m_result; }

private:
    struct Sample
    {
        std::chrono::steady_clock::time_point when;
        std::uint64_t received = 0, missed = 0, paintTime = 0, showTime = 0, checked = 0, wrong = 0;
        std::uint64_t processorTime = 0, pageFaults = 0;
    };
    FrameLane(Spec spec, RunFolder folder, std::shared_ptr<FrameView> view, const Cancel &cancel);
    Sample sample() const;
    FrameFigures figures(const Sample &from, const Sample &to) const;
    wire::LabFrames command() const;

    Spec m_spec;
    const Cancel &m_cancel;
    RunFolder m_folder; ///< of its own: what one pane leaves is removed without touching another's
    WorkerPair m_pair;
    std::shared_ptr<FrameView> m_view;
    FrameLaneResult m_result;
    Sample m_first;
    std::deque<Sample> m_recent;
    std::deque<std::vector<std::uint64_t>> m_recentTimes;
    Histogram m_times;
    std::uint64_t m_timesTaken = 0; ///< number of the next frame whose time is taken in
};

} // namespace bulkhead::lab
