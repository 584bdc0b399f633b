// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/model/process_list.h"

#include <QAbstractItemModel>

namespace bulkhead {

/// A ProcessList as a tree: processes, and below each the tabs that live in it. Follows the list's refreshed().
class TaskModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column {
        Task,
        Pid,
        Where, ///< site
        State,
        Processor,
        Memory,
        SharedMemory,
        Frames,
        Messages,
        Queue,
        Descriptors,
        Threads,
        Switches,
        Uptime,
        Crashes,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole, ///< a number or a text
        HistoryRole,             ///< FigureHistory, for columns that have one
        KeyRole,                 ///< ProcessInfo::key, also of a tab's row
        TabRole,                 ///< Tab::id() of a tab's row, or of the first tab of a process; 0
    };

    /// @p processes outlives the model.
    explicit TaskModel(const ProcessList &processes, QObject *parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// Null for an invalid index; the process also of a tab's row.
    const ProcessInfo *process(const QModelIndex &index) const;
    QModelIndex indexOf(quint64 key) const;

    /// Brings the rows up to date with the list.
    void update();

private:
    void updateRows();
    void updateTasks(int row);
    QVariant text(const ProcessInfo &info, int column) const;
    QVariant sortValue(const ProcessInfo &info, int column) const;
    QVariant toolTip(const ProcessInfo &info, int column) const;
    QVariant taskData(const ProcessTask &task, const ProcessInfo &info, int column, int role) const;

    const ProcessList &m_processes;
    std::vector<ProcessInfo> m_rows;
};

} // namespace bulkhead

Q_DECLARE_METATYPE(bulkhead::FigureHistory)
