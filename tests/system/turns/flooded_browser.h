// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/library/download_manager.h"
#include "browser/desktop/library/history.h"
#include "browser/desktop/settings/settings.h"
#include "browser/desktop/trace/tracer.h"
#include "browser/desktop/window/main_window.h"
#include "browser/pages/context/browser_context.h"
#include "browser/pages/tabs/tab_list.h"
#include "tests/support/loopback_server.h"
#include "tests/system/decisions/scene_plugin.h"

#include <QTemporaryDir>

#include <memory>
#include <optional>
#include <vector>

namespace bulkhead {

/// Starts flooding_renderer for whatever is to be started.
class FloodLauncher : public ChildLauncher
{
public:
    explicit FloodLauncher(const QByteArray &what) : m_what(what) {}
    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override;

private:
    const QByteArray m_what;
};

/// The browser without its main program: window, tabs, history, disk, plugins; only the processes of the pages are not
/// the real ones, for each floods it with one kind of message. Main thread.
class FloodedBrowser
{
public:
    static constexpr int Sites = 6;

    /// A name that begins with "plugin." is what the processes of a plugin say, instead of those of pages.
    explicit FloodedBrowser(const QByteArray &what);
    ~FloodedBrowser();

    /// Opens a page of each site and returns when the first is on screen: its first painting, with its fonts, is no
    /// flood. False when it does not come.
    bool openAll();
    /// Asks all pages again for what only comes as an answer, where the last answer has come.
    void ask();

    /// Of all its processes, those that are gone, too.
    std::uint64_t messages() const;
    /// Why the first that ended did; empty while all are there.
    QString firstEnd() const;
    /// Tabs whose page is there.
    int alive() const;
    quint64 answers() const { return m_answers; }

private:
    QString site(int number, const char *name) const;
    void ask(Tab *tab);

    QTemporaryDir m_folder;
    std::vector<std::unique_ptr<LoopbackServer>> m_servers; ///< of the plugin's documents
    const QByteArray m_what;
    FloodLauncher m_launcher;
    BrowserContext m_context;
    PageProcessPool &m_pool = m_context.renderers();
    std::optional<ScenePlugin> m_plugin;
    TabList m_tabs{m_context.fetcher(), m_pool};
    DownloadManager m_downloads{m_context.fetcher()};
    History m_history{m_folder.path()};
    Settings m_settings{{m_folder.filePath(QStringLiteral("settings.json")), {}}};
    MainWindow m_window{m_tabs, m_downloads, m_history, m_settings};
    Tracer m_tracer{m_pool};
    QSet<const Tab *> m_asked;
    quint64 m_answers = 0;
    std::uint64_t m_ofEnded = 0;
};

} // namespace bulkhead
