// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/bulkhead/remote_control.h"
#include "app/programs/bulkhead/signal_watcher.h"
#include "app/programs/command_lines/command_line.h"
#include "browser/desktop/crashes/crash_reporter.h"
#include "browser/desktop/headless/headless_tabs.h"
#include "browser/desktop/metrics/app_metrics.h"
#include "browser/desktop/session/session_restorer.h"
#include "browser/desktop/settings/settings.h"
#include "browser/desktop/trace/tracer.h"
#include "browser/desktop/window/main_window.h"
#include "browser/desktop/window/profile_notices.h"
#include "browser/host/processes/loop_watchdog.h"
#include "browser/lab/kit/lab_context.h"
#include "browser/pages/context/browser_context.h"
#include "browser/pages/tabs/tab_list.h"
#include "browser/tools/cages/sandbox_check.h"
#include "browser/tools/cages/sandbox_page.h"
#include "browser/tools/docks/inspect_docks.h"
#include "browser/tools/experiments/experiment_pages.h"
#include "browser/tools/model/process_list.h"
#include "browser/tools/traffic/traffic_log.h"

#include <QObject>

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
    InternalPages internalPages();
    void makeContext();
    void onChildrenReady(const wire::ZygoteReady &ready);
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
    void openSettings();
    QStringList profileNotices() const;
    InternalPages::Values versionValues() const;

    CommandLine m_line;
    LoopWatchdog &m_loop;
    QList<QUrl> m_urls;
    QString m_dataFolder;
    SignalWatcher m_signals;
    std::unique_ptr<CrashStore> m_crashes;
    InternalActs m_acts;
    std::unique_ptr<BrowserContext> m_context;
    std::unique_ptr<SandboxPage> m_sandboxPage;
    std::unique_ptr<ExperimentPages> m_experiments;
    std::unique_ptr<LabContext> m_lab;
    std::unique_ptr<SandboxCheck> m_sandboxCheck;
    std::optional<wire::ZygoteReady> m_zygoteReady; ///< what the machine allows, once known
    std::unique_ptr<CrashReporter> m_crashReporter;
    std::unique_ptr<Tracer> m_tracer;
    std::unique_ptr<Tab> m_headlessTab;
    std::unique_ptr<HeadlessRun> m_headlessRun;
    std::unique_ptr<Settings> m_settings;
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
    std::unique_ptr<ProfileNotices> m_notices;
    std::unique_ptr<InspectDocks> m_docks;
    std::unique_ptr<RemoteControl> m_control; ///< last: refers to all of them
};

} // namespace bulkhead
