// SPDX-License-Identifier: BSD-3-Clause
#include "browser/window/visit_recorder.h"

#include "browser/loading/history.h"

namespace bulkhead {

VisitRecorder::VisitRecorder(TabList &tabs, History &history, QObject *parent) : QObject(parent), m_history(history)
{
    connect(&tabs, &TabList::tabInserted, this, [this](int, Tab *tab) { follow(tab); });
    connect(&tabs, &TabList::tabRemoved, this, [this](int, Tab *tab) {
        tab->disconnect(this);
        m_failed.remove(tab->id());
    });
    for (int i = 0; i < tabs.count(); ++i)
        follow(tabs.at(i));
}

void VisitRecorder::follow(Tab *tab)
{
    connect(tab, &Tab::loadFailed, this, [this, tab] { m_failed.insert(tab->id()); });
    connect(tab, &Tab::loadStateChanged, this, [this, tab] {
        if (tab->loadState() == LoadState::Waiting)
            m_failed.remove(tab->id());
        else if (tab->loadState() == LoadState::Loading && !m_failed.contains(tab->id()))
            m_history.addVisit(tab->url(), {});
    });
    connect(tab, &Tab::titleChanged, this, [this, tab] {
        const NavigationEntry *entry = tab->history().current();
        if (entry && !entry->title.isEmpty() && !m_failed.contains(tab->id()))
            m_history.setTitle(entry->url, entry->title);
    });
}

} // namespace bulkhead
