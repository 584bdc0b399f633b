// SPDX-License-Identifier: BSD-3-Clause
#include "browser/inspect/blast_radius.h"

#include "browser/inspect/process_list.h"
#include "browser/tabs/tab_list.h"

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
    default:
        break;
    }
    if (lost.isEmpty())
        return tr("If it ends, nothing that you see goes: it holds no page.");
    const QString goes = lost.size() == 1 ? tr("If it ends, 1 tab goes (%1)").arg(names(lost))
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
            m_downBefore = downTabs();
    });
    connect(&m_processes, &ProcessList::ended, this, [this](const ProcessInfo &info) {
        if (!m_processes.isWatched() || !info.ended || !info.ended->isAbnormal())
            return;
        m_ended.push_back(info);
        if (!m_settle.isActive())
            m_settle.start(SettleTime);
    });
}

QSet<quint32> BlastWatch::downTabs() const
{
    QSet<quint32> down;
    for (int i = 0; i < m_tabs.count(); ++i) {
        if (m_tabs.at(i)->crash())
            down.insert(m_tabs.at(i)->id());
    }
    return down;
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
    const QSet<quint32> down = downTabs();
    QSet<quint32> told;
    for (const ProcessTask &task : outcome.process.tasks) {
        if (task.tab == 0 || !m_tabs.byId(task.tab))
            continue;
        told.insert(task.tab);
        // One that was reloaded meanwhile did go: only the tab knows, and it has forgotten.
        const bool isBack = m_tabs.byId(task.tab)->rendererPid() != outcome.process.pid;
        (down.contains(task.tab) || isBack ? outcome.asPredicted : outcome.spared) << task;
    }
    for (int i = 0; i < m_tabs.count(); ++i) {
        const Tab &tab = *m_tabs.at(i);
        if (down.contains(tab.id()) && !m_downBefore.contains(tab.id()) && !told.contains(tab.id()))
            outcome.unpredicted << ProcessTask{tab.id(), tab.title(), tab.url(), tab.icon(), tab.isVisible()};
        else if (!down.contains(tab.id()) && !told.contains(tab.id()))
            ++outcome.keptTasks;
    }
    m_downBefore = down;
    Q_EMIT compared(outcome);
}

} // namespace bulkhead
