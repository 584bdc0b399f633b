// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/process_list.h"

#include <algorithm>
#include <cerrno>
#include <sys/resource.h>

namespace bulkhead {

namespace {

constexpr std::chrono::milliseconds TickInterval{500};
constexpr int TicksPerSample = 2;
constexpr int NicerBy = 5;

double rate(quint64 now, quint64 before, double seconds)
{
    return now >= before && seconds > 0 ? double(now - before) / seconds : 0;
}

} // namespace

ProcessList::ProcessList(QObject *parent) : QObject(parent)
{
    m_tick.setInterval(TickInterval);
    m_tick.setTimerType(Qt::CoarseTimer);
    connect(&m_tick, &QTimer::timeout, this, &ProcessList::tick);
    m_soon.setSingleShot(true);
    connect(&m_soon, &QTimer::timeout, this, &ProcessList::refresh);
    connect(&m_sampler, &ProcessSampler::sampled, this, &ProcessList::take);
}

ProcessList::~ProcessList() = default;

void ProcessList::add(std::unique_ptr<ProcessSource> source)
{
    connect(source.get(), &ProcessSource::changed, this, [this] {
        if (isWatched() && !m_soon.isActive())
            m_soon.start(0);
    });
    connect(source.get(), &ProcessSource::ended, this, [this](ProcessInfo info) {
        if (const ProcessInfo *last = byKey(info.key)) {
            info.sample = last->sample;
            info.rates = last->rates;
            // While somebody looks, what the person saw in it a moment ago is what is gone.
            if (isWatched())
                info.tasks = last->tasks;
        }
        Q_EMIT ended(info);
    });
    if (isWatched())
        source->setObserved(true);
    m_sources.push_back(std::move(source));
}

const ProcessInfo *ProcessList::byKey(quint64 key) const
{
    const auto it = std::find_if(m_processes.begin(), m_processes.end(), [key](const auto &p) { return p.key == key; });
    return it == m_processes.end() ? nullptr : &*it;
}

const ProcessInfo *ProcessList::byPid(qint64 pid) const
{
    const auto it = std::find_if(m_processes.begin(), m_processes.end(), [pid](const auto &p) { return p.pid == pid; });
    return it == m_processes.end() ? nullptr : &*it;
}

void ProcessList::retain()
{
    if (m_watches++ > 0)
        return;
    for (const auto &source : m_sources)
        source->setObserved(true);
    m_baselines.clear(); // rates over the time that nobody looked would be wrong
    m_ticks = 0;
    m_tick.start();
    tick();
}

void ProcessList::release()
{
    if (--m_watches > 0)
        return;
    m_tick.stop();
    m_soon.stop();
    for (const auto &source : m_sources)
        source->setObserved(false);
}

void ProcessList::tick()
{
    refresh();
    if (m_ticks++ % TicksPerSample != 0)
        return;
    QList<qint64> pids;
    for (const ProcessInfo &info : m_processes) {
        if (info.pid > 0)
            pids << info.pid;
    }
    m_sampler.request(pids);
}

void ProcessList::refresh()
{
    m_soon.stop();
    std::vector<ProcessInfo> now;
    now.reserve(m_processes.size() + 4);
    for (const auto &source : m_sources)
        source->describe(now);
    for (ProcessInfo &info : now) {
        if (const ProcessInfo *before = byKey(info.key)) {
            info.sample = before->sample;
            info.rates = before->rates;
            info.processorHistory = before->processorHistory;
            info.memoryHistory = before->memoryHistory;
            info.messageHistory = before->messageHistory;
        }
        if (info.sample && info.sample->state == 'T' && info.phase != ProcessPhase::Ended)
            info.phase = ProcessPhase::Stopped;
    }
    m_processes = std::move(now);
    Q_EMIT refreshed();
}

void ProcessList::take(const ProcSamples &samples)
{
    if (!isWatched())
        return;
    const auto now = std::chrono::steady_clock::now();
    QHash<quint64, Baseline> baselines;
    for (ProcessInfo &info : m_processes) {
        const auto sample = samples.constFind(info.pid);
        if (sample != samples.constEnd())
            info.sample = *sample;
        if (const auto before = m_baselines.constFind(info.key); before != m_baselines.constEnd()) {
            const double seconds = std::chrono::duration<double>(now - before->time).count();
            ProcessRates &rates = info.rates;
            const TrafficTotals &old = before->totals;
            rates.sentMessages = rate(info.totals.sentMessages, old.sentMessages, seconds);
            rates.receivedMessages = rate(info.totals.receivedMessages, old.receivedMessages, seconds);
            rates.sentBytes = rate(info.totals.sentBytes, old.sentBytes, seconds);
            rates.receivedBytes = rate(info.totals.receivedBytes, old.receivedBytes, seconds);
            rates.frames = rate(info.totals.frames, old.frames, seconds);
            rates.frameBytes = rate(info.totals.frameBytes, old.frameBytes, seconds);
            if (info.sample && before->sample) {
                const ProcSample &last = *before->sample;
                rates.processorPercent =
                    rate(quint64(info.sample->processorTime.count()), quint64(last.processorTime.count()), seconds) /
                    10;
                rates.switches = rate(info.sample->voluntarySwitches + info.sample->forcedSwitches,
                                      last.voluntarySwitches + last.forcedSwitches, seconds);
            }
            info.processorHistory.add(float(rates.processorPercent));
            info.messageHistory.add(float(rates.messages()));
        }
        info.memoryHistory.add(float(info.memoryBytes()));
        baselines.insert(info.key, {info.totals, info.sample, now});
    }
    m_baselines = std::move(baselines);
    for (ProcessInfo &info : m_processes) {
        const bool canStop = info.phase != ProcessPhase::Ended && info.phase != ProcessPhase::Starting;
        if (info.sample && info.sample->state == 'T' && canStop)
            info.phase = ProcessPhase::Stopped;
    }
    Q_EMIT refreshed();
}

bool ProcessList::sendSignal(quint64 key, int signal)
{
    return std::any_of(m_sources.begin(), m_sources.end(),
                       [key, signal](const auto &source) { return source->sendSignal(key, signal); });
}

bool ProcessList::end(quint64 key)
{
    return std::any_of(m_sources.begin(), m_sources.end(), [key](const auto &source) { return source->end(key); });
}

bool ProcessList::lowerPriority(quint64 key)
{
    const ProcessInfo *info = byKey(key);
    if (!info || info->pid <= 0)
        return false;
    errno = 0;
    const int niceness = ::getpriority(PRIO_PROCESS, id_t(info->pid));
    if (niceness == -1 && errno != 0)
        return false;
    return ::setpriority(PRIO_PROCESS, id_t(info->pid), std::min(19, niceness + NicerBy)) == 0;
}

ProcessWatch::ProcessWatch(ProcessList &list) : m_list(list)
{
    m_list.retain();
}

ProcessWatch::~ProcessWatch()
{
    m_list.release();
}

} // namespace bulkhead
