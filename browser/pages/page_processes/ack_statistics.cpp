// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/ack_statistics.h"

#include <algorithm>

namespace bulkhead {

std::uint64_t AckStatistics::asked(Time now)
{
    m_open.emplace(m_next, now);
    return m_next++;
}

void AckStatistics::answered(std::uint64_t number, Time now)
{
    const auto it = m_open.find(number);
    if (it == m_open.end())
        return;
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(now - it->second);
    m_open.erase(it);
    ++m_answered;
    m_total += time;
    m_longest = std::max(m_longest, time);
    const auto bound = std::find_if(BucketMilliseconds.begin(), BucketMilliseconds.end(),
                                    [time](int most) { return time <= std::chrono::milliseconds(most); });
    ++m_histogram[std::size_t(bound - BucketMilliseconds.begin())];
}

std::optional<AckStatistics::Time> AckStatistics::oldestOpen() const
{
    // Numbers rise with time.
    return m_open.empty() ? std::nullopt : std::optional(m_open.begin()->second);
}

} // namespace bulkhead
