// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/opened_tabs.h"
#include "browser/pages/tabs/tab.h"
#include "browser/pages/tabs/tab_discarder.h"

#include <QHash>
#include <QObject>

#include <memory>
#include <vector>

namespace bulkhead {

enum class Activation { Foreground, Background };

/// The tabs of a window in their order, which one is active, and which were closed. Owns them. Main thread.
class TabList : public QObject
{
    Q_OBJECT
public:
    TabList(Fetcher &fetcher, PageProcessPool &renderers, QObject *parent = nullptr);
    ~TabList() override;

    int count() const { return int(m_tabs.size()); }
    Tab *at(int index) const { return m_tabs[size_t(index)].get(); }
    int indexOf(const Tab *tab) const; ///< -1 when it is not here
    Tab *byId(quint32 id) const;
    Tab *active() const { return m_active < 0 ? nullptr : at(m_active); }
    int activeIndex() const { return m_active; }

    /// A new tab at @p index (at the end when -1; links open beside their opener).
    Tab *open(const LinkRequest &request, Activation activation = Activation::Foreground, int index = -1);
    Tab *open(const QUrl &url, const Initiator &initiator, Activation activation = Activation::Foreground,
              int index = -1)
    {
        return open(LinkRequest{url, initiator}, activation, index);
    }
    /// A new tab that shows nothing yet.
    Tab *openEmpty(Activation activation = Activation::Foreground, int index = -1) { return insert(index, activation); }
    /// A copy of @p tab with its history, beside it.
    Tab *duplicate(const Tab *tab);
    void close(Tab *tab);
    void activate(int index);
    void move(int from, int to);
    bool canReopen() const { return !m_closed.empty(); }
    /// The tab closed last, at its old place with its history.
    Tab *reopen();

Q_SIGNALS:
    void tabInserted(int index, bulkhead::Tab *tab);
    /// @p tab is still alive during the signal and dies soon after.
    void tabRemoved(int index, bulkhead::Tab *tab);
    void tabMoved(int from, int to);
    void activeChanged(bulkhead::Tab *tab);
    void lastTabClosed();

private:
    struct Closed
    {
        NavigationHistory history;
        int index;
    };
    Tab *insert(int index, Activation activation);
    void openFor(const LinkRequest &request, const Tab *opener);

    Fetcher &m_fetcher;
    PageProcessPool &m_renderers;
    std::vector<std::unique_ptr<Tab>> m_tabs;
    std::vector<Closed> m_closed;
    OpenedTabs m_openedTabs;
    TabDiscarder m_discarder;
    int m_active = -1;
    int m_openedBeside = 0; ///< background tabs opened from the active one: they line up in order
    quint32 m_nextId = 1;
};

} // namespace bulkhead
