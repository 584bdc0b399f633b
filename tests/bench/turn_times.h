// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace bulkhead {

/// Times of many short turns, of which the median counts: what another program takes from some turns does not show.
class TurnTimes
{
public:
    /// @p time for @p count repetitions of what is measured.
    void add(std::chrono::nanoseconds time, int count)
    {
        m_microseconds.push_back(std::chrono::duration<double, std::micro>(time).count() / count);
    }

    /// Microseconds for one; 0 without any.
    double median()
    {
        if (m_microseconds.empty())
            return 0;
        const auto middle = m_microseconds.begin() + std::ptrdiff_t(m_microseconds.size() / 2);
        std::nth_element(m_microseconds.begin(), middle, m_microseconds.end());
        return *middle;
    }

private:
    std::vector<double> m_microseconds;
};

} // namespace bulkhead
