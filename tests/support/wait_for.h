// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QTest>

#include <chrono>

namespace bulkhead {

/// Runs the event loop until @p condition holds; false when it does not within @p timeout. The time-out is there to end
/// a broken test, not to measure: it is generous.
template <class Condition>
[[nodiscard]] bool waitFor(Condition condition, std::chrono::milliseconds timeout = std::chrono::seconds(30))
{
    return QTest::qWaitFor(std::move(condition), int(timeout.count()));
}

} // namespace bulkhead
