// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/process_budget.h"

#include "browser/host/processes/log.h"
#include "browser/pages/page_processes/page_process.h"

#include <QScopedValueRollback>

#include <algorithm>

namespace bulkhead {

namespace {

/// Pages become hidden without anybody telling: waiting ones look again by themselves.
constexpr std::chrono::milliseconds LookAgain{250};

bool isOfDomain(const PageProcess &host, const QString &domain)
{
    return std::any_of(host.sites().begin(), host.sites().end(),
                       [&domain](const Site &site) { return ProcessBudget::domainOf(site) == domain; });
}

/// Its last page is closed: it is on its way out.
bool isEnding(const PageProcess &host)
{
    return host.pages().empty() || !host.isUsable();
}

} // namespace

HostRequest::HostRequest(Site site, PageProcess *current, std::function<void(HostAnswer)> done)
    : m_site(std::move(site)), m_current(current), m_done(std::move(done))
{
    m_waiting.start();
}

HostRequest::~HostRequest() = default;

PageProcess *HostRequest::current() const
{
    return static_cast<PageProcess *>(m_current.data());
}

ProcessBudget::ProcessBudget(Limits limits, Running running, Provide provide)
    : m_limits(limits), m_running(std::move(running)), m_provide(std::move(provide))
{
    m_again.setInterval(LookAgain);
    connect(&m_again, &QTimer::timeout, this, &ProcessBudget::retry);
}

ProcessBudget::~ProcessBudget() = default;

QString ProcessBudget::domainOf(const Site &site)
{
    const bool network = site.scheme() == u"http" || site.scheme() == u"https";
    return network ? QUrl(site.key()).host() : site.key();
}

ProcessBudget::Shortage ProcessBudget::shortage(const Site &site, const PageProcess *current) const
{
    if (site.scheme() == u"about") // how the person gets out of it
        return Shortage::None;
    const QString domain = domainOf(site);
    int all = 0, ofDomain = 0;
    for (const PageProcess *host : m_running()) {
        // The page on screen makes room for the new one, and its process for the new process.
        if (host == current && host->pages().size() <= 1)
            continue;
        ++all;
        ofDomain += isOfDomain(*host, domain);
    }
    if (ofDomain >= m_limits.ofOneDomain)
        return Shortage::OfDomain;
    return all >= m_limits.processes ? Shortage::OfAll : Shortage::None;
}

std::unique_ptr<HostRequest> ProcessBudget::request(const Site &site, PageProcess *current,
                                                    std::function<void(HostAnswer)> done)
{
    const Shortage shortage = this->shortage(site, current);
    if (PageProcess *host = m_provide(site, current, shortage == Shortage::None)) {
        done(host);
        return nullptr;
    }
    auto request = std::make_unique<HostRequest>(site, current, std::move(done));
    request->m_sentence = waitSentence(site, shortage);
    log::info(tr("%1 waits for a process").arg(site.key()));
    m_queue.push_back(request.get());
    connect(request.get(), &QObject::destroyed, this, [this](QObject *gone) {
        std::erase_if(m_queue, [gone](const HostRequest *waiting) { return waiting == gone; });
        if (m_queue.empty())
            m_again.stop();
    });
    m_again.start();
    makeRoom(*request, shortage);
    return request;
}

void ProcessBudget::makeRoom(const HostRequest &request, Shortage shortage)
{
    const QString domain = domainOf(request.site());
    const auto isWanted = [&](const PageProcess &host) {
        return shortage == Shortage::OfAll || isOfDomain(host, domain);
    };
    // What is ending already is room for as many as wait.
    const auto running = m_running();
    const auto ending = std::count_if(running.begin(), running.end(), [&](const PageProcess *host) {
        return host != request.current() && isEnding(*host) && isWanted(*host);
    });
    const auto waiting = std::count_if(m_queue.begin(), m_queue.end(), [&](const HostRequest *other) {
        return shortage == Shortage::OfAll || domainOf(other->site()) == domain;
    });
    if (ending >= waiting)
        return;
    // Who has most gives first, whoever asks: a domain that opens many pages pays for them itself.
    for (ProcessGiver *giver : m_givers) {
        if (giver->giveBack([&](const PageProcess &host) { return isOfDomain(host, domain); }))
            return;
    }
    if (shortage == Shortage::OfDomain)
        return;
    for (ProcessGiver *giver : m_givers) {
        if (giver->giveBack(isWanted))
            return;
    }
}

void ProcessBudget::retry()
{
    if (m_isRetrying)
        return;
    const QScopedValueRollback guard(m_isRetrying, true);
    for (HostRequest *request : std::vector<HostRequest *>(m_queue)) {
        // An answer may take others out of the queue.
        if (std::find(m_queue.begin(), m_queue.end(), request) == m_queue.end())
            continue;
        const Shortage shortage = this->shortage(request->site(), request->current());
        PageProcess *host = m_provide(request->site(), request->current(), shortage == Shortage::None);
        const bool isOver = !host && request->m_waiting.elapsed() >= m_limits.patience.count();
        if (!host && !isOver) {
            makeRoom(*request, shortage);
            continue;
        }
        std::erase(m_queue, request);
        const auto done = std::exchange(request->m_done, nullptr); // which may delete the request
        if (host)
            done(host);
        else
            done(tl::unexpected(refusal(request->site(), shortage)));
    }
    if (m_queue.empty())
        m_again.stop();
}

QString ProcessBudget::waitSentence(const Site &site, Shortage shortage) const
{
    if (shortage == Shortage::OfDomain)
        return tr("Waiting for a process: %1 has %2 already, as many as one site may have. Close some of its tabs to "
                  "go on.")
            .arg(domainOf(site))
            .arg(m_limits.ofOneDomain);
    return tr("Waiting for a process: %1 sites are open, as many as may be at once. Close a tab to go on.")
        .arg(m_limits.processes);
}

FetchError ProcessBudget::refusal(const Site &site, Shortage shortage) const
{
    FetchError error;
    error.kind = FetchErrorKind::Internal;
    if (shortage == Shortage::OfDomain)
        error.message = tr("%1 has %2 processes, as many as one site may have. Close some of its tabs, then try again.")
                            .arg(domainOf(site))
                            .arg(m_limits.ofOneDomain);
    else
        error.message = tr("There is no process left for this page: %1 sites are open, as many as may be at once. "
                           "Close some tabs, then "
                           "try again, or start Bulkhead with a larger --renderer-limit.")
                            .arg(m_limits.processes);
    error.detail = QStringLiteral("renderer-limit");
    return error;
}

} // namespace bulkhead
