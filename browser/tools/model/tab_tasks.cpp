// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/tab_tasks.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/shown/outside_text.h"
#include "browser/pages/tabs/tab_embeds.h"
#include "browser/pages/tabs/tab_list.h"

#include <QCoreApplication>

namespace bulkhead::tab_tasks {

namespace {

ProcessTask taskOf(const Tab &tab, int box = 0)
{
    if (box == 0)
        return {tab.id(), tab.title().plain(), tab.url(), tab.icon(), tab.isVisible()};
    const RemotePage *page = tab.embeds()->pageOf(box - 1);
    const QUrl url = page ? page->url() : QUrl();
    const QString title = QCoreApplication::translate("TabTasks", "%1 in %2")
                              .arg(OutsideText::name(url.fileName()).plain(), tab.title().plain());
    return {tab.id(), title, url, {}, tab.isVisible(), box};
}

int boxes(const Tab &tab)
{
    return tab.embeds() ? tab.embeds()->count() : 0;
}

const PageProcess *hostOf(const Tab &tab, int box)
{
    const RemotePage *page = tab.embeds()->pageOf(box - 1);
    return page ? page->host() : nullptr;
}

} // namespace

Key keyOf(const ProcessTask &task)
{
    return quint64(task.tab) << 32 | quint32(task.box);
}

QList<ProcessTask> all(const Tab &tab)
{
    QList<ProcessTask> tasks{taskOf(tab)};
    for (int box = 1; box <= boxes(tab); ++box) {
        if (tab.embeds()->pageOf(box - 1))
            tasks << taskOf(tab, box);
    }
    return tasks;
}

QList<ProcessTask> in(const Tab &tab, const PageProcess &host)
{
    QList<ProcessTask> tasks;
    if (tab.holdsPageIn(&host))
        tasks << taskOf(tab);
    for (int box = 1; box <= boxes(tab); ++box) {
        if (hostOf(tab, box) == &host)
            tasks << taskOf(tab, box);
    }
    return tasks;
}

QSet<Key> down(const TabList &tabs)
{
    QSet<Key> down;
    for (int i = 0; i < tabs.count(); ++i) {
        const Tab &tab = *tabs.at(i);
        if (tab.crash())
            down.insert(keyOf(taskOf(tab)));
        for (int box = 1; box <= boxes(tab); ++box) {
            if (tab.embeds()->pageOf(box - 1) && !hostOf(tab, box))
                down.insert(keyOf(taskOf(tab, box)));
        }
    }
    return down;
}

qint64 pidOf(const ProcessTask &task, const TabList &tabs)
{
    const Tab *tab = tabs.byId(task.tab);
    if (!tab)
        return 0;
    if (task.box == 0)
        return tab->rendererPid();
    const PageProcess *host = task.box <= boxes(*tab) ? hostOf(*tab, task.box) : nullptr;
    return host ? host->pid() : 0;
}

} // namespace bulkhead::tab_tasks
