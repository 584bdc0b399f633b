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
    double median() const { return quantile(m_microseconds, 0.5); }

    /// Writes how many times @p subject took of @p peer into @p counters: the median of the turns, each against the
    /// peer's turn beside it, and the quarter below and above it.
    template <class Counters>
    static void compare(const TurnTimes &subject, const TurnTimes &peer, Counters &counters)
    {
        std::vector<double> ratios;
        for (std::size_t i = 0; i < std::min(subject.m_microseconds.size(), peer.m_microseconds.size()); ++i)
            ratios.push_back(subject.m_microseconds[i] / peer.m_microseconds[i]);
        counters["ratio"] = quantile(ratios, 0.5);
        counters["ratio_p25"] = quantile(ratios, 0.25);
        counters["ratio_p75"] = quantile(ratios, 0.75);
    }

private:
    static double quantile(std::vector<double> values, double part)
    {
        if (values.empty())
            return 0;
        const auto at = values.begin() + std::ptrdiff_t(part * double(values.size() - 1) + 0.5);
        std::nth_element(values.begin(), at, values.end());
        return *at;
    }

    std::vector<double> m_microseconds;
};

} // namespace bulkhead
