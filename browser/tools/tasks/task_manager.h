// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/blast_radius.h"
#include "browser/tools/model/process_list.h"

#include <QSet>
#include <QWidget>

#include <memory>

class QSortFilterProxyModel;
class QTreeView;

namespace bulkhead {

class ProcessStrip;
class TaskModel;

/// The task manager: a table of all processes with what they use, and below it the chosen one's commands. Works only
/// while it is visible.
class TaskManager : public QWidget
{
    Q_OBJECT
public:
    /// Both outlive the widget.
    TaskManager(ProcessList &processes, BlastWatch &blasts, QWidget *parent = nullptr);
    ~TaskManager() override;

    QTreeView *table() const { return m_table; }
    ProcessStrip *strip() const { return m_strip; }
    void choose(quint64 key);

    QSize sizeHint() const override { return {900, 320}; }

Q_SIGNALS:
    void tabRequested(quint32 tab);
    void chosen(quint64 key);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();
    bool isInOrder() const;

    ProcessList &m_processes;
    std::unique_ptr<ProcessWatch> m_watch; ///< while visible
    TaskModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTreeView *m_table;
    ProcessStrip *m_strip;
    QSet<quint64> m_seen; ///< processes whose tabs were unfolded once
};

} // namespace bulkhead
