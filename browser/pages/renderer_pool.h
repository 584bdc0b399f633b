// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/site.h"
#include "browser/processes/child_launcher.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

namespace bulkhead {

class DocumentViewers;
class RendererHost;

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
class RendererPool : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        ProcessModel model = ProcessModel::PerSite;
        /// Above this many processes sites of the same scheme share; never file: with the network.
        int softLimit = 24;
        quint64 memoryLimit = quint64(1) << 30; ///< bytes of private memory, 0 for none
        bool keepSpare = true;
        std::chrono::seconds taskLimit{10}; ///< processor time of one piece of work; layout of the largest documents that
                                            ///< the page limits let through takes a second or two on a slow machine
        quint32 threadLimit = 64;           ///< where the kernel can count them for one process alone
        /// How long a visible page may leave something unanswered; 0 for ever.
        std::chrono::milliseconds hangLimit{5000};
        bool measurable = false; ///< anybody who may signal them may also read their memory, as measuring it needs; for
                                 ///< experiments, whose pages are the app's own
    };

    /// @p launcher outlives the pool.
    RendererPool(ChildLauncher &launcher, const Options &options, QObject *parent = nullptr);
    ~RendererPool() override;

    /// The process for a page of @p site: running, starting, or the spare. @p current is the tab's process so far, if
    /// any.
    RendererHost *hostFor(const Site &site, RendererHost *current);
    /// A process for nobody yet, so that the next navigation need not wait.
    void warmUp();

    /// Who shows documents that renderers do not; null for nobody. Outlives the pool or takes itself away.
    void setViewers(DocumentViewers *viewers) { m_viewers = viewers; }
    DocumentViewers *viewers() const { return m_viewers; }
    /// A process that is not for sites: it counts and is watched as the others are, but gets pages only from whoever made it.
    /// To be started by startHost().
    RendererHost *newHost(const QString &kind, std::chrono::milliseconds hangLimit);
    void startHost(RendererHost *host, ChildLauncher &launcher, const wire::SandboxLimits &limits);

    /// Running and starting ones, the spare among them.
    std::vector<RendererHost *> hosts() const;
    const Options &options() const { return m_options; }

Q_SIGNALS:
    void hostAdded(bulkhead::RendererHost *host);
    void hostGone(bulkhead::RendererHost *host);

private:
    RendererHost *takeSpareOrStart(const Site &site);
    RendererHost *startHost();
    void add(std::unique_ptr<RendererHost> host);
    RendererHost *hostToShare(const Site &site) const;
    void remove(RendererHost *host);

    ChildLauncher &m_launcher;
    Options m_options;
    std::vector<std::unique_ptr<RendererHost>> m_hosts;
    RendererHost *m_spare = nullptr;
    DocumentViewers *m_viewers = nullptr;
    quint32 m_nextId = 1;
    int m_startFailures = 0;
};

} // namespace bulkhead
