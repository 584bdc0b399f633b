// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/tasks/task_model.h"

#include "browser/host/processes/sandbox_verdict.h"
#include "browser/pages/shown/rich_text.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/tools/model/figures.h"

#include <QIcon>
#include <QPixmap>

#include <algorithm>

namespace bulkhead {

namespace {

QString dash()
{
    return QStringLiteral("–");
}

bool hasChannel(const ProcessInfo &info)
{
    return info.role != ProcessRole::Browser && info.role != ProcessRole::Zygote;
}

} // namespace

TaskModel::TaskModel(const ProcessList &processes, QObject *parent) : QAbstractItemModel(parent), m_processes(processes)
{
    update();
}

void TaskModel::update()
{
    updateRows();
    for (std::size_t row = 0; row < m_rows.size(); ++row)
        updateTasks(int(row));
    if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

void TaskModel::updateRows()
{
    const std::vector<ProcessInfo> &now = m_processes.processes();
    for (int row = int(m_rows.size()) - 1; row >= 0; --row) {
        if (m_processes.byKey(m_rows[std::size_t(row)].key))
            continue;
        beginRemoveRows({}, row, row);
        m_rows.erase(m_rows.begin() + row);
        endRemoveRows();
    }
    for (const ProcessInfo &info : now) {
        const auto known =
            std::find_if(m_rows.begin(), m_rows.end(), [&info](const auto &row) { return row.key == info.key; });
        if (known != m_rows.end()) {
            const QList<ProcessTask> tasks = known->tasks;
            *known = info;
            known->tasks = tasks; // rows below: updateTasks() tells of them
            continue;
        }
        const int row = int(m_rows.size());
        beginInsertRows({}, row, row);
        m_rows.push_back(info);
        m_rows.back().tasks.clear();
        endInsertRows();
    }
}

void TaskModel::updateTasks(int row)
{
    ProcessInfo &mine = m_rows[std::size_t(row)];
    const ProcessInfo *now = m_processes.byKey(mine.key);
    const QModelIndex parent = index(row, 0);
    const auto sameTask = [](const ProcessTask &a, const ProcessTask &b) {
        return a.tab == b.tab && a.box == b.box && a.title == b.title && a.url == b.url && a.visible == b.visible &&
               a.icon.cacheKey() == b.icon.cacheKey();
    };
    if (std::equal(mine.tasks.begin(), mine.tasks.end(), now->tasks.begin(), now->tasks.end(), sameTask))
        return;
    const int had = int(mine.tasks.size());
    const int has = int(now->tasks.size());
    if (has > had) {
        beginInsertRows(parent, had, has - 1);
        mine.tasks += now->tasks.mid(had);
        endInsertRows();
    } else if (has < had) {
        beginRemoveRows(parent, has, had - 1);
        mine.tasks.resize(has);
        endRemoveRows();
    }
    mine.tasks = now->tasks;
    if (has > 0)
        Q_EMIT dataChanged(index(0, 0, parent), index(has - 1, ColumnCount - 1, parent));
}

QModelIndex TaskModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount || row >= rowCount(parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(m_rows[std::size_t(parent.row())].key) : 0);
}

QModelIndex TaskModel::parent(const QModelIndex &child) const
{
    return child.isValid() && child.internalId() != 0 ? indexOf(child.internalId()) : QModelIndex();
}

int TaskModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_rows.size());
    if (parent.internalId() != 0 || parent.column() != 0)
        return 0;
    return int(m_rows[std::size_t(parent.row())].tasks.size());
}

int TaskModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QModelIndex TaskModel::indexOf(quint64 key) const
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(), [key](const auto &info) { return info.key == key; });
    return row == m_rows.end() ? QModelIndex() : createIndex(int(row - m_rows.begin()), 0, quintptr(0));
}

const ProcessInfo *TaskModel::process(const QModelIndex &index) const
{
    if (!index.isValid())
        return nullptr;
    const QModelIndex row = index.internalId() != 0 ? parent(index) : index;
    return row.isValid() ? &m_rows[std::size_t(row.row())] : nullptr;
}

