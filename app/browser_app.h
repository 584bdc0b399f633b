// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/command_line.h"
#include "app/signal_watcher.h"
#include "browser/loading/profile_fetcher.h"
#include "browser/processes/exec_launcher.h"
#include "browser/processes/zygote_launcher.h"
#include "browser/sandbox/sandbox_check.h"
#include "browser/sandbox/sandbox_page.h"
#include "browser/tabs/tab_list.h"
#include "browser/window/main_window.h"

#include <QObject>
#include <QSettings>

#include <memory>

namespace bulkhead {

/// All parts of the browser process, wired, in the order in which they depend on each other. Main thread.
class BrowserApp : public QObject
{
    Q_OBJECT
public:
    explicit BrowserApp(const CommandLine &line);
    ~BrowserApp() override;

    /// Checks what the command line asks for against the machine: a sentence when it cannot be done.
    Result<void> prepare();
    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void startHeadless();
    void startWindow();
    void startSandboxCheck();
    void showSandboxState();
    InternalPages::Values versionValues() const;

    CommandLine m_line;
    QList<QUrl> m_urls;
    QString m_dataFolder;
    SignalWatcher m_signals;
    std::unique_ptr<ProfileFetcher> m_fetcher;
    std::unique_ptr<ExecLauncher> m_execLauncher;
    std::unique_ptr<ZygoteLauncher> m_zygoteLauncher;
    std::unique_ptr<RendererPool> m_renderers;
    std::unique_ptr<SandboxPage> m_sandboxPage;
    std::unique_ptr<SandboxCheck> m_sandboxCheck;
    std::optional<wire::ZygoteReady> m_zygoteReady; ///< what the machine allows, once known
    std::unique_ptr<Tab> m_headlessTab;
    std::unique_ptr<HeadlessRun> m_headlessRun;
    std::unique_ptr<QSettings> m_settings;
    std::unique_ptr<History> m_history;
    std::unique_ptr<DownloadManager> m_downloads;
    std::unique_ptr<TabList> m_tabs;
    std::unique_ptr<MainWindow> m_window;
};

}  // namespace bulkhead
