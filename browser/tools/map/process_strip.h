// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/blast_radius.h"

#include <QWidget>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace bulkhead {

class ProcessList;

/// The line below the map and the task manager about the chosen process: what goes with it if it dies, the ways to end
/// or disturb it, and afterwards whether it went as told.
class ProcessStrip : public QWidget
{
    Q_OBJECT
public:
    /// @p processes outlives the strip.
    explicit ProcessStrip(ProcessList &processes, QWidget *parent = nullptr);

    void choose(quint64 key); ///< 0: none
    quint64 chosen() const { return m_key; }
    /// Shows what came of a process's end, until another one is chosen.
    void showOutcome(const BlastOutcome &outcome);
    /// The process's commands, for a context menu too. Owned by the strip; made for what is chosen.
    QMenu *menu();

    void endChosen();
    /// As sent from a terminal. Asks first when it is for the browser.
    void signalChosen(int number);
    void lowerPriority();
    void copyPid();
    void goToTab();

    // for tests
    QString sentence() const;
    QPushButton *endButton() const { return m_end; }

Q_SIGNALS:
    void tabRequested(quint32 tab);

private:
    void update();
    QString headline() const;

    ProcessList &m_processes;
    quint64 m_key = 0;
    qint64 m_pid = 0;
    bool m_showsOutcome = false;
    QLabel *m_head;
    QLabel *m_text;
    QPushButton *m_end;
    QToolButton *m_signal;
    QToolButton *m_more;
    QMenu *m_menu;
};

} // namespace bulkhead
