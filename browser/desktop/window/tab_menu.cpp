// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/tab_menu.h"

#include "browser/widgets/icons.h"

#include <QClipboard>
#include <QGuiApplication>

namespace bulkhead {

namespace {

void closeOthers(TabList &tabs, Tab &keep)
{
    for (int i = tabs.count() - 1; i >= 0; --i) {
        if (tabs.at(i) != &keep)
            tabs.close(tabs.at(i));
    }
}

void closeAfter(TabList &tabs, Tab &tab)
{
    for (int i = tabs.count() - 1; i > tabs.indexOf(&tab); --i)
        tabs.close(tabs.at(i));
}

} // namespace

TabMenu::TabMenu(TabList &tabs, Tab &tab, QWidget *parent) : QMenu(parent), m_tabs(&tabs), m_tab(&tab)
{
    setAccessibleName(tr("Tab menu"));
    auto add = [this](const char *icon, const QString &text, auto &&command) {
        return addAction(icon ? standardIcon(QLatin1String(icon)) : QIcon(), text, this, [this, command] {
            if (m_tabs && m_tab)
                command(*m_tabs, *m_tab);
        });
    };
    const qint64 pid = tab.rendererPid();

    add("view-refresh", tr("&Reload"), [](TabList &, Tab &t) { t.reload(); });
    add("tab-duplicate", tr("&Duplicate"), [](TabList &list, Tab &t) { list.duplicate(&t); });
    addSeparator();
    add("window-close", tr("&Close"), [](TabList &list, Tab &t) { list.close(&t); });
    add(nullptr, tr("Close &Others"), closeOthers)->setEnabled(tabs.count() > 1);
    add(nullptr, layoutDirection() == Qt::RightToLeft ? tr("Close Tabs to the &Left") : tr("Close Tabs to the &Right"),
        closeAfter)
        ->setEnabled(tabs.indexOf(&tab) + 1 < tabs.count());
    add("edit-undo", tr("Reopen Closed &Tab"), [](TabList &list, Tab &) {
        list.reopen();
    })->setEnabled(tabs.canReopen());
    addSeparator();
    add("edit-copy", pid > 0 ? tr("Copy &pid %1").arg(pid) : tr("Copy &pid"), [](TabList &, Tab &t) {
        QGuiApplication::clipboard()->setText(QString::number(t.rendererPid()));
    })->setEnabled(pid > 0);
    add("system-run", tr("&End Process"), [](TabList &, Tab &t) { t.endProcess(); })->setEnabled(pid > 0);
}

} // namespace bulkhead
