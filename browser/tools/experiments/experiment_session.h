// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/context/browser_context.h"
#include "browser/pages/tabs/tab_list.h"
#include "browser/tools/experiments/experiment_file.h"

#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace bulkhead {

class PageProcess;

/// The page of a set-up's `tab`, made in @p folder if it has no address of its own.
QUrl makeLabPage(const ExperimentStep &tab, const QString &folder, quint32 seed);

/// A browser process's parts without its window, for one run of an experiment: its own zygote, processes and tabs, and
/// the pages that the set-up asks for, as files in a folder that goes with it. All tabs count as visible. Main thread.
class ExperimentSession
{
public:
    /// Whether the processes' memory can be measured (PSS) by any user, for which one layer is left out of their
    /// sandboxes.
    enum class Measurable { No, Yes };

    /// @p seed varies the pages. @p setup decides tabs and, unless @p model or @p plugins are given, the process
    /// models.
    ExperimentSession(const QString &childProgram, const QList<ExperimentStep> &setup, quint32 seed,
                      std::optional<ProcessModel> model = {}, Measurable measurable = Measurable::No,
                      std::optional<PluginProcessModel> plugins = {});
    ~ExperimentSession();

    /// Opens the tabs and waits for them; false when one did not come.
    bool open();
    /// As the person who carries the experiment out would.
    void go(Tab &tab, const QUrl &url) { tab.navigate(url, Initiator::person(PersonsWord())); }

    QStringList tabNames() const { return m_names; }
    Tab *tab(const QString &name) const;
    QUrl urlOf(const QString &name) const { return m_urls.value(name); }
    /// The process behind a tab; null when there is none.
    PageProcess *hostOf(const QString &name) const;
    /// Processes that hold pages.
    std::vector<PageProcess *> usedHosts() const;
    PageProcessPool &pool() { return m_context->renderers(); }
    const TabList &tabs() const { return *m_tabs; }
    BrowserContext &context() { return *m_context; }
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
    std::unique_ptr<BrowserContext> m_context; ///< with plugins only when the set-up has boxes
    std::unique_ptr<TabList> m_tabs;
    QMap<QString, int> m_boxes; ///< how many, by tab
};

} // namespace bulkhead
