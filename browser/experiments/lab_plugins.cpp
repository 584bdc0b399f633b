// SPDX-License-Identifier: BSD-3-Clause
// What the runner does to a plugin's process: what it said would go, and what went.
#include "browser/experiments/lab_runner.h"

#include "browser/inspect/blast_radius.h"
#include "browser/inspect/renderer_processes.h"
#include "browser/inspect/tab_tasks.h"
#include "browser/pages/remote_page.h"
#include "browser/pages/renderer_host.h"
#include "browser/tabs/tab_embeds.h"

#include <QCoreApplication>

#include <algorithm>
#include <csignal>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("LabRunner", source);
}

int pluginProcesses(const RendererPool &pool)
{
    const auto hosts = pool.hosts();
    return int(std::count_if(hosts.begin(), hosts.end(), [](const RendererHost *host) { return !host->isGone() && host->plugin() && !host->pages().empty(); }));
}

} // namespace

bool LabRunner::boxes(const QString &name, const QString &tabName, int box, int signal)
{
    // "ann.2" is ann's second box, "ann" her page.
    const auto nameOf = [this](const ProcessTask &task) {
        for (const QString &tab : m_session->tabNames()) {
            if (m_session->tab(tab)->id() == task.tab)
                return task.box > 0 ? QStringLiteral("%1.%2").arg(tab).arg(task.box) : tab;
        }
        return QString();
    };
    const auto namesOf = [&](const QList<ProcessTask> &tasks) {
        QStringList names;
        for (const ProcessTask &task : tasks)
            names << nameOf(task);
        names.sort();
        return names.join(QLatin1Char(' '));
    };
    const TabEmbeds *embeds = m_session->tab(tabName)->embeds();
    RemotePage *page = embeds && box >= 1 && box <= embeds->count() ? embeds->pageOf(box - 1) : nullptr;
    if (!page || !page->host())
        return false;
    const RendererHost *host = page->host();
    const qint64 pid = host->pid();

    const RendererProcesses source(m_session->tabs(), m_session->pool());
    std::vector<ProcessInfo> all;
    source.describe(all);
    const auto info = std::find_if(all.begin(), all.end(), [host](const ProcessInfo &one) { return one.key == RendererProcesses::keyOf(*host); });
    const BlastRadius radius = BlastRadius::of(*info, all);
    set(name, QStringLiteral("told"), namesOf(radius.lost));
    set(name, QStringLiteral("processes"), pluginProcesses(m_session->pool()));
    note(tr("process %1 of a plugin: %2").arg(pid).arg(radius.sentence()));

    ::kill(pid_t(pid), signal);
    const auto isDown = [&] { return !tab_tasks::down(m_session->tabs()).isEmpty(); };
    if (!LabSession::waitFor(isDown))
        return false;
    LabSession::waitFor([] { return false; }, std::chrono::milliseconds(300)); // what would fall with it
    QList<ProcessTask> lost, kept;
    const QSet<tab_tasks::Key> down = tab_tasks::down(m_session->tabs());
    bool pagesAlive = true;
    for (const QString &tab : m_session->tabNames()) {
        for (const ProcessTask &task : tab_tasks::all(*m_session->tab(tab))) {
            (down.contains(tab_tasks::keyOf(task)) ? lost : kept) << task;
            pagesAlive = pagesAlive && (task.box > 0 || !down.contains(tab_tasks::keyOf(task)));
        }
    }
    set(name, QStringLiteral("lost"), namesOf(lost));
    set(name, QStringLiteral("kept"), namesOf(kept));
    set(name, QStringLiteral("pages_alive"), pagesAlive ? QStringLiteral("yes") : QStringLiteral("no"));
    set(name, QStringLiteral("reason"), embeds->endOf(box - 1));
    note(tr("gone: %1; there: %2").arg(namesOf(lost), namesOf(kept)));

    // Boxes are loaded again by themselves.
    const auto areBack = [&] {
        const QStringList tabs = m_session->tabNames();
        return std::all_of(tabs.begin(), tabs.end(), [this](const QString &tab) { return m_session->isLoaded(tab); });
    };
    const bool back = LabSession::waitFor(areBack);
    set(name, QStringLiteral("back"), back ? QStringLiteral("yes") : QStringLiteral("no"));
    set(name, QStringLiteral("processes_after"), pluginProcesses(m_session->pool()));
    return true;
}

} // namespace bulkhead
