// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/blast_radius.h"

#include "browser/pages/tabs/tab_list.h"
#include "browser/tools/model/process_list.h"
#include "browser/tools/model/tab_tasks.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr std::chrono::milliseconds SettleTime{400};
constexpr qsizetype NamedAtMost = 4;

QString tr(const char *source, int count = -1)
{
    return QCoreApplication::translate("BlastRadius", source, nullptr, count);
}

QString names(const QList<ProcessTask> &tasks)
{
    QStringList titles;
    for (const ProcessTask &task : tasks.first(std::min(NamedAtMost, tasks.size())))
        titles << QStringLiteral("“%1”").arg(task.title);
    if (tasks.size() > NamedAtMost)
        titles << tr("%n more", int(tasks.size() - NamedAtMost));
    return titles.join(QStringLiteral(", "));
}

QString stays(int tasks)
{
    return tasks == 0   ? tr("nothing else is open")
           : tasks == 1 ? tr("1 tab elsewhere stays")
                        : tr("%1 tabs elsewhere stay").arg(tasks);
}

} // namespace

BlastRadius BlastRadius::of(const ProcessInfo &info, const std::vector<ProcessInfo> &all)
{
    BlastRadius radius{info.key, info.pid, info.role, info.tasks, 0, 0};
    for (const ProcessInfo &other : all) {
        if (other.key == info.key || other.tasks.isEmpty())
            continue;
        if (info.role == ProcessRole::Browser) {
            radius.lost += other.tasks;
            continue;
        }
        radius.keptTasks += int(other.tasks.size());
        ++radius.keptProcesses;
    }
    return radius;
}

QString BlastRadius::sentence() const
{
    switch (role) {
    case ProcessRole::Browser:
        return tr("If it ends, everything ends: the window, all pages and every process. Session recovery offers the "
                  "tabs again.");
    case ProcessRole::Zygote:
        return tr(
            "If it ends, no page notices. The next process needs a new zygote first, which takes a moment longer.");
    case ProcessRole::LabWorker:
        return tr("If it ends, what the lab does with it stops there, and the lab says so. No page notices.");
    default:
        break;
    }
    if (lost.isEmpty())
        return tr("If it ends, nothing that you see goes: it holds no page.");
    const auto boxes = std::count_if(lost.begin(), lost.end(), [](const ProcessTask &task) { return task.box > 0; });
    const QString goes = lost.size() == 1 && boxes == 1 ? tr("If it ends, 1 box goes (%1)").arg(names(lost))
                         : lost.size() == 1             ? tr("If it ends, 1 tab goes (%1)").arg(names(lost))
                         : boxes == lost.size() ? tr("If it ends, %1 boxes go (%2)").arg(lost.size()).arg(names(lost))
                         : boxes > 0 ? tr("If it ends, %1 tabs and boxes go (%2)").arg(lost.size()).arg(names(lost))
                                     : tr("If it ends, %1 tabs go (%2)").arg(lost.size()).arg(names(lost));
    return QStringLiteral("%1; %2.").arg(goes, stays(keptTasks));
}

QString BlastOutcome::sentence() const
{
    const QString end = process.ended ? process.ended->sentence() : QString();
    QStringList parts;
    const qsizetype went = asPredicted.size() + unpredicted.size();
    if (isAsPredicted()) {
        parts << (went == 0 ? tr("As predicted, no tab went") : tr("As predicted, gone: %1").arg(names(asPredicted)));
    } else {
        parts << tr("Not as predicted. Gone: %1").arg(went == 0 ? tr("nothing") : names(asPredicted + unpredicted));
        if (!unpredicted.isEmpty())
            parts << tr("unexpectedly: %1").arg(names(unpredicted));
        if (!spared.isEmpty())
            parts << tr("still there: %1").arg(names(spared));
        for (const qint64 pid : alsoEnded)
            parts << tr("process %1 ended, too").arg(pid);
    }
    parts << stays(keptTasks);
    return QStringLiteral("%1 %2.").arg(end, parts.join(QStringLiteral("; "))).trimmed();
}

BlastWatch::BlastWatch(ProcessList &processes, const TabList &tabs, QObject *parent)
    : QObject(parent), m_processes(processes), m_tabs(tabs)
{
    m_settle.setSingleShot(true);
    connect(&m_settle, &QTimer::timeout, this, &BlastWatch::compare);
    connect(&m_processes, &ProcessList::refreshed, this, [this] {
        if (!m_settle.isActive())
            m_downBefore = tab_tasks::down(m_tabs);
    });
    connect(&m_processes, &ProcessList::ended, this, [this](const ProcessInfo &info) {
        if (!m_processes.isWatched() || !info.ended || !info.ended->isAbnormal())
            return;
        m_ended.push_back(info);
        if (!m_settle.isActive())
            m_settle.start(SettleTime);
    });
}

void BlastWatch::compare()
{
    const std::vector<ProcessInfo> ended = std::exchange(m_ended, {});
    if (ended.empty())
        return;
    BlastOutcome outcome;
    outcome.process = ended.front();
    for (std::size_t i = 1; i < ended.size(); ++i)
        outcome.alsoEnded << ended[i].pid;
    const QSet<tab_tasks::Key> down = tab_tasks::down(m_tabs);
    QSet<tab_tasks::Key> told;
    for (const ProcessTask &task : outcome.process.tasks) {
        if (task.tab == 0 || !m_tabs.byId(task.tab))
            continue;
        told.insert(tab_tasks::keyOf(task));
        // One that was reloaded meanwhile did go: only the tab knows, and it has forgotten.
        const bool isBack = tab_tasks::pidOf(task, m_tabs) != outcome.process.pid;
        (down.contains(tab_tasks::keyOf(task)) || isBack ? outcome.asPredicted : outcome.spared) << task;
    }
    for (int i = 0; i < m_tabs.count(); ++i) {
        for (const ProcessTask &task : tab_tasks::all(*m_tabs.at(i))) {
            const tab_tasks::Key key = tab_tasks::keyOf(task);
            if (down.contains(key) && !m_downBefore.contains(key) && !told.contains(key))
                outcome.unpredicted << task;
            else if (!down.contains(key) && !told.contains(key))
                ++outcome.keptTasks;
        }
    }
    m_downBefore = down;
    Q_EMIT compared(outcome);
}

} // namespace bulkhead
