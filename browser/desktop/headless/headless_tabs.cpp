// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/headless/headless_tabs.h"

namespace bulkhead {

HeadlessTabs::HeadlessTabs(TabList &tabs, const Options &options, QObject *parent) : QObject(parent), m_tabs(tabs)
{
    connect(&m_tabs, &TabList::tabInserted, this, [this, options](int, Tab *tab) {
        tab->setDark(options.dark);
        tab->setView((QSizeF(options.windowSize) * options.scale).toSize(), options.scale);
        connect(tab, &Tab::frameChanged, tab, &Tab::frameShown);
        showActive();
    });
    connect(&m_tabs, &TabList::activeChanged, this, &HeadlessTabs::showActive);
}

void HeadlessTabs::showActive()
{
    for (int i = 0; i < m_tabs.count(); ++i) {
        m_tabs.at(i)->setVisible(i == m_tabs.activeIndex());
        m_tabs.at(i)->setFocused(i == m_tabs.activeIndex());
    }
}

} // namespace bulkhead
