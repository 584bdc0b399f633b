// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/visit_recorder.h"

#include "browser/desktop/library/history.h"

namespace bulkhead {

VisitRecorder::VisitRecorder(TabList &tabs, History &history, QObject *parent) : QObject(parent), m_history(history)
{
    connect(&tabs, &TabList::tabInserted, this, [this](int, Tab *tab) { follow(tab); });
    connect(&tabs, &TabList::tabRemoved, this, [this](int, Tab *tab) { tab->disconnect(this); });
    for (int i = 0; i < tabs.count(); ++i)
        follow(tabs.at(i));
}

void VisitRecorder::follow(Tab *tab)
{
    // Only what was really shown: an address that was refused never becomes a suggestion.
    connect(tab, &Tab::committed, this, [this, tab] {
        const NavigationEntry *entry = tab->history().current();
        if (entry && !tab->showsErrorPage())
            m_history.addVisit(entry->url, entry->title);
    });
    connect(tab, &Tab::titleChanged, this, [this, tab] {
        const NavigationEntry *entry = tab->history().current();
        if (entry && !entry->title.isEmpty() && !tab->showsErrorPage())
            m_history.setTitle(entry->url, entry->title);
    });
}

} // namespace bulkhead
