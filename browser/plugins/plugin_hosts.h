// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/document_viewers.h"
#include "browser/plugins/plugin_connection.h"
#include "browser/plugins/plugin_crashes.h"
#include "browser/plugins/plugin_registry.h"
#include "browser/processes/child_launcher.h"

#include <QPointer>

#include <map>
#include <memory>
#include <vector>

namespace bulkhead {

class ExecLauncher;
class RendererPool;
class ZygoteLauncher;

/// The plugin processes: chooses the plugin for a document and gives it the process that its isolation asks for. They are
/// RendererHosts of the pool like any other, so that crashes, traces and figures need nothing new. Main thread.
class PluginHosts : public QObject, public DocumentViewers
{
    Q_OBJECT
public:
    struct Options
    {
        QString program;    ///< bulkhead-plugin-host
        QString qtLibrary;  ///< bulkhead-plugin-qt.so
        SandboxUse sandbox = SandboxUse::On;
        bool waitForDebugger = false; ///< processes stop before they load the plugin, and have all the time
        bool useZygote = true; ///< false: every process is started as a program of its own
    };

    /// @p registry, @p renderers and @p services (may be null) outlive it.
    PluginHosts(PluginRegistry &registry, RendererPool &renderers, Options options, PluginServices *services = nullptr);
    ~PluginHosts() override;

    /// bulkhead-plugin-host and bulkhead-plugin-qt.so beside this program.
    static Options standardOptions();

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
    PluginConnection *connectionOf(const RendererHost *host) const;

    // ---- DocumentViewers
    void expect(const QUrl &url) override;
    bool takes(const ResponseHead &head, ViewerUse use) const override;
    RendererHost *hostFor(const ResponseHead &head, const Site &site, ViewerUse use) override;
    QString nameFor(const ResponseHead &head, ViewerUse use) const override;
    bool mayReloadByItself(const ResponseHead &head, ViewerUse use) const override;

Q_SIGNALS:
    /// Processes, failures or crashes differ.
    void changed();

private:
    class Launcher;

    ChildLauncher &launcherFor(const PluginManifest &manifest);
    RendererHost *start(const std::shared_ptr<PluginFile> &plugin);
    void hostGone(PluginConnection *connection);

    PluginRegistry &m_registry;
    RendererPool &m_renderers;
    const Options m_options;
    PluginServices *m_services;
    PluginCrashes m_crashes;
    QMap<QString, PluginFault> m_failures;
    std::map<bool, std::unique_ptr<ExecLauncher>> m_exec; ///< by whether with Qt
    std::map<bool, std::unique_ptr<ZygoteLauncher>> m_zygotes;
    struct Process
    {
        QString key;
        QPointer<RendererHost> host;
        QPointer<PluginConnection> connection;
    };
    std::vector<Process> m_processes;
};

} // namespace bulkhead
