// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

namespace bulkhead {

/// What one process was asked and has not acknowledged, and how long it took with the rest: the one source of the input
/// latency that is shown and of the decision that a process hangs. A question is an input or a ping; answers come in
/// the order of asking, so the oldest open one says how far behind the process is. Plain value, no clock of its own.
class AckStatistics
{
public:
    using Time = std::chrono::steady_clock::time_point;
    /// Upper bounds of the histogram's buckets in milliseconds; the last bucket has none.
    static constexpr std::array<int, 10> BucketMilliseconds{1, 2, 4, 8, 16, 33, 50, 100, 500, 5000};

    /// Returns the question's number.
    std::uint64_t asked(Time now);
    /// Unknown numbers are ignored.
    void answered(std::uint64_t number, Time now);
    /// Its page is gone: nobody waits for it any more.
    void dropped(std::uint64_t number) { m_open.erase(number); }

    /// When the oldest unanswered question was asked.
    std::optional<Time> oldestOpen() const;
    std::size_t openCount() const { return m_open.size(); }

    std::uint64_t answeredCount() const { return m_answered; }
    std::chrono::microseconds total() const { return m_total; }
    std::chrono::microseconds longest() const { return m_longest; }
    /// Answers by bucket, not cumulative; one more than there are bounds.
    const std::array<std::uint64_t, BucketMilliseconds.size() + 1> &histogram() const { return m_histogram; }

private:
    std::map<std::uint64_t, Time> m_open;
    std::uint64_t m_next = 1;
    std::uint64_t m_answered = 0;
    std::chrono::microseconds m_total{};
    std::chrono::microseconds m_longest{};
    std::array<std::uint64_t, BucketMilliseconds.size() + 1> m_histogram{};
};

} // namespace bulkhead