QVariant TaskModel::data(const QModelIndex &index, int role) const
{
    const ProcessInfo *info = process(index);
    if (!info)
        return {};
    if (index.internalId() != 0)
        return taskData(info->tasks[index.row()], *info, index.column(), role);
    switch (role) {
    case Qt::DisplayRole:
        return text(*info, index.column());
    case Qt::TextAlignmentRole:
        return index.column() >= Processor || index.column() == Pid ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                                                                    : QVariant();
    case Qt::ToolTipRole:
        return toolTipText(OutsideText(toolTip(*info, index.column()).toString(), OutsideText::Lines::Many));
    case SortRole:
        return sortValue(*info, index.column());
    case KeyRole:
        return QVariant::fromValue(info->key);
    case TabRole:
        return info->tasks.isEmpty() ? 0u : info->tasks.first().tab;
    case HistoryRole:
        if (index.column() == Processor)
            return QVariant::fromValue(info->processorHistory);
        if (index.column() == Memory)
            return QVariant::fromValue(info->memoryHistory);
        if (index.column() == Messages && hasChannel(*info))
            return QVariant::fromValue(info->messageHistory);
        break;
    }
    return {};
}

QVariant TaskModel::taskData(const ProcessTask &task, const ProcessInfo &info, int column, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        if (column == Task)
            return OutsideText(task.title).plain();
        if (column == Where)
            return shownAddress(task.url.adjusted(QUrl::RemoveFragment));
        if (column == State)
            return task.visible ? tr("shown") : tr("in the background");
        return {};
    case Qt::DecorationRole:
        if (column == Task && !task.icon.isNull())
            return QIcon(QPixmap::fromImage(task.icon));
        return {};
    case Qt::ToolTipRole:
        return toolTipText(OutsideText(task.url));
    case SortRole:
        return column == Task ? OutsideText(task.title).plain() : QString();
    case KeyRole:
        return QVariant::fromValue(info.key);
    case TabRole:
        return task.tab;
    }
    return {};
}

QVariant TaskModel::text(const ProcessInfo &info, int column) const
{
    const auto &sample = info.sample;
    switch (column) {
    case Task: {
        const QString role = roleText(info.role);
        const QString title = OutsideText(info.title()).plain();
        return title.compare(role, Qt::CaseInsensitive) == 0 ? title : tr("%1: %2").arg(role, title);
    }
    case Pid:
        return info.pid > 0 ? QString::number(info.pid) : dash();
    case Where:
        return info.sites.isEmpty() ? dash() : info.shownSites();
    case State:
        return phaseText(info.phase);
    case Processor:
        return figures::percent(info.rates.processorPercent);
    case Memory:
        if (!sample)
            return dash();
        return (info.memoryIsProportional() ? QString() : QStringLiteral("≥ ")) +
               figures::bytes(double(info.memoryBytes()));
    case SharedMemory:
        return hasChannel(info) ? figures::bytes(double(info.sharedBytes())) : dash();
    case Frames:
        return hasChannel(info) ? figures::perSecond(info.rates.frames) : dash();
    case Messages:
        return hasChannel(info) ? figures::perSecond(info.rates.messages()) : dash();
    case Queue:
        return hasChannel(info) ? figures::bytes(double(info.totals.queuedBytes)) : dash();
    case Descriptors:
        return sample && sample->descriptors ? QString::number(*sample->descriptors) : dash();
    case Threads:
        return sample ? QString::number(sample->threads) : dash();
    case Switches:
        return sample ? figures::perSecond(info.rates.switches) : dash();
    case Uptime:
        return sample ? figures::duration(sample->age) : dash();
    case Crashes:
        return hasChannel(info) ? QString::number(info.earlierCrashes) : dash();
    }
    return {};
}

QVariant TaskModel::sortValue(const ProcessInfo &info, int column) const
{
    const auto &sample = info.sample;
    switch (column) {
    case Pid:
        return info.pid;
    case Processor:
        return info.rates.processorPercent;
    case Memory:
        return info.memoryBytes();
    case SharedMemory:
        return info.sharedBytes();
    case Frames:
        return info.rates.frames;
    case Messages:
        return info.rates.messages();
    case Queue:
        return info.totals.queuedBytes;
    case Descriptors:
        return sample ? sample->descriptors.value_or(-1) : -1;
    case Threads:
        return sample ? sample->threads : -1;
    case Switches:
        return info.rates.switches;
    case Uptime:
        return sample ? qint64(sample->age.count()) : -1;
    case Crashes:
        return info.earlierCrashes;
    }
    return text(info, column);
}

