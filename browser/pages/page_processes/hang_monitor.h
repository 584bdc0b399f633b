// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/page_processes/ack_statistics.h"
#include "browser/pages/page_processes/hang.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace bulkhead {

/// Decides whether one process is unresponsive: a question open for longer than the limit, while somebody is looking.
/// Does not count the time in which this program itself did not run (the machine slept, it was stopped), in which the
/// child is held by a debugger, or in which all its pages are hidden. Asks little questions (pings) while nothing else
/// is open, so that a freeze is noticed before the person does something. Main thread.
class HangMonitor : public QObject
{
    Q_OBJECT
public:
    /// What it watches, so that it knows neither channels nor pages.
    struct Subject
    {
        std::function<qint64()> pid;
        std::function<bool()> isWatched; ///< a page of it is visible, and it is meant to run
        std::function<bool()> hasUnread; ///< messages lie in its socket or before
        std::function<void()> ping;      ///< asks; ends up in the statistics
    };

    /// @p statistics outlives the monitor. @p limit 0 switches it off.
    HangMonitor(const AckStatistics &statistics, Subject subject, std::chrono::milliseconds limit,
                QObject *parent = nullptr);

    const std::optional<Hang> &hang() const { return m_hang; }
    std::uint64_t hangCount() const { return m_hangCount; }
    /// To be called when something was answered, or when isWatched() may say otherwise than before: a hang ends at once
    /// and not at the next look, and a process that nobody looks at costs no timer.
    void recheck();

Q_SIGNALS:
    /// hang() was set, changed its cause, or was cleared.
    void changed();

private:
    void look();
    void set(std::optional<Hang> hang);

    const AckStatistics &m_statistics;
    Subject m_subject;
    const std::chrono::milliseconds m_limit;
    QTimer m_timer;
    AckStatistics::Time m_lastLook;
    std::chrono::milliseconds m_waited{}; ///< time that counts, of the oldest open question
    std::chrono::milliseconds m_processorTime{-1};
    double m_load = 0; ///< processors it used between the last two looks
    std::optional<Hang> m_hang;
    std::uint64_t m_hangCount = 0;
};

} // namespace bulkhead
