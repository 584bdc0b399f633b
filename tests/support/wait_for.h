// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QEvent>
#include <QTimer>

#include <chrono>

namespace bulkhead {

/// Runs the event loop until @p condition holds; false when it does not within @p timeout. The time-out is there to end
/// a broken test, not to measure: it is generous. Unlike QTest::qWaitFor(), which sleeps ten milliseconds between
/// looks, it sees what an event brought about at once; needs a QCoreApplication.
template <class Condition>
[[nodiscard]] bool waitFor(Condition condition, std::chrono::milliseconds timeout = std::chrono::seconds(30))
{
    const QDeadlineTimer deadline(timeout);
    QTimer look; // for conditions that no event of this process announces
    look.start(std::chrono::milliseconds(10));
    while (!condition()) {
        if (deadline.hasExpired())
            return false;
        QCoreApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    return true;
}

} // namespace bulkhead
