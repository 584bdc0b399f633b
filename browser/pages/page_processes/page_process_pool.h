// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_launcher.h"
#include "browser/pages/fetch/site.h"
#include "browser/pages/page_processes/child_kind.h"
#include "browser/pages/page_processes/process_budget.h"
#include "browser/pages/page_processes/site_budget.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace bulkhead {

class DocumentViewers;
class PageProcess;

enum class ProcessModel {
    PerSite, ///< one process for all pages of a site
    PerTab,  ///< one for every tab and site
    Single,  ///< one for everything: for comparison, not for use
};

/// "per-site", "per-tab", "single"
std::optional<ProcessModel> processModelFromName(const QString &name);
QString processModelName(ProcessModel model);

/// Which renderer process holds which pages: gives a navigation the process that fits its site and model, keeps one
/// spare process warm, and ends those that are no longer used. Main thread.
class PageProcessPool : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        ProcessModel model = ProcessModel::PerSite;
        /// Renderers that there may be. Beyond it hidden pages are closed, then navigations wait, then they are
        /// refused.
        int softLimit = 24;
        quint64 memoryLimit = quint64(1) << 30; ///< bytes of private memory, 0 for none
        bool keepSpare = true;
        std::chrono::seconds taskLimit{
            10};                  ///< processor time of one piece of work; layout of the largest documents that
                                  ///< the page limits let through takes a second or two on a slow machine
        quint32 threadLimit = 64; ///< where the kernel can count them for one process alone
        /// How long a visible page may leave something unanswered; 0 for ever.
        std::chrono::milliseconds hangLimit{5000};
        bool measurable = false; ///< anybody who may signal them may also read their memory, as measuring it needs; for
                                 ///< experiments, whose pages are the app's own
        std::chrono::milliseconds patience{20000}; ///< how long a page waits for a process before it is refused
    };

    /// @p launcher outlives the pool.
    PageProcessPool(ChildLauncher &launcher, const Options &options, QObject *parent = nullptr);
    ~PageProcessPool() override;

    /// The process for a page of @p site: running, starting, or the spare. @p current is the tab's process so far, if
    /// any. Calls @p done now and returns null, or, when there are too many, later, while the returned object lives.
    std::unique_ptr<HostRequest> requestHost(const Site &site, PageProcess *current,
                                             std::function<void(HostAnswer)> done)
    {
        return m_processBudget.request(site, current, std::move(done));
    }
    /// The limits, who can make room below them, and who waits.
    ProcessBudget &processBudget() { return m_processBudget; }
    /// A process for nobody yet, so that the next navigation need not wait.
    void warmUp();

    /// Who shows documents that renderers do not; null for nobody. Outlives the pool or takes itself away.
    void setViewers(DocumentViewers *viewers) { m_viewers = viewers; }
    DocumentViewers *viewers() const { return m_viewers; }
    /// A process that is not for sites: it counts and is watched as the others are, but gets pages only from whoever
    /// made it. To be started by startHost().
    PageProcess *newHost(ChildKind kind, const QString &name, std::chrono::milliseconds hangLimit);
    void startHost(PageProcess *host, ChildLauncher &launcher, ChildStart start);

    /// Running and starting ones, the spare among them.
    std::vector<PageProcess *> hosts() const;
    const Options &options() const { return m_options; }
    /// What sites cost this process.
    SiteBudget &budget() { return m_budget; }

Q_SIGNALS:
    void hostAdded(bulkhead::PageProcess *host);
    void hostGone(bulkhead::PageProcess *host);

private:
    std::vector<PageProcess *> running() const;
    /// Null when it takes a new process and @p mayStart is false.
    PageProcess *hostNow(const Site &site, PageProcess *current, bool mayStart);
    PageProcess *takeSpareOrStart(const Site &site);
    PageProcess *startHost();
    void add(std::unique_ptr<PageProcess> host);
    void remove(PageProcess *host);
    void endOverdrawn(const Site &site);

    ChildLauncher &m_launcher;
    Options m_options;
    SiteBudget m_budget;
    ReadShares m_shares;
    std::vector<std::unique_ptr<PageProcess>> m_hosts;
    PageProcess *m_spare = nullptr;
    DocumentViewers *m_viewers = nullptr;
    quint32 m_nextId = 1;
    int m_startFailures = 0;
    ProcessBudget m_processBudget;
};

} // namespace bulkhead
