// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_hosts.h"

#include "browser/host/processes/exec_launcher.h"
#include "browser/host/processes/zygote_launcher.h"
#include "browser/pages/fetch/display_types.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {

namespace {

/// For a process that cannot be had: whoever asked learns of it in the ordinary way, later.
class NoLauncher : public ChildLauncher
{
public:
    explicit NoLauncher(const QString &why) : m_why(why.toStdString()) {}

    void launch(LaunchRequest, std::function<void(Result<LaunchedChild>)> done) override
    {
        done(fail(Error{m_why, 0}));
    }

private:
    const std::string m_why;
};

} // namespace

std::optional<PluginProcessModel> pluginProcessModelFromName(const QString &name)
{
    for (const PluginProcessModel model : {PluginProcessModel::PerSite, PluginProcessModel::PerType}) {
        if (pluginProcessModelName(model) == name)
            return model;
    }
    return {};
}

QString pluginProcessModelName(PluginProcessModel model)
{
    switch (model) {
    case PluginProcessModel::PerSite:
        return QStringLiteral("per-site");
    case PluginProcessModel::PerType:
        return QStringLiteral("per-type");
    }
    return {};
}

PluginHosts::PluginHosts(PluginRegistry &registry, PageProcessPool &renderers, Options options,
                         PluginServices *services)
    : m_registry(registry), m_renderers(renderers), m_options(std::move(options)), m_services(services)
{
    m_renderers.setViewers(this);
}

PluginHosts::~PluginHosts()
{
    m_renderers.setViewers(nullptr);
}

PluginHosts::Options PluginHosts::standardOptions()
{
    const QString folder = QCoreApplication::applicationDirPath();
    return {folder + QStringLiteral("/bulkhead-plugin-host"), folder + QStringLiteral("/bulkhead-plugin-qt.so")};
}

ChildLauncher &PluginHosts::launcherFor(const PluginManifest &manifest)
{
    const bool qt = manifest.usesQt;
    QStringList arguments;
    if (qt)
        arguments << QStringLiteral("--qt=") + m_options.qtLibrary;
    if (m_options.waitForDebugger)
        arguments << QStringLiteral("--wait-debugger=yes");
    auto &exec = m_exec[qt];
    if (!exec)
        exec = std::make_unique<ExecLauncher>(m_options.program, m_options.sandbox, arguments);
    if (!m_options.useZygote)
        return *exec;
    auto &zygote = m_zygotes[qt];
    if (!zygote)
        zygote = std::make_unique<ZygoteLauncher>(m_options.program, *exec, m_options.sandbox, arguments);
    return *zygote;
}

std::shared_ptr<PluginFile> PluginHosts::pluginFor(const ResponseHead &head, ViewerUse use) const
{
    PluginRequest request;
    request.mimeType = head.mimeType;
    request.fileName = head.url.fileName().isEmpty() ? head.suggestedName : head.url.fileName();
    request.use = use == ViewerUse::Full ? PluginRequest::Use::Full : PluginRequest::Use::Embed;
    request.isBuiltIn = canDisplay(head.mimeType);
    request.start = request.mimeType == u"application/octet-stream" ? head.start : QByteArray();
    return m_registry.choose(request);
}

void PluginHosts::expect(const QUrl &url)
{
    const QString name = url.fileName();
    for (const auto &plugin : m_registry.plugins()) {
        if (!plugin->isUsable())
            continue;
        for (const HandledType &type : plugin->manifest()->handles) {
            const bool fits =
                std::any_of(type.extensions.begin(), type.extensions.end(), [&name](const QString &extension) {
                    return name.endsWith(u'.' + extension, Qt::CaseInsensitive);
                });
            if (fits) {
                launcherFor(*plugin->manifest());
                return;
            }
        }
    }
}

bool PluginHosts::takes(const ResponseHead &head, ViewerUse use) const
{
    return pluginFor(head, use) != nullptr;
}

QString PluginHosts::nameFor(const ResponseHead &head, ViewerUse use) const
{
    const auto plugin = pluginFor(head, use);
    return plugin ? plugin->manifest()->name : QString();
}

bool PluginHosts::mayReloadByItself(const ResponseHead &head, ViewerUse use) const
{
    const auto plugin = pluginFor(head, use);
    return plugin && m_crashes.mayReloadByItself(plugin->id());
}

