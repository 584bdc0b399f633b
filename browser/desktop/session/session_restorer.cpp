// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/session/session_restorer.h"

namespace bulkhead {

SessionRestorer::SessionRestorer(TabList &tabs, SessionKeeper &keeper, QObject *parent)
    : QObject(parent), m_tabs(tabs), m_keeper(keeper)
{
    connect(&m_tabs, &TabList::activeChanged, this, &SessionRestorer::loadIfActive);
    connect(&m_tabs, &TabList::tabRemoved, this, [this](int, const Tab *tab) { m_notLoaded.remove(tab->id()); });
}

int SessionRestorer::restore()
{
    const QList<Session::SavedTab> wanted = m_keeper.offered();
    const int front = m_keeper.offeredActive();
    // The start page that this run began with is not worth keeping beside them.
    Tab *only = m_tabs.count() == 1 ? m_tabs.active() : nullptr;
    const bool replaces = only && only->history().count() <= 1 && only->url() == QUrl(QStringLiteral("about:start"));
    Tab *active = nullptr;
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        Tab *tab = m_tabs.openEmpty(Activation::Background);
        tab->restore(wanted[i].history);
        m_notLoaded.insert(tab->id());
        if (i == (front < 0 ? 0 : front))
            active = tab;
    }
    if (active)
        m_tabs.activate(m_tabs.indexOf(active));
    loadIfActive();
    if (replaces && !wanted.isEmpty())
        m_tabs.close(only);
    m_keeper.settleOffer();
    return int(wanted.size());
}

void SessionRestorer::loadIfActive()
{
    Tab *tab = m_tabs.active();
    if (tab && m_notLoaded.remove(tab->id()))
        tab->reload();
}

} // namespace bulkhead
