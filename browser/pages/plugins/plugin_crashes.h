// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QMap>
#include <QSet>
#include <QString>

#include <chrono>
#include <deque>

namespace bulkhead {

/// What becomes of plugins that crash: after three crashes within two minutes nothing is reloaded by itself any more,
/// and after a crash that several pages shared each gets a process of its own. Plain bookkeeping, by plugin.
class PluginCrashes
{
public:
    using Clock = std::chrono::steady_clock;
    static constexpr int Most = 3;
    static constexpr std::chrono::seconds Window{120};

    /// A process of @p plugin ended abnormally while it held @p pages.
    void add(const QString &plugin, std::size_t pages, Clock::time_point now = Clock::now());
    bool mayReloadByItself(const QString &plugin, Clock::time_point now = Clock::now()) const;
    bool needsOwnProcesses(const QString &plugin) const { return m_alone.contains(plugin); }
    /// Within the window.
    int count(const QString &plugin, Clock::time_point now = Clock::now()) const;

private:
    QMap<QString, std::deque<Clock::time_point>> m_crashes;
    QSet<QString> m_alone;
};

} // namespace bulkhead
