// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/hang_monitor.h"

#include "browser/host/processes/process_state.h"

#include <algorithm>

namespace bulkhead {

namespace {

using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds LongestInterval{500};
constexpr double BusyLoad = 0.3; // it competes with others for the processors

Milliseconds intervalFor(Milliseconds limit)
{
    return std::clamp(limit / 5, Milliseconds(50), LongestInterval);
}

} // namespace

HangMonitor::HangMonitor(const AckStatistics &statistics, Subject subject, Milliseconds limit, QObject *parent)
    : QObject(parent), m_statistics(statistics), m_subject(std::move(subject)), m_limit(limit)
{
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HangMonitor::look);
    m_timer.setInterval(intervalFor(m_limit));
}

void HangMonitor::recheck()
{
    const bool isWatched = m_limit.count() > 0 && m_subject.isWatched();
    if (m_hang && (!isWatched || !m_statistics.oldestOpen()))
        set({});
    if (isWatched && !m_timer.isActive()) {
        m_lastLook = std::chrono::steady_clock::now();
        m_timer.start();
    }
}

void HangMonitor::look()
{
    const auto now = std::chrono::steady_clock::now();
    // The clock stands still while the machine sleeps, but not while this process was stopped or had no processor: of a
    // look that comes late only as much counts as one interval can explain.
    const auto passed = std::chrono::duration_cast<Milliseconds>(now - m_lastLook);
    m_lastLook = now;
    const auto oldest = m_statistics.oldestOpen();
    if (!m_subject.isWatched()) {
        m_timer.stop();
        m_waited = {};
        m_processorTime = Milliseconds(-1);
        return set({});
    }
    if (!oldest) {
        m_waited = {};
        m_processorTime = Milliseconds(-1);
        set({});
        return m_subject.ping();
    }
    const auto state = ProcessState::of(m_subject.pid());
    if (!state || state->isTraced) {
        m_waited = {};
        return set({});
    }
    if (m_processorTime.count() >= 0 && passed.count() > 0)
        m_load = double((state->processorTime - m_processorTime).count()) / double(passed.count());
    m_processorTime = state->processorTime;
    m_waited = std::min(m_waited + std::min(passed, 2 * intervalFor(m_limit)),
                        std::chrono::duration_cast<Milliseconds>(now - *oldest));
    if (m_waited < m_limit)
        return set({}); // it answered some, and is late with others
    // On a busy machine it may be ready to run and get no processor.
    const bool isBusy = m_load >= BusyLoad || state->state == 'R';
    const HangCause cause = state->isStopped()      ? HangCause::Stopped
                            : isBusy                ? HangCause::Busy
                            : m_subject.hasUnread() ? HangCause::NotReading
                                                    : HangCause::NotAnswering;
    set(Hang{cause, m_waited});
}

void HangMonitor::set(std::optional<Hang> hang)
{
    const bool differs = hang.has_value() != m_hang.has_value() || (hang && hang->cause != m_hang->cause);
    if (hang && !m_hang)
        ++m_hangCount;
    m_hang = hang;
    if (differs)
        Q_EMIT changed();
}

} // namespace bulkhead
