// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch_error.h"
#include "browser/pages/fetch/site.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <tl/expected.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <vector>

namespace bulkhead {

class PageProcess;

/// Who can give processes back when there are too many, by closing pages that nobody sees. Main thread.
class ProcessGiver
{
public:
    /// Closes what the least missed process holds, of those that @p wanted takes, so that it ends soon; false when
    /// there is none.
    virtual bool giveBack(const std::function<bool(const PageProcess &)> &wanted) = 0;

protected:
    ~ProcessGiver() = default;
};

/// The process for a page, or why there is none.
using HostAnswer = tl::expected<PageProcess *, FetchError>;

/// A page that waits for its process. Deleting it gives the place in the queue up. Main thread.
class HostRequest : public QObject
{
    Q_OBJECT
public:
    HostRequest(Site site, PageProcess *current, std::function<void(HostAnswer)> done);
    ~HostRequest() override;

    const Site &site() const { return m_site; }
    /// The process that it would take the place of; may be null.
    PageProcess *current() const;
    /// What it waits for, for the person.
    const QString &sentence() const { return m_sentence; }

private:
    friend class ProcessBudget;

    Site m_site;
    QPointer<QObject> m_current;
    std::function<void(HostAnswer)> m_done;
    QElapsedTimer m_waiting;
    QString m_sentence;
};

/// How many renderers there may be, at all and of one domain. A limit never makes sites share a process: it has hidden
/// pages closed, the domain's own first; then navigations wait; then they are refused. The app's own pages are not
/// limited. Part of PageProcessPool. Main thread.
class ProcessBudget : public QObject
{
    Q_OBJECT
public:
    struct Limits
    {
        int processes;
        int ofOneDomain;
        std::chrono::milliseconds patience; ///< how long a page waits before it is refused
    };
    /// What the pool tells it. @p running: all renderers there are but the spare one.
    using Running = std::function<std::vector<PageProcess *>()>;
    /// Gives a request its process, now; null when there would have to be a new one and @p mayStart is false.
    using Provide = std::function<PageProcess *(const Site &, PageProcess *current, bool mayStart)>;

    ProcessBudget(Limits limits, Running running, Provide provide);
    ~ProcessBudget() override;

    void addGiver(ProcessGiver *giver) { m_givers.push_back(giver); }
    void removeGiver(ProcessGiver *giver) { std::erase(m_givers, giver); }

    /// Calls @p done now and returns null, or later, at most once, as long as the returned object lives.
    std::unique_ptr<HostRequest> request(const Site &site, PageProcess *current, std::function<void(HostAnswer)> done);
    /// A process has ended, or a page became hidden: somebody may go on.
    void retry();

    /// Whose business a site is: pages of one host name count together, whatever their scheme and port.
    static QString domainOf(const Site &site);

private:
    enum class Shortage { None, OfAll, OfDomain };
    Shortage shortage(const Site &site, const PageProcess *current) const;
    void makeRoom(const HostRequest &request, Shortage shortage);
    QString waitSentence(const Site &site, Shortage shortage) const;
    FetchError refusal(const Site &site, Shortage shortage) const;

    const Limits m_limits;
    const Running m_running;
    const Provide m_provide;
    std::vector<ProcessGiver *> m_givers;
    std::vector<HostRequest *> m_queue; ///< first come, first served
    QTimer m_again;
    bool m_isRetrying = false;
};

} // namespace bulkhead