QVariant TaskModel::toolTip(const ProcessInfo &info, int column) const
{
    switch (column) {
    case Task:
        return info.hasSandbox ? tr("%1. %2").arg(info.title(), verdictOn(info.sandbox).sentence) : info.title();
    case State:
        return info.trouble.isEmpty() ? phaseText(info.phase) : info.trouble;
    case Memory:
        if (!info.sample)
            return {};
        return (info.memoryIsProportional() ? tr("%1 proportional (PSS): shared pages count by their share")
                                            : tr("%1 at least: the kernel tells the proportional size (PSS) of a "
                                                 "locked-down process to nobody but root; "
                                                 "this is what the process shares with no file and no other process"))
                   .arg(figures::bytes(double(info.memoryBytes()))) +
               QLatin1Char('\n') +
               tr("%1 resident (RSS): shared pages count in full")
                   .arg(figures::bytes(double(info.sample->residentBytes)));
    case SharedMemory: {
        QStringList lines;
        for (const SharedRegion &region : info.regions)
            lines << tr("page %1: frames of %2 × %3 pixels, %4")
                         .arg(region.page)
                         .arg(region.size.width())
                         .arg(region.size.height())
                         .arg(figures::bytes(double(region.bytes)));
        return lines.join(QLatin1Char('\n'));
    }
    case Frames:
        return tr("%1 painted per second").arg(figures::bytesPerSecond(info.rates.frameBytes));
    case Messages:
        return tr("to it: %1 messages/s, %2; from it: %3 messages/s, %4")
            .arg(figures::perSecond(info.rates.sentMessages), figures::bytesPerSecond(info.rates.sentBytes),
                 figures::perSecond(info.rates.receivedMessages), figures::bytesPerSecond(info.rates.receivedBytes));
    case Queue:
        return tr("%1 not read by it yet; %2 questions open")
            .arg(figures::bytes(double(info.totals.queuedBytes)))
            .arg(info.totals.openQuestions);
    case Switches:
        return info.sample ? tr("%1 voluntary, %2 forced, of its main thread since the start")
                                 .arg(info.sample->voluntarySwitches)
                                 .arg(info.sample->forcedSwitches)
                           : QString();
    default:
        return text(info, column);
    }
}

QVariant TaskModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    static const struct
    {
        const char *name, *hint;
    } Heads[ColumnCount] = {
        {QT_TR_NOOP("Task"), QT_TR_NOOP("What the process is there for; below it what lives in it")},
        {QT_TR_NOOP("PID"), QT_TR_NOOP("Process id, for kill(1) in a terminal")},
        {QT_TR_NOOP("Site"), QT_TR_NOOP("Whose pages it may hold")},
        {QT_TR_NOOP("State"), QT_TR_NOOP("How it is")},
        {QT_TR_NOOP("CPU"), QT_TR_NOOP("Of one processor, over the last second")},
        {QT_TR_NOOP("Memory"), QT_TR_NOOP("Proportional set size (PSS)")},
        {QT_TR_NOOP("Shared"), QT_TR_NOOP("Picture memory that it shares with the browser")},
        {QT_TR_NOOP("Frames/s"), QT_TR_NOOP("Pictures handed over through shared memory")},
        {QT_TR_NOOP("Msgs/s"), QT_TR_NOOP("Messages over the socket, both ways")},
        {QT_TR_NOOP("Queue"), QT_TR_NOOP("Bytes sent that it has not read")},
        {QT_TR_NOOP("FDs"), QT_TR_NOOP("Open file descriptors")},
        {QT_TR_NOOP("Threads"), QT_TR_NOOP("Threads")},
        {QT_TR_NOOP("Switches/s"), QT_TR_NOOP("Context switches of its main thread")},
        {QT_TR_NOOP("Uptime"), QT_TR_NOOP("Since it was started")},
        {QT_TR_NOOP("Crashes"), QT_TR_NOOP("Earlier processes of the same site that ended badly")},
    };
    if (role == Qt::DisplayRole)
        return tr(Heads[section].name);
    if (role == Qt::ToolTipRole)
        return toolTipText(OutsideText(tr(Heads[section].hint)));
    if (role == Qt::TextAlignmentRole)
        return int((section >= Processor || section == Pid ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

} // namespace bulkhead
