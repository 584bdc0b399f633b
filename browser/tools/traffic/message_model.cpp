// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/traffic/message_model.h"

#include "browser/pages/shown/rich_text.h"
#include "browser/tools/model/figures.h"

#include <QLocale>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr std::size_t ForgetInSteps = 500; ///< rows go in blocks: each removal costs the view
}

MessageModel::MessageModel(const TrafficLog &log, QObject *parent) : QAbstractItemModel(parent), m_log(log)
{
    connect(&log, &TrafficLog::cleared, this, &MessageModel::reset);
}

void MessageModel::setFilter(const TrafficFilter &filter)
{
    m_filter = filter;
    reset();
}

void MessageModel::reset()
{
    beginResetModel();
    m_rows.clear();
    m_seen = 0;
    endResetModel();
    update();
}

void MessageModel::update()
{
    const auto &all = m_log.messages();
    if (all.empty())
        return;
    if (m_origin == 0)
        m_origin = all.front().microseconds;
    std::size_t forgotten = 0;
    while (forgotten < m_rows.size() && m_rows[forgotten].number < all.front().number)
        ++forgotten;
    if (forgotten >= ForgetInSteps || forgotten == m_rows.size()) {
        if (forgotten > 0) {
            beginRemoveRows({}, 0, int(forgotten) - 1);
            m_rows.erase(m_rows.begin(), m_rows.begin() + std::ptrdiff_t(forgotten));
            endRemoveRows();
        }
    }
    std::vector<quint64> fresh;
    const std::size_t first = m_seen >= all.front().number ? std::size_t(m_seen - all.front().number + 1) : 0;
    for (std::size_t i = first; i < all.size() && (m_heldAt == 0 || all[i].number <= m_heldAt); ++i) {
        m_seen = all[i].number;
        if (m_filter.accepts(all[i]))
            fresh.push_back(all[i].number);
    }
    if (fresh.empty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + fresh.size()) - 1);
    for (const quint64 number : fresh)
        m_rows.push_back({number, {}});
    endInsertRows();
}

const MessageField *MessageModel::fieldsOf(int row) const
{
    const Row &entry = m_rows[std::size_t(row)];
    if (!entry.fields) {
        const TrafficMessage *message = m_log.message(entry.number);
        entry.fields = message ? message->fields() : std::make_unique<MessageField>();
        entry.fields->row = int(entry.number & 0x7fffffff);
    }
    return entry.fields.get();
}

// A field's index points to the field; a message's to nothing.
QModelIndex MessageModel::index(int row, int column, const QModelIndex &parent) const
{
    if (row < 0 || column < 0 || column >= ColumnCount)
        return {};
    if (!parent.isValid())
        return row < int(m_rows.size()) ? createIndex(row, column) : QModelIndex();
    const auto *field = static_cast<const MessageField *>(parent.internalPointer());
    const MessageField *above = field ? field : fieldsOf(parent.row());
    if (row >= int(above->fields.size()))
        return {};
    return createIndex(row, column, above->fields[std::size_t(row)].get());
}

QModelIndex MessageModel::parent(const QModelIndex &child) const
{
    const auto *field = static_cast<const MessageField *>(child.internalPointer());
    if (!child.isValid() || !field || !field->parent)
        return {};
    const MessageField *above = field->parent;
    if (above->parent)
        return createIndex(above->row, 0, above);
    // The root of a message's fields: its row is found by the number, which rises with the rows.
    const auto it =
        std::find_if(m_rows.begin(), m_rows.end(), [above](const Row &row) { return row.fields.get() == above; });
    return it == m_rows.end() ? QModelIndex() : createIndex(int(it - m_rows.begin()), 0);
}

int MessageModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_rows.size());
    if (parent.column() != 0)
        return 0;
    const auto *field = static_cast<const MessageField *>(parent.internalPointer());
    return int((field ? field : fieldsOf(parent.row()))->fields.size());
}

int MessageModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool MessageModel::hasChildren(const QModelIndex &parent) const
{
    // Without parsing: nearly every message has fields.
    if (parent.isValid() && !parent.internalPointer())
        return parent.column() == 0;
    return rowCount(parent) > 0;
}

const TrafficMessage *MessageModel::message(const QModelIndex &index) const
{
    return index.isValid() && !index.internalPointer() ? m_log.message(m_rows[std::size_t(index.row())].number)
                                                       : nullptr;
}

