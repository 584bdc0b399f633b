// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/tab_list.h"

#include <algorithm>

namespace bulkhead {

namespace {
constexpr std::size_t MaxClosed = 30;
}

TabList::TabList(Fetcher &fetcher, PageProcessPool &renderers, QObject *parent)
    : QObject(parent), m_fetcher(fetcher), m_renderers(renderers), m_discarder(*this, renderers)
{
}

TabList::~TabList() = default;

int TabList::indexOf(const Tab *tab) const
{
    const auto it = std::find_if(m_tabs.begin(), m_tabs.end(), [tab](const auto &owned) { return owned.get() == tab; });
    return it == m_tabs.end() ? -1 : int(it - m_tabs.begin());
}

Tab *TabList::byId(quint32 id) const
{
    const auto it = std::find_if(m_tabs.begin(), m_tabs.end(), [id](const auto &tab) { return tab->id() == id; });
    return it == m_tabs.end() ? nullptr : it->get();
}

Tab *TabList::insert(int index, Activation activation)
{
    auto owned = std::make_unique<Tab>(m_nextId++, m_fetcher, m_renderers);
    Tab *tab = owned.get();
    if (index < 0 || index > count())
        index = count();
    m_tabs.insert(m_tabs.begin() + index, std::move(owned));
    if (m_active >= index)
        ++m_active;
    connect(tab, &Tab::newTabRequested, this, &TabList::openFor);
    Q_EMIT tabInserted(index, tab);
    if (activation == Activation::Foreground || m_active < 0)
        activate(index);
    return tab;
}

/// A page of @p opener wants a tab.
void TabList::openFor(const LinkRequest &request, const Tab *opener)
{
    const Site &site = request.initiator.site();
    // More are refused with a sentence at the opener.
    if (!m_openedTabs.mayOpen(site)) {
        Q_EMIT byId(opener->id())
            ->refused(tr("Pages of this site have opened %1 tabs. Close some of them to let it open more.")
                          .arg(OpenedTabs::MostOfOneSite));
        return;
    }
    const bool behind = request.target == LinkTarget::NewBackgroundTab;
    Tab *opened =
        insert(indexOf(opener) + 1 + m_openedBeside, behind ? Activation::Background : Activation::Foreground);
    m_openedBeside = behind ? m_openedBeside + 1 : 0;
    m_openedTabs.note(opened->id(), site);
    opened->open(request);
}

Tab *TabList::open(const LinkRequest &request, Activation activation, int index)
{
    Tab *tab = insert(index, activation);
    tab->open(request);
    return tab;
}

Tab *TabList::duplicate(const Tab *tab)
{
    Tab *copy = insert(indexOf(tab) + 1, Activation::Foreground);
    if (!tab->history().isEmpty()) {
        copy->restore(tab->history());
        copy->reload();
    }
    return copy;
}

void TabList::close(Tab *tab)
{
    const int index = indexOf(tab);
    if (index < 0)
        return;
    m_openedTabs.forget(tab->id());
    if (!tab->history().isEmpty()) {
        m_closed.push_back({tab->history(), index});
        if (m_closed.size() > MaxClosed)
            m_closed.erase(m_closed.begin());
    }
    std::unique_ptr<Tab> owned = std::move(m_tabs[std::size_t(index)]);
    m_tabs.erase(m_tabs.begin() + index);
    const bool wasActive = index == m_active;
    if (wasActive)
        m_active = -1;
    else if (index < m_active)
        --m_active;
    Q_EMIT tabRemoved(index, tab);
    if (m_tabs.empty())
        Q_EMIT lastTabClosed();
    else if (wasActive)
        activate(std::min(index, count() - 1));
    // Later: this may have been asked for inside one of its signals.
    owned->setVisible(false);
    owned.release()->deleteLater();
}

void TabList::activate(int index)
{
    if (index < 0 || index >= count() || index == m_active)
        return;
    m_active = index;
    m_openedBeside = 0;
    Q_EMIT activeChanged(active());
}

void TabList::move(int from, int to)
{
    if (from == to || from < 0 || to < 0 || from >= count() || to >= count())
        return;
    Tab *current = active();
    std::unique_ptr<Tab> owned = std::move(m_tabs[std::size_t(from)]);
    m_tabs.erase(m_tabs.begin() + from);
    m_tabs.insert(m_tabs.begin() + to, std::move(owned));
    m_active = indexOf(current);
    Q_EMIT tabMoved(from, to);
}

Tab *TabList::reopen()
{
    if (m_closed.empty())
        return nullptr;
    Closed closed = std::move(m_closed.back());
    m_closed.pop_back();
    Tab *tab = insert(std::min(closed.index, count()), Activation::Foreground);
    tab->restore(std::move(closed.history));
    tab->reload();
    return tab;
}

} // namespace bulkhead
