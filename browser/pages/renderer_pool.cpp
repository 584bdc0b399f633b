// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/renderer_pool.h"

#include "browser/pages/renderer_host.h"
#include "browser/processes/child_limits.h"
#include "browser/processes/log.h"

#include <QTimer>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr int MaxStartFailures = 3;

bool isNetwork(const Site &site)
{
    return site.scheme() == u"http" || site.scheme() == u"https";
}

/// Whether pages of both may live in one process when there are too many processes.
bool mayShare(const Site &a, const Site &b)
{
    return a.scheme() == b.scheme() || (isNetwork(a) && isNetwork(b));
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

RendererPool::RendererPool(ChildLauncher &launcher, const Options &options, QObject *parent)
    : QObject(parent), m_launcher(launcher), m_options(options)
{
}

RendererPool::~RendererPool() = default;

RendererHost *RendererPool::hostFor(const Site &site, RendererHost *current)
{
    const auto usable = [](const RendererHost *host) { return host && host->isUsable() && !host->plugin(); };
    const auto holds = [&site](const RendererHost *host) {
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
    if (int(m_hosts.size()) - (m_spare ? 1 : 0) >= m_options.softLimit) {
        if (RendererHost *shared = hostToShare(site)) {
            log::info(tr("%1 processes are the limit: %2 shares process %3")
                          .arg(QString::number(m_options.softLimit), site.key(), QString::number(shared->pid())));
            shared->lockTo(site);
            return shared;
        }
    }
    return takeSpareOrStart(site);
}

RendererHost *RendererPool::hostToShare(const Site &site) const
{
    RendererHost *best = nullptr;
    for (const auto &owned : m_hosts) {
        RendererHost *host = owned.get();
        if (!host->isUsable() || host->plugin() || host == m_spare || host->sites().empty())
            continue;
        const bool fits = std::all_of(host->sites().begin(), host->sites().end(),
                                      [&site](const Site &other) { return mayShare(site, other); });
        if (fits && (!best || host->pages().size() < best->pages().size()))
            best = host;
    }
    return best;
}

RendererHost *RendererPool::takeSpareOrStart(const Site &site)
{
    RendererHost *host = std::exchange(m_spare, nullptr);
    if (!host || !host->isUsable())
        host = startHost();
    host->lockTo(site);
    // After the navigation that is waiting, not before.
    if (m_options.keepSpare)
        QTimer::singleShot(0, this, &RendererPool::warmUp);
    return host;
}

void RendererPool::warmUp()
{
    if (!m_spare && m_startFailures < MaxStartFailures)
        m_spare = startHost();
}

RendererHost *RendererPool::startHost()
{
    add(std::make_unique<RendererHost>(m_nextId++, m_options.hangLimit));
    RendererHost *host = m_hosts.back().get();
    connect(host, &RendererHost::ready, this, [this] { m_startFailures = 0; });
    wire::SandboxLimits limits = defaultLimits(wire::RENDERER);
    limits.set_memory_bytes(m_options.memoryLimit);
    limits.set_task_seconds(quint32(m_options.taskLimit.count()));
    limits.set_threads(m_options.threadLimit);
    if (m_options.measurable)
        limits.add_left_out(wire::LAYER_NOT_DUMPABLE);
    startHost(host, m_launcher, limits);
    return host;
}

RendererHost *RendererPool::newHost(const QString &kind, std::chrono::milliseconds hangLimit)
{
    add(std::make_unique<RendererHost>(m_nextId++, hangLimit, nullptr, kind));
    return m_hosts.back().get();
}

void RendererPool::startHost(RendererHost *host, ChildLauncher &launcher, const wire::SandboxLimits &limits)
{
    host->start(launcher, limits);
    Q_EMIT hostAdded(host);
}

void RendererPool::add(std::unique_ptr<RendererHost> owned)
{
    RendererHost *host = owned.get();
    m_hosts.push_back(std::move(owned));
    connect(host, &RendererHost::gone, this, [this, host] { remove(host); });
    connect(host, &RendererHost::idle, this, [this, host] {
        // In the next turn: the tab that has just closed a page may be about to open its next one there.
        QTimer::singleShot(0, host, [this, host] {
            if (host->pages().empty() && host != m_spare && !host->isGone())
                host->shutDown();
        });
    });
}

void RendererPool::remove(RendererHost *host)
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
}

std::vector<RendererHost *> RendererPool::hosts() const
{
    std::vector<RendererHost *> all;
    for (const auto &host : m_hosts)
        all.push_back(host.get());
    return all;
}

} // namespace bulkhead
