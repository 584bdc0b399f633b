// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/page_process_pool.h"

#include "browser/host/processes/log.h"
#include "browser/pages/page_processes/page_process.h"

#include <QTimer>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr int MaxStartFailures = 3;

/// What one domain may have of them: enough for a person, and never all.
int limitOfOneDomain(int limit)
{
    return std::max(limit / 3, std::min(limit, 4));
}
} // namespace

std::optional<ProcessModel> processModelFromName(const QString &name)
{
    for (const ProcessModel model : {ProcessModel::PerSite, ProcessModel::PerTab, ProcessModel::Single}) {
        if (processModelName(model) == name)
            return model;
    }
    return {};
}

QString processModelName(ProcessModel model)
{
    switch (model) {
    case ProcessModel::PerSite:
        return QStringLiteral("per-site");
    case ProcessModel::PerTab:
        return QStringLiteral("per-tab");
    case ProcessModel::Single:
        return QStringLiteral("single");
    }
    return {};
}

PageProcessPool::PageProcessPool(ChildLauncher &launcher, const Options &options, QObject *parent)
    : QObject(parent), m_launcher(launcher), m_options(options),
      m_processBudget(
          {options.softLimit, limitOfOneDomain(options.softLimit), options.patience}, [this] { return running(); },
          [this](const Site &site, PageProcess *current, bool mayStart) { return hostNow(site, current, mayStart); })
{
    // Later: it may be told of from inside of any of the site's pages.
    connect(&m_budget, &SiteBudget::overdrawn, this, &PageProcessPool::endOverdrawn, Qt::QueuedConnection);
}

PageProcessPool::~PageProcessPool() = default;

std::vector<PageProcess *> PageProcessPool::running() const
{
    std::vector<PageProcess *> all;
    for (const auto &host : m_hosts) {
        if (host->kind() == ChildKind::Renderer && host.get() != m_spare && !host->isGone())
            all.push_back(host.get());
    }
    return all;
}

PageProcess *PageProcessPool::hostNow(const Site &site, PageProcess *current, bool mayStart)
{
    const auto usable = [](const PageProcess *host) { return host && host->isUsable() && !host->plugin(); };
    const auto holds = [&site](const PageProcess *host) {
        return std::find(host->sites().begin(), host->sites().end(), site) != host->sites().end();
    };
    switch (m_options.model) {
    case ProcessModel::Single:
        for (const auto &host : m_hosts) {
            if (usable(host.get()) && host.get() != m_spare) {
                host->lockTo(site);
                return host.get();
            }
        }
        break;
    case ProcessModel::PerTab:
        if (usable(current) && holds(current))
            return current;
        break;
    case ProcessModel::PerSite:
        for (const auto &host : m_hosts) {
            if (usable(host.get()) && holds(host.get()))
                return host.get();
        }
        break;
    }
    return mayStart ? takeSpareOrStart(site) : nullptr;
}

PageProcess *PageProcessPool::takeSpareOrStart(const Site &site)
{
    PageProcess *host = std::exchange(m_spare, nullptr);
    if (!host || !host->isUsable())
        host = startHost();
    host->lockTo(site);
    // After the navigation that is waiting, not before.
    if (m_options.keepSpare)
        QTimer::singleShot(0, this, &PageProcessPool::warmUp);
    return host;
}

void PageProcessPool::warmUp()
{
    if (!m_spare && m_startFailures < MaxStartFailures)
        m_spare = startHost();
}

PageProcess *PageProcessPool::startHost()
{
    add(std::make_unique<PageProcess>(m_nextId++, ChildKind::Renderer, m_options.hangLimit));
    PageProcess *host = m_hosts.back().get();
    connect(host, &PageProcess::ready, this, [this] { m_startFailures = 0; });
    ChildStart start = startOf(ChildKind::Renderer);
    start.limits.set_memory_bytes(m_options.memoryLimit);
    start.limits.set_task_seconds(quint32(m_options.taskLimit.count()));
    start.limits.set_threads(m_options.threadLimit);
    if (m_options.measurable)
        start.limits.add_left_out(wire::LAYER_NOT_DUMPABLE);
    startHost(host, m_launcher, std::move(start));
    return host;
}

PageProcess *PageProcessPool::newHost(ChildKind kind, const QString &name, std::chrono::milliseconds hangLimit)
{
    add(std::make_unique<PageProcess>(m_nextId++, kind, hangLimit, nullptr, name));
    return m_hosts.back().get();
}

void PageProcessPool::startHost(PageProcess *host, ChildLauncher &launcher, ChildStart start)
{
    host->start(launcher, std::move(start));
    Q_EMIT hostAdded(host);
}

void PageProcessPool::add(std::unique_ptr<PageProcess> owned)
{
    PageProcess *host = owned.get();
    host->setBudget(&m_budget, &m_shares);
    m_hosts.push_back(std::move(owned));
    connect(host, &PageProcess::gone, this, [this, host] { remove(host); });
    connect(host, &PageProcess::idle, this, [this, host] {
        // In the next turn: the tab that has just closed a page may be about to open its next one there.
        QTimer::singleShot(0, host, [this, host] {
            if (host->pages().empty() && host != m_spare && !host->isGone())
                host->shutDown();
        });
    });
}

/// All of its processes: whichever holds it, the site has more than its part.
void PageProcessPool::endOverdrawn(const Site &site)
{
    const int megabytes = int(SiteAccount::Limit >> 20);
    log::warn(tr("%1 used more than %2 MB of the browser’s memory and was ended.").arg(site.key()).arg(megabytes));
    for (const auto &host : m_hosts) {
        if (std::find(host->sites().begin(), host->sites().end(), site) != host->sites().end())
            host->endBecause({ExitKind::SiteMemory, megabytes});
    }
}

void PageProcessPool::remove(PageProcess *host)
{
    if (m_spare == host)
        m_spare = nullptr;
    if (host->exitReason().kind == ExitKind::FailedToStart && !host->plugin())
        ++m_startFailures;
    const auto it =
        std::find_if(m_hosts.begin(), m_hosts.end(), [host](const auto &owned) { return owned.get() == host; });
    if (it == m_hosts.end())
        return;
    Q_EMIT hostGone(host);
    it->release()->deleteLater();
    m_hosts.erase(it);
    m_processBudget.retry();
}

std::vector<PageProcess *> PageProcessPool::hosts() const
{
    std::vector<PageProcess *> all;
    for (const auto &host : m_hosts)
        all.push_back(host.get());
    return all;
}

} // namespace bulkhead
