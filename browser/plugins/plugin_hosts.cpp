// SPDX-License-Identifier: BSD-3-Clause
#include "browser/plugins/plugin_hosts.h"

#include "browser/loading/display_types.h"
#include "browser/pages/renderer_host.h"
#include "browser/pages/renderer_pool.h"
#include "browser/processes/child_limits.h"
#include "browser/processes/exec_launcher.h"
#include "browser/processes/zygote_launcher.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr qint64 StartBytes = 1024;

/// The document's first bytes, where they can be had without waiting.
QByteArray startOf(const QUrl &url)
{
    QFile file(url.toLocalFile());
    return url.isLocalFile() && file.open(QIODevice::ReadOnly) ? file.read(StartBytes) : QByteArray();
}

} // namespace

/// Gives what a plugin's process needs beyond any other to the launcher that starts it.
class PluginHosts::Launcher : public ChildLauncher
{
public:
    Launcher(ChildLauncher &launcher, wire::PluginLoad load, UniqueFd library)
        : m_launcher(launcher), m_load(std::move(load)), m_library(std::move(library))
    {
    }

    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override
    {
        request.role = wire::PLUGIN_LOADER;
        request.plugin = m_load;
        request.library = std::move(m_library);
        m_launcher.launch(std::move(request), std::move(done));
    }

private:
    ChildLauncher &m_launcher;
    wire::PluginLoad m_load;
    UniqueFd m_library;
};

namespace {

/// For a process that cannot be had: whoever asked learns of it in the ordinary way, later.
class NoLauncher : public ChildLauncher
{
public:
    void launch(LaunchRequest, std::function<void(Result<LaunchedChild>)> done) override
    {
        done(fail(Error{"the plugin cannot be used", 0}));
    }
};

} // namespace

PluginHosts::PluginHosts(PluginRegistry &registry, RendererPool &renderers, Options options, PluginServices *services)
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
    request.start = request.mimeType == u"application/octet-stream" ? startOf(head.url) : QByteArray();
    return m_registry.choose(request);
}

void PluginHosts::expect(const QUrl &url)
{
    const QString name = url.fileName();
    for (const auto &plugin : m_registry.plugins()) {
        if (!plugin->isUsable())
            continue;
        for (const HandledType &type : plugin->manifest()->handles) {
            const bool fits = std::any_of(type.extensions.begin(), type.extensions.end(), [&name](const QString &extension) {
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

RendererHost *PluginHosts::hostFor(const ResponseHead &head, const Site &site, ViewerUse use)
{
    const std::shared_ptr<PluginFile> plugin = pluginFor(head, use);
    if (!plugin)
        return nullptr;
    const bool alone = m_crashes.needsOwnProcesses(plugin->id()) || plugin->manifest()->isolation == PluginIsolation::Instance;
    const QString key = plugin->manifest()->isolation == PluginIsolation::Site ? plugin->id() + u' ' + site.key() : plugin->id();
    if (!alone) {
        for (const Process &process : m_processes) {
            if (process.key == key && process.host && process.host->isUsable() && process.connection && !process.connection->fault() &&
                process.connection->plugin() == plugin) {
                process.host->lockTo(site);
                return process.host;
            }
        }
    }
    RendererHost *host = start(plugin);
    m_processes.back().key = alone ? QString() : key;
    host->lockTo(site);
    return host;
}

RendererHost *PluginHosts::start(const std::shared_ptr<PluginFile> &plugin)
{
    wire::SandboxLimits limits = defaultLimits(wire::PLUGIN_HOST);
    limits.set_memory_bytes(plugin->manifest()->memoryBytes);
    if (m_options.waitForDebugger)
        limits.set_task_seconds(0);
    const auto hangLimit = m_options.waitForDebugger ? std::chrono::milliseconds(0) : PluginConnection::HangLimit;
    RendererHost *host = m_renderers.newHost(QStringLiteral("plugin ") + plugin->id(), hangLimit);
    const auto startTime = m_options.waitForDebugger ? std::chrono::milliseconds(std::chrono::hours(24)) : plugin->manifest()->startTime;
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
    connect(host, &RendererHost::ending, this, [this, connection] { hostGone(connection); });
    m_processes.push_back({QString(), host, connection});
    auto library = plugin->library();
    if (library) {
        Launcher launcher(launcherFor(*plugin->manifest()), plugin->load(), std::move(*library));
        m_renderers.startHost(host, launcher, limits);
    } else {
        NoLauncher launcher;
        m_renderers.startHost(host, launcher, limits);
        connection->giveUp(library.error());
    }
    Q_EMIT changed();
    return host;
}

void PluginHosts::hostGone(PluginConnection *connection)
{
    const ExitReason &reason = connection->host().exitReason();
    if (reason.isAbnormal() && reason.kind != ExitKind::KilledByUser && reason.kind != ExitKind::PluginFailed)
        m_crashes.add(connection->plugin()->id(), connection->host().pages().size());
    std::erase_if(m_processes, [connection](const Process &process) { return !process.connection || process.connection == connection; });
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

PluginConnection *PluginHosts::connectionOf(const RendererHost *host) const
{
    const auto it = std::find_if(m_processes.begin(), m_processes.end(), [host](const Process &process) { return host && process.host == host; });
    return it == m_processes.end() ? nullptr : it->connection.data();
}

} // namespace bulkhead
