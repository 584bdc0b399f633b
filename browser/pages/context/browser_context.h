// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/exec_launcher.h"
#include "browser/host/processes/zygote_launcher.h"
#include "browser/pages/network/profile_fetcher.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/plugins/plugin_hosts.h"
#include "browser/pages/plugins/plugin_permissions.h"
#include "browser/pages/plugins/plugin_registry.h"
#include "browser/pages/plugins/plugin_services.h"

#include <QObject>

#include <memory>
#include <optional>

namespace bulkhead {

/// What pages come from: who starts their processes, who holds these, who fetches for them, and the plugins with what
/// the person allowed them. The window, runs without one, experiments, trials of plugins and tests have one each and
/// make tabs of it; they differ in the options only. Tabs and whatever else uses it go first. Main thread.
class BrowserContext : public QObject
{
    Q_OBJECT
public:
    enum class Start {
        Zygote, ///< processes are forked from one that has everything loaded
        Exec,   ///< each is a program started anew
    };
    struct Options
    {
        SandboxUse sandbox = SandboxUse::On;
        Start start = Start::Zygote;
        PageProcessPool::Options renderers;
        ProfileSettings profile;
        InternalPages pages; ///< about:, asked when one is opened
    };

    /// The plugins, of which nothing is there until it is asked for.
    struct Plugins
    {
        Plugins(Fetcher &fetcher, PageProcessPool &renderers, const QString &dataFolder, const QStringList &folders,
                PluginHosts::Options options);

        PluginRegistry registry;
        PluginPermissions permissions; ///< without an asker nothing is allowed
        PluginServices services;
        PluginHosts hosts;
    };

    /// Children are processes of @p childProgram; the zygote starts now.
    BrowserContext(const QString &childProgram, Options options);
    /// Children are whatever @p children makes of them; it outlives the context.
    BrowserContext(ChildLauncher &children, Options options);
    ~BrowserContext() override;

    /// Looks for plugins in @p folders, the first of the same id being the one, and lets them show documents. Their
    /// processes are started as those of pages are, whatever @p options says of that. Once.
    Plugins &addPlugins(const QStringList &folders, PluginHosts::Options options);

    ChildLauncher &children() const { return *m_children; }
    /// The fork server's process; 0 while there is none.
    qint64 zygotePid() const { return m_zygote ? m_zygote->pid() : 0; }
    PageProcessPool &renderers() { return *m_renderers; }
    ProfileFetcher &fetcher() { return *m_fetcher; }
    /// Null until addPlugins().
    Plugins *plugins() const { return m_plugins.get(); }

Q_SIGNALS:
    /// What this machine allows, as a program that was started for children found out. Said again by each.
    void childrenReady(const bulkhead::wire::ZygoteReady &ready);

private:
    void wire(Options options);

    const SandboxUse m_sandbox;
    const Start m_start;
    const QString m_dataFolder;
    // In the order in which they depend on each other.
    std::unique_ptr<ExecLauncher> m_exec;
    std::unique_ptr<ZygoteLauncher> m_zygote;
    ChildLauncher *m_children = nullptr;
    std::unique_ptr<ProfileFetcher> m_fetcher;
    std::unique_ptr<PageProcessPool> m_renderers;
    std::unique_ptr<Plugins> m_plugins;
};

} // namespace bulkhead
