// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/loop_watchdog.h"

#include <QAbstractEventDispatcher>

#include <algorithm>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

namespace bulkhead {

LoopWatchdog::LoopWatchdog(QObject *parent) : QObject(parent) {}

void LoopWatchdog::start()
{
    if (m_running)
        return;
    m_schedstat.reset(::open("/proc/thread-self/schedstat", O_RDONLY | O_CLOEXEC));
    const auto *dispatcher = QAbstractEventDispatcher::instance();
    // Which of the two comes between two turns differs between Qt's dispatchers; both mean that new events are looked
    // for.
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &LoopWatchdog::turnEnds);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &LoopWatchdog::turnEnds);
    m_running = true;
}

void LoopWatchdog::turnBegins()
{
    m_turnStart = Clock::now();
    m_delayAtStart = runDelay();
}

void LoopWatchdog::turnEnds()
{
    if (m_turnStart.time_since_epoch().count() == 0)
        return;
    const std::chrono::nanoseconds whole = Clock::now() - m_turnStart;
    m_turnStart = {};
    ++m_figures.turns;
    m_figures.busy += whole;
    m_figures.longest = std::max(m_figures.longest, whole);
    if (whole <= std::min<std::chrono::nanoseconds>(m_figures.longestOwn, Limit))
        return;
    const std::chrono::nanoseconds own =
        whole - std::clamp(runDelay() - m_delayAtStart, std::chrono::nanoseconds(0), whole);
    if (own > Limit)
        ++m_figures.stalls;
    if (own > m_figures.longestOwn) {
        m_figures.longestOwn = own;
        m_figures.longestIn = m_receiver;
    }
}

std::chrono::nanoseconds LoopWatchdog::runDelay() const
{
    // "time on the processor, time waiting for one, times it ran" (Documentation/scheduler/sched-stats.rst)
    char text[96] = {};
    if (!m_schedstat || ::pread(m_schedstat.get(), text, sizeof text - 1, 0) <= 0)
        return {};
    char *second = nullptr;
    std::strtoull(text, &second, 10);
    return std::chrono::nanoseconds(std::strtoll(second, nullptr, 10));
}

} // namespace bulkhead
