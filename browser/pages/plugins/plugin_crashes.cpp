// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_crashes.h"

#include <algorithm>

namespace bulkhead {

void PluginCrashes::add(const QString &plugin, std::size_t pages, Clock::time_point now)
{
    std::deque<Clock::time_point> &times = m_crashes[plugin];
    times.push_back(now);
    while (now - times.front() > Window)
        times.pop_front();
    if (pages > 1)
        m_alone.insert(plugin);
}

int PluginCrashes::count(const QString &plugin, Clock::time_point now) const
{
    const std::deque<Clock::time_point> times = m_crashes.value(plugin);
    return int(
        std::count_if(times.begin(), times.end(), [now](Clock::time_point time) { return now - time <= Window; }));
}

bool PluginCrashes::mayReloadByItself(const QString &plugin, Clock::time_point now) const
{
    return count(plugin, now) < Most;
}

} // namespace bulkhead
