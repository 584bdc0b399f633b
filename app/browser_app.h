// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/command_line.h"
#include "app/remote_control.h"
#include "app/signal_watcher.h"
#include "browser/crashes/crash_reporter.h"
#include "browser/experiments/experiment_pages.h"
#include "browser/headless/headless_tabs.h"
#include "browser/inspect/inspect_docks.h"
#include "browser/inspect/process_list.h"
#include "browser/inspect/traffic_log.h"
#include "browser/lab/lab_context.h"
#include "browser/loading/profile_fetcher.h"
#include "browser/metrics/app_metrics.h"
#include "browser/plugins/plugin_hosts.h"
#include "browser/plugins/plugin_services.h"
#include "browser/processes/exec_launcher.h"
#include "browser/processes/loop_watchdog.h"
#include "browser/processes/zygote_launcher.h"
#include "browser/sandbox/sandbox_check.h"
#include "browser/sandbox/sandbox_page.h"
#include "browser/session/session_restorer.h"
#include "browser/tabs/tab_list.h"
#include "browser/trace/tracer.h"
#include "browser/window/main_window.h"

#include <QObject>
#include <QSettings>

#include <memory>

namespace bulkhead {

class LabView;

/// All parts of the browser process, wired, in the order in which they depend on each other. Main thread.
class BrowserApp : public QObject
{
    Q_OBJECT
public:
    /// @p loop measures this thread's event loop; it outlives the app, which starts it once a page process is ready.
    BrowserApp(const CommandLine &line, LoopWatchdog &loop);
    ~BrowserApp() override;

    /// Checks what the command line asks for against the machine: a sentence when it cannot be done.
    Result<void> prepare();
    /// Makes this app the only one of its profile, or hands its addresses to the one that runs. After prepare().
    Result<RemoteControl::Instance> claimInstance();
    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void startPlugins();
    void connectPluginsToWindow();
    void watchPlugins();
    void startHeadless();
    void startServing();
    ControlledApp controlled();
    void keepSession();
    void offerSession();
    void addControlMethods();
    void startWindow();
    void addTools();
    LabView *labView(const QString &page);
    void startSandboxCheck();
    void showSandboxState();
    InternalPages::Values versionValues() const;

    CommandLine m_line;
    LoopWatchdog &m_loop;
    QList<QUrl> m_urls;
    QString m_dataFolder;
    SignalWatcher m_signals;
    std::unique_ptr<CrashStore> m_crashes;
    std::unique_ptr<ProfileFetcher> m_fetcher;
    std::unique_ptr<ExecLauncher> m_execLauncher;
    std::unique_ptr<ZygoteLauncher> m_zygoteLauncher;
    std::unique_ptr<RendererPool> m_renderers;
    std::unique_ptr<PluginRegistry> m_pluginRegistry;
    std::unique_ptr<PluginPermissions> m_pluginPermissions;
    std::unique_ptr<PluginServices> m_pluginServices;
    std::unique_ptr<PluginHosts> m_pluginHosts;
    std::unique_ptr<SandboxPage> m_sandboxPage;
    std::unique_ptr<ExperimentPages> m_experiments;
    std::unique_ptr<LabContext> m_lab;
    std::unique_ptr<SandboxCheck> m_sandboxCheck;
    std::optional<wire::ZygoteReady> m_zygoteReady; ///< what the machine allows, once known
    std::unique_ptr<CrashReporter> m_crashReporter;
    std::unique_ptr<Tracer> m_tracer;
    std::unique_ptr<Tab> m_headlessTab;
    std::unique_ptr<HeadlessRun> m_headlessRun;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<History> m_history;
    std::unique_ptr<DownloadManager> m_downloads;
    std::unique_ptr<TabList> m_tabs;
    std::unique_ptr<HeadlessTabs> m_headlessTabs;
    std::unique_ptr<AppMetrics> m_metrics;
    std::unique_ptr<SessionKeeper> m_session;
    std::unique_ptr<SessionRestorer> m_restorer;
    std::unique_ptr<ProcessList> m_processes;
    std::unique_ptr<TrafficLog> m_traffic;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<InspectDocks> m_docks;
    std::unique_ptr<RemoteControl> m_control; ///< last: refers to all of them
};

}  // namespace bulkhead
