// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/renderer_processes.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/tabs/tab_list.h"
#include "browser/tools/model/tab_tasks.h"

#include <algorithm>

namespace bulkhead {

namespace {

constexpr quint64 BytesPerPixel = 4;

} // namespace

RendererProcesses::RendererProcesses(const TabList &tabs, PageProcessPool &pool, QObject *parent)
    : ProcessSource(parent), m_tabs(tabs), m_pool(pool)
{
    for (PageProcess *host : m_pool.hosts())
        watch(host);
    connect(&m_pool, &PageProcessPool::hostAdded, this, [this](PageProcess *host) {
        watch(host);
        Q_EMIT changed();
    });
}

quint64 RendererProcesses::keyOf(const PageProcess &host)
{
    return (quint64(2) << 32) | host.id();
}

void RendererProcesses::watch(PageProcess *host)
{
    connect(host, &PageProcess::started, this, &ProcessSource::changed);
    connect(host, &PageProcess::ready, this, &ProcessSource::changed);
    connect(host, &PageProcess::hangChanged, this, &ProcessSource::changed);
    connect(host, &PageProcess::idle, this, &ProcessSource::changed);
    connect(host, &PageProcess::gone, this, [this, host] {
        if (host->exitReason().isAbnormal()) {
            for (const Site &site : host->sites())
                ++m_crashes[site.key()];
        }
        ProcessInfo info = infoOf(*host);
        info.phase = ProcessPhase::Ended;
        info.ended = host->exitReason();
        m_frameBytes.remove(info.key);
        m_frames.remove(info.key);
        Q_EMIT ended(info);
        Q_EMIT changed();
    });
    if (m_observed)
        observe(host);
}

void RendererProcesses::observe(PageProcess *host)
{
    connect(&host->messages(), &MessageLog::handledNow, this,
            [this, key = keyOf(*host)](const MessageTap::Seen &seen) { countFrame(key, seen); });
}

void RendererProcesses::watchTabs()
{
    const auto watchTab = [this](Tab *tab) {
        for (auto signal : {&Tab::titleChanged, &Tab::iconChanged, &Tab::processChanged, &Tab::crashChanged})
            connect(tab, signal, this, &ProcessSource::changed);
    };
    for (int i = 0; i < m_tabs.count(); ++i)
        watchTab(m_tabs.at(i));
    connect(&m_tabs, &TabList::tabInserted, this, [this, watchTab](int, Tab *tab) {
        watchTab(tab);
        Q_EMIT changed();
    });
    connect(&m_tabs, &TabList::tabRemoved, this, &ProcessSource::changed);
    connect(&m_tabs, &TabList::activeChanged, this, &ProcessSource::changed);
}

void RendererProcesses::setObserved(bool observed)
{
    if (m_observed == observed)
        return;
    m_observed = observed;
    if (observed) {
        for (PageProcess *host : m_pool.hosts())
            observe(host);
        watchTabs();
        return;
    }
    for (PageProcess *host : m_pool.hosts())
        disconnect(&host->messages(), nullptr, this, nullptr);
    disconnect(&m_tabs, nullptr, this, nullptr);
    for (int i = 0; i < m_tabs.count(); ++i)
        disconnect(m_tabs.at(i), nullptr, this, nullptr);
}

void RendererProcesses::countFrame(quint64 key, const MessageTap::Seen &seen)
{
    const auto *message = google::protobuf::DynamicCastToGenerated<wire::RendererToBrowser>(&seen.message);
    if (!message || !message->has_frame_ready())
        return;
    const wire::FrameReady &frame = message->frame_ready();
    quint64 pixels = 0;
    for (const wire::Rect &rect : frame.damage())
        pixels += quint64(rect.width()) * rect.height();
    m_frameBytes[key] += pixels * BytesPerPixel;
    Frames &frames = m_frames[key][frame.page_id()];
    frames.size = QSize(frame.size().width(), frame.size().height());
    ++frames.count;
}

void RendererProcesses::describe(std::vector<ProcessInfo> &to) const
{
    for (const PageProcess *host : m_pool.hosts()) {
        if (!host->isGone())
            to.push_back(infoOf(*host));
    }
}

ProcessInfo RendererProcesses::infoOf(const PageProcess &host) const
{
    ProcessInfo info;
    info.key = keyOf(host);
    info.pid = host.pid();
    info.hasSandbox = host.isReady();
    info.sandbox = host.sandbox();
    info.role = processRole(startOf(host.kind()).role);
    for (const Site &site : host.sites()) {
        info.sites << site.key();
        info.earlierCrashes = std::max(info.earlierCrashes, m_crashes.value(site.key()));
    }
    for (int i = 0; i < m_tabs.count(); ++i)
        info.tasks << tab_tasks::in(*m_tabs.at(i), host);
    info.phase = !host.isReady() ? ProcessPhase::Starting : ProcessPhase::Ready;
    if (host.isReady() && host.sites().empty())
        info.phase = ProcessPhase::Spare;
    if (host.hang()) {
        info.phase = host.hang()->cause == HangCause::Stopped ? ProcessPhase::Stopped : ProcessPhase::Unresponsive;
        info.trouble = host.hang()->sentence();
    }
    for (const RemotePage *page : host.pages()) {
        if (page->sharedBytes() == 0)
            continue;
        SharedRegion region;
        region.page = page->id();
        region.bytes = page->sharedBytes();
        region.size = m_frames.value(info.key).value(page->id()).size;
        if (region.size.isEmpty())
            region.size = page->frame().size();
        region.frames = page->frameCount();
        info.regions << region;
    }
    if (host.hasChannel()) {
        const ChannelCounters &counters = host.channel().base().counters();
        info.totals.sentMessages = counters.messagesSent;
        info.totals.sentBytes = counters.bytesSent;
        info.totals.receivedMessages = counters.messagesReceived;
        info.totals.receivedBytes = counters.bytesReceived;
        if (host.isUsable())
            info.totals.queuedBytes = host.channel().base().unreadByPeer();
    }
    info.totals.openQuestions = host.acks().openCount();
    info.totals.frames = host.frameCount();
    info.totals.frameBytes = m_frameBytes.value(info.key);
    return info;
}

PageProcess *RendererProcesses::hostOf(quint64 key) const
{
    for (PageProcess *host : m_pool.hosts()) {
        if (keyOf(*host) == key && !host->isGone())
            return host;
    }
    return nullptr;
}

bool RendererProcesses::sendSignal(quint64 key, int signal)
{
    PageProcess *host = hostOf(key);
    return host && host->sendSignal(signal);
}

bool RendererProcesses::end(quint64 key)
{
    PageProcess *host = hostOf(key);
    if (!host || host->pid() <= 0)
        return false;
    host->hang() ? host->endUnresponsive() : host->endByUser();
    return true;
}

} // namespace bulkhead
