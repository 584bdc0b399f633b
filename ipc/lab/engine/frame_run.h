// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/cancel.h"
#include "ipc/lab/engine/frame_lane.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace bulkhead::lab {

class Broker;

/// "Frames side by side": the same animation through several transports at the same time, each from a painting worker
/// to a receiving one, measured. `bulkhead lab frames` and the page about:lab/frames both call this, so that they say
/// the same.
///
/// How it is kept fair. Every pane paints the same pictures at the same rate; whose transport has no room leaves
/// pictures out. Panes start one after the other within a picture's time, so that they do not wait for each other's
/// processor turns. What happens to a frame that has arrived is the same for all: every pixel is read once while it is
/// made smaller for the display, and that is measured apart, as painting is. All workers have the same priority.
///
/// All in the calling thread, which may be any but must stay: workers end with it.
class FrameRun
{
public:
    struct Options
    {
        std::vector<std::string> transports;         ///< names; empty: the usual eight
        int width = 640, height = 360;               ///< pixels
        double seconds = 5;                          ///< that are measured, after warming up; 0: until cancelled
        unsigned rate = 60;                          ///< frames per second; 0: as fast as they go
        int displayWidth = 320, displayHeight = 180; ///< what a frame is made smaller to
        enum class Calls { Count, Ignore } calls = Calls::Count;
        WorkerProgram workerProgram;
    };
    static constexpr int SmallestSide = 16, LargestSide = 4096;
    static constexpr std::size_t MostTransports = 16;

    /// Called in the engine's thread.
    struct Observer
    {
        std::function<void(const std::string &)> preparing; ///< "pipe: counting system calls"
        /// Frames of a pane are about to come; the view may go to another thread.
        std::function<void(std::size_t lane, const std::shared_ptr<FrameView> &)> showing;
        /// Four times a second, and when a pane ends: lanes() are new.
        std::function<void()> measured;
    };

    FrameRun(Options options, const Cancel &cancel, Observer observer = {});
    ~FrameRun();

    /// An error only when nothing can be shown at all, or (ECANCELED) when cancelled; lanes() has what was measured.
    Result<void> run();
    const std::vector<FrameLaneResult> &lanes() const { return m_results; }
    /// Seconds since measuring began.
    double seconds() const;

private:
    Result<void> prepare();
    Result<void> prepareLane(std::size_t index, const wire::LabMechanism &mechanism);
    Result<void> watch();
    void look();
    void publish();

    Options m_options;
    const Cancel &m_cancel;
    Observer m_observer;
    std::unique_ptr<RunFolder> m_brokerFolder;
    std::unique_ptr<Broker> m_broker;
    std::vector<std::unique_ptr<FrameLane>> m_lanes;
    std::vector<FrameLaneResult> m_results;
    std::chrono::steady_clock::time_point m_began;
    bool m_isMeasuring = false;
};

} // namespace bulkhead::lab
