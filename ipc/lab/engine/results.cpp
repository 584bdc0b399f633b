// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/results.h"

#include <algorithm>

namespace bulkhead::lab {

namespace {
constexpr struct
{
    Wait wait;
    const char *name;
} WaitNames[] = {{Wait::Blocking, "blocking"},
                 {Wait::NonBlocking, "nonblocking"},
                 {Wait::Polling, "polling"},
                 {Wait::Never, "never"}};
} // namespace

Spread spreadOf(std::vector<double> values)
{
    if (values.empty())
        return {};
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    const double median = values.size() % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
    return {median, values.front(), values.back()};
}

Spread JobResult::messagesPerSecond() const
{
    std::vector<double> values;
    for (const RoundFigures &round : rounds)
        values.push_back(round.messagesPerSecond);
    return spreadOf(std::move(values));
}

double JobResult::megabytesPerSecond() const
{
    return messagesPerSecond().median * double(actualSize) / 1e6;
}

std::optional<Spread> JobResult::ratio() const
{
    std::vector<double> values;
    for (const RoundFigures &round : rounds) {
        if (round.ratio > 0)
            values.push_back(round.ratio);
    }
    if (values.empty())
        return {};
    return spreadOf(std::move(values));
}

const char *waitName(Wait wait)
{
    for (const auto &entry : WaitNames) {
        if (entry.wait == wait)
            return entry.name;
    }
    return "";
}

std::optional<Wait> waitFromName(std::string_view name)
{
    for (const auto &entry : WaitNames) {
        if (name == entry.name && entry.wait != Wait::Never)
            return entry.wait;
    }
    return {};
}

} // namespace bulkhead::lab
