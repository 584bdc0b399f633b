// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/process_sampler.h"
#include "browser/tools/model/process_source.h"

#include <QElapsedTimer>
#include <QTimer>

#include <memory>
#include <vector>

namespace bulkhead {

/// All processes of the app with what they use and what goes over their channels: the one model behind the process
/// map, the task manager, and their tests. It works only while somebody holds a ProcessWatch; then it asks its sources
/// twice a second and when they change, and the kernel once a second. Main thread.
class ProcessList : public QObject
{
    Q_OBJECT
public:
    explicit ProcessList(QObject *parent = nullptr);
    ~ProcessList() override;

    /// The list owns @p source.
    void add(std::unique_ptr<ProcessSource> source);

    /// In the order of the sources; as of the last refresh while watched, otherwise old.
    const std::vector<ProcessInfo> &processes() const { return m_processes; }
    const ProcessInfo *byKey(quint64 key) const; ///< null when it is gone
    const ProcessInfo *byPid(qint64 pid) const;
    bool isWatched() const { return m_watches > 0; }

    /// Brings processes() up to date at once, without asking the kernel.
    void refresh();

    /// Any signal, as from a terminal. The browser and the zygote, too.
    bool sendSignal(quint64 key, int signal);
    /// As the app ends processes at the person's wish; not the browser.
    bool end(quint64 key);
    /// Five steps nicer, so that others go first. There is no way back without privileges.
    bool lowerPriority(quint64 key);

Q_SIGNALS:
    /// processes() is new: figures, or also which there are.
    void refreshed();
    void ended(const bulkhead::ProcessInfo &info);

private:
    friend class ProcessWatch;
    void retain();
    void release();
    void tick();
    void take(const ProcSamples &samples);

    std::vector<std::unique_ptr<ProcessSource>> m_sources;
    std::vector<ProcessInfo> m_processes;
    struct Baseline
    {
        TrafficTotals totals;
        std::optional<ProcSample> sample;
        std::chrono::steady_clock::time_point time;
    };
    QHash<quint64, Baseline> m_baselines; ///< what rates are counted from
    ProcessSampler m_sampler;
    QTimer m_tick;
    QTimer m_soon; ///< several changes in one turn are one refresh
    int m_watches = 0;
    int m_ticks = 0;
};

/// Keeps a ProcessList at work while it exists: widgets hold one while they are visible.
class ProcessWatch
{
public:
    explicit ProcessWatch(ProcessList &list);
    ~ProcessWatch();
    ProcessWatch(const ProcessWatch &) = delete;
    ProcessWatch &operator=(const ProcessWatch &) = delete;

private:
    ProcessList &m_list;
};

} // namespace bulkhead
