// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/page_processes/process_budget.h"

#include <QObject>

namespace bulkhead {

class PageProcessPool;
class Site;
class Tab;
class TabList;

/// Closes pages of tabs that nobody sees, to save memory: the least recently seen first, and, where one domain has too
/// many of them in the background, that domain's. The tab stays, and loads again when it is shown (Tab::discard()).
/// Main thread.
class TabDiscarder : public QObject, public ProcessGiver
{
    Q_OBJECT
public:
    /// Pages of one domain in the background that keep their process.
    static constexpr int MostHiddenOfOneDomain = 24;

    /// Both outlive it.
    TabDiscarder(TabList &tabs, PageProcessPool &renderers);
    ~TabDiscarder() override;

    bool giveBack(const std::function<bool(const PageProcess &)> &wanted) override;

private:
    /// The tabs in a process, when all of what it holds is theirs and may be discarded; else none.
    std::vector<Tab *> discardableIn(const PageProcess &host) const;
    bool isDiscardable(const Tab &tab) const;
    void keepCeiling(const Site &site);

    TabList &m_tabs;
    PageProcessPool &m_renderers;
};

} // namespace bulkhead
