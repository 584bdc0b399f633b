// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/session/session_keeper.h"

#include "browser/pages/fetch/background_file.h"
#include "browser/pages/fetch/kept_file.h"

namespace bulkhead {

namespace {
constexpr qint64 MaxFileBytes = 64 << 20;
}

SessionKeeper::SessionKeeper(TabList &tabs, const QString &folder, QObject *parent) : QObject(parent), m_tabs(tabs)
{
    if (folder.isEmpty())
        return;
    const QString fileName = folder + QStringLiteral("/session.json");
    const KeptJson kept = KeptJson::read(fileName, MaxFileBytes, Session::Format, tr("What was open"));
    m_notice = kept.notice;
    offer(Session::fromJson(kept.document));
    if (!kept.mayWrite)
        return;
    m_file = std::make_unique<BackgroundFile>(fileName);
    m_timer.setSingleShot(true);
    m_timer.setInterval(WriteDelay);
    connect(&m_timer, &QTimer::timeout, this, &SessionKeeper::write);
    connect(&m_tabs, &TabList::tabInserted, this, [this](int, Tab *tab) { watch(tab); });
    connect(&m_tabs, &TabList::tabRemoved, this, [this](int, Tab *tab) {
        tab->disconnect(this);
        changed();
    });
    connect(&m_tabs, &TabList::tabMoved, this, &SessionKeeper::changed);
    connect(&m_tabs, &TabList::activeChanged, this, &SessionKeeper::changed);
    for (int i = 0; i < m_tabs.count(); ++i)
        watch(m_tabs.at(i));
    // This run is one that has not ended orderly until it says so.
    write();
}

void SessionKeeper::offer(const Session &before)
{
    m_offered = before.stillOffered;
    if (before.endedOrderly)
        return;
    if (m_offered.isEmpty())
        m_offeredActive = int(before.worthKeeping().size()) == before.tabs.size() ? before.active : -1;
    m_offered += before.worthKeeping();
}

SessionKeeper::~SessionKeeper()
{
    if (m_file)
        write();
}

void SessionKeeper::watch(Tab *tab)
{
    connect(tab, &Tab::historyChanged, this, &SessionKeeper::changed);
    connect(tab, &Tab::titleChanged, this, &SessionKeeper::changed);
    connect(tab, &Tab::urlChanged, this, &SessionKeeper::changed);
    connect(tab, &Tab::scrollChanged, this, &SessionKeeper::changed);
    changed();
}

void SessionKeeper::changed()
{
    // Not restarted by further changes: a page that scrolls all the time is written down all the same.
    if (m_file && !m_timer.isActive())
        m_timer.start();
}

void SessionKeeper::write()
{
    // Once the end has begun the tabs are closed one by one, and that is not what was open.
    if (m_endedOrderly)
        return;
    Session session;
    for (int i = 0; i < m_tabs.count(); ++i) {
        Session::SavedTab tab{m_tabs.at(i)->history()};
        // What was asked for and has not answered yet is open, too.
        const std::optional<NavigationEntry> wanted = m_tabs.at(i)->wanted();
        if (wanted && (tab.history.isEmpty() || tab.history.current()->url != wanted->url))
            tab.history.push(*wanted);
        if (tab.history.isEmpty())
            continue;
        if (i == m_tabs.activeIndex())
            session.active = int(session.tabs.size());
        session.tabs << tab;
    }
    session.stillOffered = m_offered;
    const QByteArray json = session.toJson();
    if (json == m_written)
        return;
    m_written = json;
    m_file->replace(json);
}

void SessionKeeper::settleOffer()
{
    if (m_offered.isEmpty())
        return;
    m_offered.clear();
    changed();
    Q_EMIT offerSettled();
}

void SessionKeeper::endOrderly()
{
    if (!m_file || m_endedOrderly)
        return;
    m_timer.stop();
    m_endedOrderly = true;
    Session session;
    session.endedOrderly = true;
    session.stillOffered = m_offered;
    m_file->replace(session.toJson());
}

} // namespace bulkhead
