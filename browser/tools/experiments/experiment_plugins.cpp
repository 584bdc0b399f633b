// SPDX-License-Identifier: BSD-3-Clause
// What the runner does to a plugin's process: what it said would go, and what went.
#include "browser/tools/experiments/experiment_runner.h"

#include "browser/host/processes/signal_names.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/tabs/tab_embeds.h"
#include "browser/tools/model/blast_radius.h"
#include "browser/tools/model/renderer_processes.h"
#include "browser/tools/model/tab_tasks.h"

#include <QCoreApplication>

#include <algorithm>
#include <csignal>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("ExperimentRunner", source);
}

int pluginProcesses(const PageProcessPool &pool)
{
    const auto hosts = pool.hosts();
    return int(std::count_if(hosts.begin(), hosts.end(), [](const PageProcess *host) {
        return !host->isGone() && host->plugin() && !host->pages().empty();
    }));
}

} // namespace

bool ExperimentRunner::boxes(const ExperimentStep &step)
{
    const QString name = step.word(0), tabName = resolved(step.word(1));
    const int box = resolved(step.word(2)).toInt(), signal = signal_names::number(resolved(step.word(3)));
    const auto model = pluginProcessModelFromName(step.option(QStringLiteral("plugins")));
    if (!model)
        return boxes(*m_session, name, tabName, box, signal);
    // The same pages once more, with plugins' processes arranged in that way.
    ExperimentSession other(m_programs.child, m_file->setup, m_report.seed, {}, ExperimentSession::Measurable::No,
                            model);
    other.happened = [this](const QString &text) { note(text); };
    return other.open() && boxes(other, name, tabName, box, signal);
}

bool ExperimentRunner::boxes(ExperimentSession &session, const QString &name, const QString &tabName, int box,
                             int signal)
{
    // "ann.2" is ann's second box, "ann" her page.
    const auto nameOf = [&session](const ProcessTask &task) {
        for (const QString &tab : session.tabNames()) {
            if (session.tab(tab)->id() == task.tab)
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
    const TabEmbeds *embeds = session.tab(tabName)->embeds();
    RemotePage *page = embeds && box >= 1 && box <= embeds->count() ? embeds->pageOf(box - 1) : nullptr;
    if (!page || !page->host())
        return false;
    const PageProcess *host = page->host();
    const qint64 pid = host->pid();

    const RendererProcesses source(session.tabs(), session.pool());
    std::vector<ProcessInfo> all;
    source.describe(all);
    const auto info = std::find_if(
        all.begin(), all.end(), [host](const ProcessInfo &one) { return one.key == RendererProcesses::keyOf(*host); });
    const BlastRadius radius = BlastRadius::of(*info, all);
    set(name, QStringLiteral("told"), namesOf(radius.lost));
    set(name, QStringLiteral("processes"), pluginProcesses(session.pool()));
    note(tr("process %1 of a plugin: %2").arg(pid).arg(radius.sentence()));

    ::kill(pid_t(pid), signal);
    const auto isDown = [&] { return !tab_tasks::down(session.tabs()).isEmpty(); };
    if (!ExperimentSession::waitFor(isDown))
        return false;
    ExperimentSession::waitFor([] { return false; }, std::chrono::milliseconds(300)); // what would fall with it
    QList<ProcessTask> lost, kept;
    const QSet<tab_tasks::Key> down = tab_tasks::down(session.tabs());
    bool pagesAlive = true;
    for (const QString &tab : session.tabNames()) {
        for (const ProcessTask &task : tab_tasks::all(*session.tab(tab))) {
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
        const QStringList tabs = session.tabNames();
        return std::all_of(tabs.begin(), tabs.end(), [&session](const QString &tab) { return session.isLoaded(tab); });
    };
    const bool back = ExperimentSession::waitFor(areBack);
    set(name, QStringLiteral("back"), back ? QStringLiteral("yes") : QStringLiteral("no"));
    set(name, QStringLiteral("processes_after"), pluginProcesses(session.pool()));
    return true;
}

} // namespace bulkhead
