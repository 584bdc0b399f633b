// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/tasks/task_manager.h"

#include "browser/tools/map/process_strip.h"
#include "browser/tools/tasks/sparkline_delegate.h"
#include "browser/tools/tasks/task_model.h"

#include <QHeaderView>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace bulkhead {

TaskManager::TaskManager(ProcessList &processes, BlastWatch &blasts, QWidget *parent)
    : QWidget(parent), m_processes(processes), m_model(new TaskModel(processes, this)),
      m_sorted(new QSortFilterProxyModel(this)), m_table(new QTreeView(this)),
      m_strip(new ProcessStrip(processes, this))
{
    setAccessibleName(tr("Task manager"));
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(TaskModel::SortRole);
    m_sorted->setDynamicSortFilter(false); // sorted once per refresh instead of once per cell
    m_table->setModel(m_sorted);
    m_table->setItemDelegate(new SparklineDelegate(m_table));
    m_table->setAccessibleName(tr("Processes"));
    m_table->setUniformRowHeights(true);
    m_table->setAlternatingRowColors(true);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(-1, Qt::AscendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setAllColumnsShowFocus(true);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    QHeaderView *header = m_table->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(true);
    const int em = m_table->fontMetrics().horizontalAdvance(QLatin1Char('n'));
    const int widths[TaskModel::ColumnCount] = {30, 8, 22, 12, 17, 19, 11, 10, 17, 9, 7, 9, 12, 12, 9};
    for (int column = 0; column < TaskModel::ColumnCount; ++column)
        header->resizeSection(column, widths[column] * em);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_table, 1);
    column->addWidget(m_strip);

    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &row) {
        if (!row.isValid())
            return;
        const quint64 key = row.data(TaskModel::KeyRole).toULongLong();
        m_strip->choose(key);
        Q_EMIT chosen(key);
    });
    connect(m_table, &QTreeView::activated, this, [this](const QModelIndex &row) {
        if (const quint32 tab = row.data(TaskModel::TabRole).toUInt())
            Q_EMIT tabRequested(tab);
    });
    connect(m_table, &QWidget::customContextMenuRequested, this, [this](QPoint position) {
        if (m_table->indexAt(position).isValid())
            m_strip->menu()->popup(m_table->viewport()->mapToGlobal(position));
    });
    connect(m_strip, &ProcessStrip::tabRequested, this, &TaskManager::tabRequested);
    connect(&blasts, &BlastWatch::compared, m_strip, &ProcessStrip::showOutcome);
    connect(&m_processes, &ProcessList::refreshed, this, [this] {
        if (m_watch)
            refresh();
    });
}

TaskManager::~TaskManager() = default;

void TaskManager::refresh()
{
    m_model->update();
    // Sorting lays the whole table out anew; mostly the order is what it was.
    if (m_sorted->sortColumn() >= 0 && !isInOrder())
        m_sorted->sort(m_sorted->sortColumn(), m_sorted->sortOrder());
    // New processes show their tabs; ones that the person folded stay folded.
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex source = m_model->index(row, 0);
        const quint64 key = source.data(TaskModel::KeyRole).toULongLong();
        if (!m_seen.contains(key) && m_model->rowCount(source) > 0) {
            m_seen.insert(key);
            m_table->expand(m_sorted->mapFromSource(source));
        }
    }
}

bool TaskManager::isInOrder() const
{
    const bool rises = m_sorted->sortOrder() == Qt::AscendingOrder;
    for (int row = 1; row < m_sorted->rowCount(); ++row) {
        const QVariant above = m_sorted->index(row - 1, m_sorted->sortColumn()).data(TaskModel::SortRole);
        const QVariant below = m_sorted->index(row, m_sorted->sortColumn()).data(TaskModel::SortRole);
        const QPartialOrdering order = QVariant::compare(above, below);
        if (rises ? order == QPartialOrdering::Greater : order == QPartialOrdering::Less)
            return false;
    }
    return true;
}

void TaskManager::choose(quint64 key)
{
    const QModelIndex row = m_sorted->mapFromSource(m_model->indexOf(key));
    if (row.isValid() && m_table->currentIndex().data(TaskModel::KeyRole).toULongLong() != key)
        m_table->setCurrentIndex(row);
}

void TaskManager::showEvent(QShowEvent *event)
{
    if (!m_watch)
        m_watch = std::make_unique<ProcessWatch>(m_processes);
    refresh();
    QWidget::showEvent(event);
}

void TaskManager::hideEvent(QHideEvent *event)
{
    m_watch.reset();
    QWidget::hideEvent(event);
}

} // namespace bulkhead
