// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/tab_discarder.h"

#include "browser/host/processes/log.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/tabs/tab_list.h"

#include <QPointer>

#include <algorithm>
#include <tuple>

namespace bulkhead {

TabDiscarder::TabDiscarder(TabList &tabs, PageProcessPool &renderers) : m_tabs(tabs), m_renderers(renderers)
{
    m_renderers.processBudget().addGiver(this);
    connect(&m_tabs, &TabList::tabInserted, this, [this](int, Tab *tab) {
        // In the next turn: this is inside of what a page does.
        connect(
            tab, &Tab::processChanged, this,
            [this, tab = QPointer(tab)] {
                const auto site = tab && !tab->isVisible() ? tab->site() : std::nullopt;
                if (site)
                    keepCeiling(*site);
            },
            Qt::QueuedConnection);
    });
}

TabDiscarder::~TabDiscarder()
{
    m_renderers.processBudget().removeGiver(this);
}

bool TabDiscarder::isDiscardable(const Tab &tab) const
{
    return &tab != m_tabs.active() && tab.isDiscardable();
}

std::vector<Tab *> TabDiscarder::discardableIn(const PageProcess &host) const
{
    std::vector<Tab *> found;
    for (int i = 0; i < m_tabs.count(); ++i) {
        Tab *tab = m_tabs.at(i);
        if (!tab->holdsPageIn(&host))
            continue;
        if (!isDiscardable(*tab))
            return {};
        found.push_back(tab);
    }
    return found.size() == host.pages().size() ? found : std::vector<Tab *>();
}

bool TabDiscarder::giveBack(const std::function<bool(const PageProcess &)> &wanted)
{
    // Least missed first: not what still loads, then what was not seen for longest.
    using Missed = std::tuple<bool, Tab::Clock::time_point>;
    std::optional<Missed> least;
    std::vector<Tab *> chosen;
    for (const PageProcess *host : m_renderers.hosts()) {
        if (host->kind() != ChildKind::Renderer || !host->isUsable() || host->pages().empty() || !wanted(*host))
            continue;
        const std::vector<Tab *> tabs = discardableIn(*host);
        Missed missed{false, {}};
        for (const Tab *tab : tabs)
            missed = std::max(missed, Missed(tab->loadState() != LoadState::Idle, tab->lastSeen()));
        if (!tabs.empty() && (!least || missed < *least)) {
            least = missed;
            chosen = tabs;
        }
    }
    for (Tab *tab : chosen) {
        log::info(tr("%1 is discarded to save memory").arg(tab->siteKey()));
        tab->discard();
    }
    return !chosen.empty();
}

void TabDiscarder::keepCeiling(const Site &site)
{
    const QString domain = ProcessBudget::domainOf(site);
    std::vector<Tab *> hidden;
    for (int i = 0; i < m_tabs.count(); ++i) {
        Tab *tab = m_tabs.at(i);
        const auto its = tab->site();
        if (its && isDiscardable(*tab) && tab->rendererPid() > 0 && ProcessBudget::domainOf(*its) == domain)
            hidden.push_back(tab);
    }
    std::stable_sort(hidden.begin(), hidden.end(),
                     [](const Tab *a, const Tab *b) { return a->lastSeen() < b->lastSeen(); });
    for (std::size_t i = 0; i + MostHiddenOfOneDomain < hidden.size(); ++i)
        hidden[i]->discard();
}

} // namespace bulkhead
