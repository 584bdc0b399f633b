// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_launcher.h"
#include "browser/pages/page_processes/document_viewers.h"
#include "browser/pages/plugins/plugin_connection.h"
#include "browser/pages/plugins/plugin_crashes.h"
#include "browser/pages/plugins/plugin_registry.h"

#include <QPointer>

#include <map>
#include <memory>
#include <vector>

namespace bulkhead {

class ExecLauncher;
class PageProcessPool;
class ZygoteLauncher;

/// Which documents of one plugin share a process. A manifest's "isolation" may ask for more, never for less.
enum class PluginProcessModel {
    PerSite, ///< those of one site
    PerType, ///< all: the classic picture, and a person's choice only
};
/// "per-site", "per-type"
std::optional<PluginProcessModel> pluginProcessModelFromName(const QString &name);
QString pluginProcessModelName(PluginProcessModel model);

/// The plugin processes: chooses the plugin for a document and gives it the process that model and isolation ask for.
/// They are PageProcesss of the pool like any other, so that crashes, traces and figures need nothing new. Main
/// thread.
class PluginHosts : public QObject, public DocumentViewers
{
    Q_OBJECT
public:
    struct Options
    {
        QString program;   ///< bulkhead-plugin-host
        QString qtLibrary; ///< bulkhead-plugin-qt.so
        SandboxUse sandbox = SandboxUse::On;
        bool waitForDebugger = false; ///< processes stop before they load the plugin, and have all the time
        PluginProcessModel model = PluginProcessModel::PerSite;
        bool useZygote = true; ///< false: every process is started as a program of its own
        int mostProcesses =
            48; ///< that plugins may have, whatever sites they are for; beyond that a document or box says so
    };

    /// @p registry, @p renderers and @p services (may be null) outlive it.
    PluginHosts(PluginRegistry &registry, PageProcessPool &renderers, Options options,
                PluginServices *services = nullptr);
    ~PluginHosts() override;

    /// Plugin processes that pages of one domain may have; a box beyond that says so.
    static constexpr int MostOfOneDomain = 16;

    /// bulkhead-plugin-host and bulkhead-plugin-qt.so beside this program.
    static Options standardOptions();

    PluginProcessModel model() const { return m_options.model; }
    PluginRegistry &registry() const { return m_registry; }
    PluginCrashes &crashes() { return m_crashes; }
    const PluginCrashes &crashes() const { return m_crashes; }
    /// The fork servers of plugin processes, as far as they are running.
    std::vector<qint64> zygotePids() const;
    /// Those whose process is there, in the order of their start.
    std::vector<PluginConnection *> connections() const;
    /// What a plugin could not be used for last, by id.
    const QMap<QString, PluginFault> &failures() const { return m_failures; }
    /// The plugin for a document, or null.
    std::shared_ptr<PluginFile> pluginFor(const ResponseHead &head, ViewerUse use) const;
    /// The connection of a process, or null when that is none of a plugin's.
    PluginConnection *connectionOf(const PageProcess *host) const;

    // ---- DocumentViewers
    void expect(const QUrl &url) override;
    bool takes(const ResponseHead &head, ViewerUse use) const override;
    PageProcess *hostFor(const ResponseHead &head, const Site &site, ViewerUse use) override;
    QString nameFor(const ResponseHead &head, ViewerUse use) const override;
    bool mayReloadByItself(const ResponseHead &head, ViewerUse use) const override;

Q_SIGNALS:
    /// Processes, failures or crashes differ.
    void changed();

private:
    ChildLauncher &launcherFor(const PluginManifest &manifest);
    QString keyFor(const PluginManifest &manifest, const Site &site) const;
    bool isDomainFull(const Site &site) const;
    bool isFull() const;
    /// Why there is no process for @p site now; null when there may be one.
    QString refusal(const Site &site) const;
    PageProcess *start(const std::shared_ptr<PluginFile> &plugin, const Site &site);
    void hostGone(PluginConnection *connection);

    PluginRegistry &m_registry;
    PageProcessPool &m_renderers;
    const Options m_options;
    PluginServices *m_services;
    PluginCrashes m_crashes;
    QMap<QString, PluginFault> m_failures;
    std::map<bool, std::unique_ptr<ExecLauncher>> m_exec; ///< by whether with Qt
    std::map<bool, std::unique_ptr<ZygoteLauncher>> m_zygotes;
    struct Process
    {
        QString key;
        QPointer<PageProcess> host;
        QPointer<PluginConnection> connection;

        /// It is there or on its way, and has a document.
        bool isInUse() const;
    };
    std::vector<Process> m_processes;
};

} // namespace bulkhead
