// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <QObject>

#include <chrono>
#include <cstdint>

namespace bulkhead {

/// Measures how long this thread's event loop stays away from waiting for events: the longest of its turns, and how
/// many were too long. A turn begins with the first event after the loop has waited or looked for more, and ends when
/// it does so again. Of a turn's time that counts as its own in which the thread was running or waiting for something;
/// what it spent ready to run while others had the processors is the machine's (schedstat of the kernel). Costs a test
/// per event, and per turn two readings of the clock and of the kernel's figure.
class LoopWatchdog : public QObject
{
    Q_OBJECT
public:
    /// No turn should take longer.
    static constexpr std::chrono::milliseconds Limit{50};

    struct Figures
    {
        std::uint64_t turns = 0;
        std::uint64_t stalls = 0;           ///< turns whose own time was above the limit
        std::chrono::nanoseconds longest{}; ///< as a clock on the wall sees it
        std::chrono::nanoseconds longestOwn{};
        const char *longestIn = "";      ///< class of the object that was handling an event in that turn
        std::chrono::nanoseconds busy{}; ///< sum of all turns
    };

    explicit LoopWatchdog(QObject *parent = nullptr);

    /// Begins to watch the calling thread's loop; what was before counts for nothing.
    void start();
    bool isRunning() const { return m_running; }
    const Figures &figures() const { return m_figures; }

    /// To be called by QCoreApplication::notify() of that thread before each event.
    void eventBegins(const QObject *receiver)
    {
        if (!m_running)
            return;
        m_receiver = receiver->metaObject()->className();
        if (m_turnStart.time_since_epoch().count() == 0)
            turnBegins();
    }

private:
    using Clock = std::chrono::steady_clock;

    void turnBegins();
    void turnEnds();
    std::chrono::nanoseconds runDelay() const;

    Figures m_figures;
    UniqueFd m_schedstat;
    Clock::time_point m_turnStart{};
    std::chrono::nanoseconds m_delayAtStart{};
    const char *m_receiver = "";
    bool m_running = false;
};

} // namespace bulkhead
