// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/experiments/lab_file.h"
#include "browser/loading/profile_fetcher.h"
#include "browser/pages/renderer_pool.h"
#include "browser/plugins/plugin_hosts.h"
#include "browser/processes/exec_launcher.h"
#include "browser/processes/zygote_launcher.h"
#include "browser/tabs/tab_list.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace bulkhead {

class RendererHost;

/// The page of a set-up's `tab`, made in @p folder if it has no address of its own.
QUrl makeLabPage(const LabStep &tab, const QString &folder, quint32 seed);

/// A browser process's parts without its window, for one run of an experiment: its own zygote, processes and tabs, and
/// the pages that the set-up asks for, as files in a folder that goes with it. All tabs count as visible. Main thread.
class LabSession
{
public:
    /// Whether the processes' memory can be measured (PSS) by any user, for which one layer is left out of their sandboxes.
    enum class Measurable { No, Yes };

    /// @p seed varies the pages. @p setup decides tabs and, unless @p model is given, the process model.
    LabSession(const QString &childProgram, const QList<LabStep> &setup, quint32 seed,
               std::optional<ProcessModel> model = {}, Measurable measurable = Measurable::No);
    ~LabSession();

    /// Opens the tabs and waits for them; false when one did not come.
    bool open();

    QStringList tabNames() const { return m_names; }
    Tab *tab(const QString &name) const;
    QUrl urlOf(const QString &name) const { return m_urls.value(name); }
    /// The process behind a tab; null when there is none.
    RendererHost *hostOf(const QString &name) const;
    /// Processes that hold pages.
    std::vector<RendererHost *> usedHosts() const;
    RendererPool &pool() { return *m_pool; }
    const TabList &tabs() const { return *m_tabs; }
    ZygoteLauncher &zygote() { return *m_zygote; }
    ExecLauncher &exec() { return *m_exec; }
    bool isLoaded(const QString &name) const;

    /// Runs the event loop until @p condition holds; false when it does not in that time.
    static bool waitFor(const std::function<bool()> &condition,
                        std::chrono::milliseconds most = std::chrono::seconds(30));

    /// Told of everything that happens to processes: "process 4711 ended: signal 9 SIGKILL".
    std::function<void(const QString &)> happened;

private:
    QTemporaryDir m_folder;
    QStringList m_names;
    QMap<QString, QUrl> m_urls;
    QMap<QString, quint32> m_ids;
    std::unique_ptr<ExecLauncher> m_exec;
    std::unique_ptr<ZygoteLauncher> m_zygote;
    std::unique_ptr<ProfileFetcher> m_fetcher;
    std::unique_ptr<RendererPool> m_pool;
    std::unique_ptr<PluginRegistry> m_plugins; ///< these two only when the set-up has boxes
    std::unique_ptr<PluginHosts> m_pluginHosts;
    std::unique_ptr<TabList> m_tabs;
    QMap<QString, int> m_boxes; ///< how many, by tab
};

} // namespace bulkhead
