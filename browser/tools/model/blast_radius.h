// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/process_info.h"

#include <QObject>
#include <QSet>
#include <QTimer>

#include <vector>

namespace bulkhead {

class ProcessList;
class TabList;

/// What goes with a process when it dies, told beforehand. Plain value.
struct BlastRadius
{
    quint64 key = 0;
    qint64 pid = 0;
    ProcessRole role = ProcessRole::Other;
    QList<ProcessTask> lost;
    int keptTasks = 0;     ///< tabs and boxes elsewhere
    int keptProcesses = 0; ///< others that hold some

    static BlastRadius of(const ProcessInfo &info, const std::vector<ProcessInfo> &all);
    /// "If it ends: 2 tabs go (A, B); 3 elsewhere stay."
    QString sentence() const;
};

/// What really went, beside what had been told.
struct BlastOutcome
{
    ProcessInfo process; ///< as it was, with ended set
    QList<ProcessTask> asPredicted;
    QList<ProcessTask> unpredicted; ///< went, though nobody said so
    QList<ProcessTask> spared;      ///< stayed, though they were to go
    int keptTasks = 0;
    QList<qint64> alsoEnded; ///< other processes that went in the same moment

    bool isAsPredicted() const { return unpredicted.isEmpty() && spared.isEmpty() && alsoEnded.isEmpty(); }
    QString sentence() const;
};

/// Compares every death of a process with what the list had shown to be in it. It waits a moment, so that what falls
/// with it a little later counts, too. Works while the list is watched. Main thread.
class BlastWatch : public QObject
{
    Q_OBJECT
public:
    /// Both outlive the object.
    BlastWatch(ProcessList &processes, const TabList &tabs, QObject *parent = nullptr);

Q_SIGNALS:
    void compared(const bulkhead::BlastOutcome &outcome);

private:
    void compare();

    ProcessList &m_processes;
    const TabList &m_tabs;
    QTimer m_settle;
    QSet<quint64> m_downBefore; ///< tab_tasks::Key
    std::vector<ProcessInfo> m_ended;
};

} // namespace bulkhead