int MessageModel::rowAt(qint64 microseconds) const
{
    const auto it = std::lower_bound(m_rows.begin(), m_rows.end(), microseconds, [this](const Row &row, qint64 time) {
        const TrafficMessage *message = m_log.message(row.number);
        return !message || message->microseconds < time;
    });
    return int(it - m_rows.begin());
}

int MessageModel::find(const QString &text, int from, bool backwards) const
{
    const int count = int(m_rows.size());
    for (int i = 1; i <= count && !text.isEmpty(); ++i) {
        const int row = ((from + (backwards ? -i : i)) % count + count) % count;
        const TrafficMessage *message = m_log.message(m_rows[std::size_t(row)].number);
        if (message && (message->name().contains(text, Qt::CaseInsensitive) || hasFieldText(*message, text)))
            return row;
    }
    return -1;
}

QVariant MessageModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (const auto *field = static_cast<const MessageField *>(index.internalPointer())) {
        if (role == Qt::DisplayRole && index.column() == Time)
            return OutsideText(field->name).plain();
        // Beside its name, across the columns that a field has no use for.
        if (role == Qt::DisplayRole && index.column() == Name)
            return OutsideText(field->value).plain();
        if (role == Qt::ToolTipRole && index.column() == Name)
            return toolTipText(OutsideText(field->value));
        return {};
    }
    const TrafficMessage *message = this->message(index);
    if (!message)
        return {};
    switch (role) {
    case NumberRole:
        return message->number;
    case MicrosecondsRole:
        return message->microseconds;
    case Qt::TextAlignmentRole:
        return index.column() == Size || index.column() == Descriptors || index.column() == Latency
                   ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                   : QVariant();
    case Qt::ToolTipRole:
        if (index.column() == Name) {
            QStringList lines{message->name()};
            for (const TrafficThread &thread : message->threads) {
                if (thread.kind != TrafficThread::Kind::None)
                    lines << thread.text();
            }
            if (message->superseded)
                lines << tr("took the place of an older one that had not been sent");
            if (message->trimmed)
                lines << tr("long fields are cut here");
            return toolTipText(OutsideText(lines.join(QLatin1Char('\n')), OutsideText::Lines::Many));
        }
        return {};
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case Time:
        return QLocale().toString(double(message->microseconds - m_origin) / 1e6, 'f', 6);
    case Direction:
        return message->way == TrafficMessage::Way::Sent ? QStringLiteral("→") : QStringLiteral("←");
    case Channel:
        return QString::number(message->pid);
    case Name: {
        const QString name = message->name();
        switch (message->kind) {
        case PacketKind::Request:
            return tr("%1 (question %2)").arg(name).arg(message->request);
        case PacketKind::Reply:
            return tr("%1 (answer %2)").arg(name).arg(message->request);
        case PacketKind::Message:
            break;
        }
        return message->superseded ? tr("%1 (coalesced)").arg(name) : name;
    }
    case Size:
        return figures::bytes(double(message->bytes));
    case Descriptors:
        return message->fds > 0 ? QString::number(message->fds) : QString();
    case Latency:
        return message->latency >= 0 ? figures::microseconds(message->latency) : QString();
    }
    return {};
}

QVariant MessageModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const char *const Names[ColumnCount] = {QT_TR_NOOP("Time (s)"), QT_TR_NOOP("Dir"),  QT_TR_NOOP("Channel"),
                                                   QT_TR_NOOP("Message"),  QT_TR_NOOP("Size"), QT_TR_NOOP("FDs"),
                                                   QT_TR_NOOP("Answered")};
    static const char *const Hints[ColumnCount] = {
        QT_TR_NOOP("When it was queued or taken from the socket, since recording began"),
        QT_TR_NOOP("→ from the browser to the process, ← from the process to the browser"),
        QT_TR_NOOP("The process at the other end of the socket"),
        QT_TR_NOOP("What it is; its fields are below it"),
        QT_TR_NOOP("On the wire, without the header"),
        QT_TR_NOOP("File descriptors that travelled with it (SCM_RIGHTS)"),
        QT_TR_NOOP("Time from the question, request or input to its answer")};
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return tr(Names[section]);
    if (role == Qt::ToolTipRole)
        return toolTipText(OutsideText(tr(Hints[section])));
    return {};
}

} // namespace bulkhead
