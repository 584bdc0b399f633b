// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab_list.h"

#include <QMenu>
#include <QPointer>

namespace bulkhead {

/// The context menu of a tab in the tab bar. Acts on the list and the tab; both may go away while it is open.
class TabMenu : public QMenu
{
    Q_OBJECT
public:
    TabMenu(TabList &tabs, Tab &tab, QWidget *parent);

private:
    QPointer<TabList> m_tabs;
    QPointer<Tab> m_tab;
};

} // namespace bulkhead
