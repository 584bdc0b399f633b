// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QAbstractEventDispatcher>
#include <QObject>

#include <algorithm>
#include <time.h>

namespace bulkhead {

/// The longest turn of this thread's event loop in time that the thread was on a processor: what counts on a machine
/// that is busy with other things. Milliseconds.
class ProcessorTurns : public QObject
{
public:
    void start()
    {
        const auto *dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { turned(); });
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { turned(); });
        skip();
    }
    /// What was since the last turn is not the loop's.
    void skip() { m_last = now(); }
    double longest() const { return m_longest; }

private:
    static double now()
    {
        timespec time = {};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) * 1e3 + double(time.tv_nsec) / 1e6;
    }
    void turned()
    {
        m_longest = std::max(m_longest, now() - m_last);
        m_last = now();
    }

    double m_last = 0;
    double m_longest = 0;
};

} // namespace bulkhead
