// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/channel_counters.h"

#include <QMap>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace prometheus {
struct MetricFamily;
}

namespace bulkhead {

class AckStatistics;
class LoopWatchdog;
class PageProcess;
class PageProcessPool;
class TabList;

/// Counts what happens to processes over the life of the app, and puts the app's figures together when somebody asks.
/// Names and units follow Prometheus' customs: seconds, bytes, _total for what only rises. Main thread.
class AppMetrics : public QObject
{
    Q_OBJECT
public:
    /// All outlive the metrics.
    AppMetrics(const TabList &tabs, PageProcessPool &renderers, const LoopWatchdog &loop, QObject *parent = nullptr);
    ~AppMetrics() override;

    std::vector<prometheus::MetricFamily> collect() const;

private:
    void add(const PageProcess &host);

    const TabList &m_tabs;
    PageProcessPool &m_renderers;
    const LoopWatchdog &m_loop;
    quint64 m_started = 0;
    QMap<QString, quint64> m_ended; ///< by reason's first word
    struct Totals;
    std::unique_ptr<Totals> m_gone; ///< of processes that are no more
};

} // namespace bulkhead
