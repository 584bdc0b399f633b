// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/metrics/app_metrics.h"

#include "browser/host/processes/loop_watchdog.h"
#include "browser/host/processes/process_state.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/tabs/tab_list.h"

#include <QCoreApplication>

#include <prometheus/metric_family.h>

#include <array>
#include <limits>

namespace bulkhead {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;
using Labels = std::vector<ClientMetric::Label>;

MetricFamily family(const char *name, const char *help, MetricType type)
{
    MetricFamily result;
    result.name = std::string("bulkhead_") + name;
    result.help = help;
    result.type = type;
    return result;
}

void addValue(MetricFamily &to, double value, Labels labels = {})
{
    ClientMetric metric;
    metric.label = std::move(labels);
    (to.type == MetricType::Counter ? metric.counter.value : metric.gauge.value) = value;
    to.metric.push_back(std::move(metric));
}

MetricFamily single(const char *name, const char *help, MetricType type, double value)
{
    MetricFamily result = family(name, help, type);
    addValue(result, value);
    return result;
}

double seconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace

struct AppMetrics::Totals
{
    ChannelCounters channel;
    quint64 frames = 0;
    quint64 hangs = 0;
    quint64 acks = 0;
    std::chrono::microseconds ackTime{};
    std::array<quint64, AckStatistics::BucketMilliseconds.size() + 1> ackBuckets{};

    void add(const PageProcess &host)
    {
        if (host.hasChannel()) {
            const ChannelCounters &c = host.channel().base().counters();
            channel.messagesSent += c.messagesSent;
            channel.messagesReceived += c.messagesReceived;
            channel.bytesSent += c.bytesSent;
            channel.bytesReceived += c.bytesReceived;
            channel.fdsSent += c.fdsSent;
            channel.coalesced += c.coalesced;
            channel.queuedBytes += host.isGone() ? 0 : c.queuedBytes;
        }
        frames += host.frameCount();
        hangs += host.hangCount();
        acks += host.acks().answeredCount();
        ackTime += host.acks().total();
        for (std::size_t i = 0; i < ackBuckets.size(); ++i)
            ackBuckets[i] += host.acks().histogram()[i];
    }
};

AppMetrics::AppMetrics(const TabList &tabs, PageProcessPool &renderers, const LoopWatchdog &loop, QObject *parent)
    : QObject(parent), m_tabs(tabs), m_renderers(renderers), m_loop(loop), m_gone(std::make_unique<Totals>())
{
    m_started = m_renderers.hosts().size();
    connect(&m_renderers, &PageProcessPool::hostAdded, this, [this] { ++m_started; });
    connect(&m_renderers, &PageProcessPool::hostGone, this, [this](const PageProcess *host) {
        m_gone->add(*host);
        ++m_ended[host->exitReason().code().section(u' ', 0, 0)];
    });
}

AppMetrics::~AppMetrics() = default;

std::vector<MetricFamily> AppMetrics::collect() const
{
    Totals now = *m_gone;
    MetricFamily renderers = family("renderers", "Page processes by state.", MetricType::Gauge);
    std::array<int, 3> states{};
    for (const PageProcess *host : m_renderers.hosts()) {
        now.add(*host);
        ++states[host->hang() ? 2 : host->isReady() ? 1 : 0];
    }
    for (std::size_t i = 0; i < states.size(); ++i)
        addValue(renderers, states[i], {{"state", std::array{"starting", "ready", "unresponsive"}[i]}});

    MetricFamily tabs = family("tabs", "Open tabs by state.", MetricType::Gauge);
    int crashed = 0;
    for (int i = 0; i < m_tabs.count(); ++i)
        crashed += m_tabs.at(i)->crash().has_value();
    addValue(tabs, m_tabs.count() - crashed, {{"state", "alive"}});
    addValue(tabs, crashed, {{"state", "crashed"}});

    MetricFamily ended = family("processes_ended_total", "Page processes that ended, by reason.", MetricType::Counter);
    for (auto it = m_ended.begin(); it != m_ended.end(); ++it)
        addValue(ended, double(it.value()), {{"reason", it.key().toStdString()}});

    MetricFamily messages =
        family("channel_messages_total", "Messages to and from page processes.", MetricType::Counter);
    addValue(messages, double(now.channel.messagesSent), {{"direction", "sent"}});
    addValue(messages, double(now.channel.messagesReceived), {{"direction", "received"}});
    MetricFamily bytes = family("channel_bytes_total", "Bytes to and from page processes.", MetricType::Counter);
    addValue(bytes, double(now.channel.bytesSent), {{"direction", "sent"}});
    addValue(bytes, double(now.channel.bytesReceived), {{"direction", "received"}});

    MetricFamily acks =
        family("ack_seconds", "Time until a page process answered an input or a ping.", MetricType::Histogram);
    ClientMetric histogram;
    quint64 cumulative = 0;
    for (std::size_t i = 0; i < now.ackBuckets.size(); ++i) {
        cumulative += now.ackBuckets[i];
        const bool last = i == AckStatistics::BucketMilliseconds.size();
        histogram.histogram.bucket.push_back({cumulative, last ? std::numeric_limits<double>::infinity()
                                                               : AckStatistics::BucketMilliseconds[i] / 1000.0});
    }
    histogram.histogram.sample_count = now.acks;
    histogram.histogram.sample_sum = std::chrono::duration<double>(now.ackTime).count();
    acks.metric.push_back(std::move(histogram));

    const LoopWatchdog::Figures &loop = m_loop.figures();
    MetricFamily longest =
        family("loop_longest_turn_seconds", "Longest turn of the browser's event loop.", MetricType::Gauge);
    addValue(longest, seconds(loop.longest), {{"time", "wall"}});
    addValue(longest, seconds(loop.longestOwn), {{"time", "own"}});

    MetricFamily build = family("build_info", "Always 1; the labels say what runs.", MetricType::Gauge);
    addValue(build, 1, {{"version", BULKHEAD_VERSION}, {"qt", qVersion()}});
    const auto process = ProcessState::of(QCoreApplication::applicationPid());

    return {
        build,
        tabs,
        renderers,
        single("processes_started_total", "Page processes started.", MetricType::Counter, double(m_started)),
        ended,
        single("hangs_total", "Times a page process was called unresponsive.", MetricType::Counter, double(now.hangs)),
        messages,
        bytes,
        single("channel_coalesced_total", "Messages replaced by a newer one before they were sent.",
               MetricType::Counter, double(now.channel.coalesced)),
        single("channel_queued_bytes", "Bytes that page processes have not taken yet.", MetricType::Gauge,
               double(now.channel.queuedBytes)),
        single("frames_total", "Frames that pages have painted.", MetricType::Counter, double(now.frames)),
        acks,
        single("loop_turns_total", "Turns of the browser's event loop.", MetricType::Counter, double(loop.turns)),
        single("loop_stalls_total", "Turns whose own time was above 50 ms.", MetricType::Counter, double(loop.stalls)),
        single("loop_busy_seconds_total", "Time spent in turns.", MetricType::Counter, seconds(loop.busy)),
        longest,
        single("browser_cpu_seconds_total", "Processor time of the browser process.", MetricType::Counter,
               process ? seconds(process->processorTime) : 0)};
}

} // namespace bulkhead