PageProcess *PluginHosts::hostFor(const ResponseHead &head, const Site &site, ViewerUse use)
{
    const std::shared_ptr<PluginFile> plugin = pluginFor(head, use);
    if (!plugin)
        return nullptr;
    const bool alone =
        m_crashes.needsOwnProcesses(plugin->id()) || plugin->manifest()->isolation == PluginIsolation::Instance;
    const QString key = keyFor(*plugin->manifest(), site);
    if (!alone) {
        for (const Process &process : m_processes) {
            if (process.key == key && process.host && process.host->isUsable() && process.connection &&
                !process.connection->fault() && process.connection->plugin() == plugin) {
                process.host->lockTo(site);
                return process.host;
            }
        }
    }
    PageProcess *host = start(plugin, site);
    m_processes.back().key = alone ? QString() : key;
    host->lockTo(site);
    return host;
}

PageProcess *PluginHosts::start(const std::shared_ptr<PluginFile> &plugin, const Site &site)
{
    ChildStart start = startOf(ChildKind::PluginLoader);
    start.limits.set_memory_bytes(plugin->manifest()->memoryBytes);
    if (m_options.waitForDebugger)
        start.limits.set_task_seconds(0);
    start.startup = plugin->load().SerializeAsString();
    const auto hangLimit = m_options.waitForDebugger ? std::chrono::milliseconds(0) : PluginConnection::HangLimit;
    PageProcess *host =
        m_renderers.newHost(ChildKind::PluginLoader, QStringLiteral("plugin ") + plugin->id(), hangLimit);
    const auto startTime =
        m_options.waitForDebugger ? std::chrono::milliseconds(std::chrono::hours(24)) : plugin->manifest()->startTime;
    auto *connection = new PluginConnection(plugin, *host, m_services, startTime);
    host->setPlugin(connection);
    connect(connection, &PluginConnection::failed, this, [this, id = plugin->id()](const PluginFault &fault) {
        m_failures[id] = fault;
        Q_EMIT changed();
    });
    connect(connection, &PluginConnection::loaded, this, [this, id = plugin->id()] {
        m_failures.remove(id);
        Q_EMIT changed();
    });
    connect(host, &PageProcess::ending, this, [this, connection] { hostGone(connection); });
    const QString refused = refusal(site);
    m_processes.push_back({QString(), host, connection});
    auto library = plugin->library();
    if (!refused.isNull()) {
        NoLauncher launcher(refused);
        m_renderers.startHost(host, launcher, std::move(start));
    } else if (library) {
        start.startupFds.push_back(std::move(*library));
        m_renderers.startHost(host, launcherFor(*plugin->manifest()), std::move(start));
    } else {
        NoLauncher launcher(tr("the plugin cannot be used"));
        m_renderers.startHost(host, launcher, std::move(start));
        connection->giveUp(library.error());
    }
    Q_EMIT changed();
    return host;
}

QString PluginHosts::refusal(const Site &site) const
{
    if (isDomainFull(site))
        return tr("%1 has %2 of plugins already, as many as one site may have")
            .arg(ProcessBudget::domainOf(site))
            .arg(MostOfOneDomain);
    if (isFull())
        return tr("there are %1 of plugins already, as many as may be at once").arg(m_options.mostProcesses);
    return {};
}

void PluginHosts::hostGone(PluginConnection *connection)
{
    const ExitReason &reason = connection->host().exitReason();
    if (reason.isAbnormal() && reason.kind != ExitKind::KilledByUser && reason.kind != ExitKind::PluginFailed &&
        reason.kind != ExitKind::FailedToStart)
        m_crashes.add(connection->plugin()->id(), connection->host().pages().size());
    std::erase_if(m_processes, [connection](const Process &process) {
        return !process.connection || process.connection == connection;
    });
    Q_EMIT changed();
}

std::vector<qint64> PluginHosts::zygotePids() const
{
    std::vector<qint64> pids;
    for (const auto &[qt, zygote] : m_zygotes) {
        if (zygote->pid() > 0)
            pids.push_back(zygote->pid());
    }
    return pids;
}

std::vector<PluginConnection *> PluginHosts::connections() const
{
    std::vector<PluginConnection *> all;
    for (const Process &process : m_processes) {
        if (process.connection && process.host && !process.host->isGone())
            all.push_back(process.connection);
    }
    return all;
}

PluginConnection *PluginHosts::connectionOf(const PageProcess *host) const
{
    const auto it = std::find_if(m_processes.begin(), m_processes.end(),
                                 [host](const Process &process) { return host && process.host == host; });
    return it == m_processes.end() ? nullptr : it->connection.data();
}

} // namespace bulkhead
