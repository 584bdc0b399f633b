// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/traffic/traffic_filter.h"
#include "browser/tools/traffic/traffic_log.h"

#include <QAbstractItemModel>

#include <deque>
#include <memory>

namespace bulkhead {

/// The messages of a TrafficLog that a filter lets through, each with its fields below it, which are parsed when
/// somebody asks for them. Follows the log when update() is called, which the view does as often as it draws.
class MessageModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Time, Direction, Channel, Name, Size, Descriptors, Latency, ColumnCount };
    enum Role { NumberRole = Qt::UserRole, MicrosecondsRole };

    /// @p log outlives the model.
    explicit MessageModel(const TrafficLog &log, QObject *parent = nullptr);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void setFilter(const TrafficFilter &filter);
    /// Takes in what is new in the log, and lets go of what it has forgotten.
    void update();
    /// Nothing newer than that is shown; 0: everything.
    void hold(quint64 number) { m_heldAt = number; }
    void reset();

    /// Null for a field's row, or when the log has forgotten it.
    const TrafficMessage *message(const QModelIndex &index) const;
    /// The first row at or after that moment; rowCount() when there is none.
    int rowAt(qint64 microseconds) const;
    /// The next row after @p from (or before it) whose name or fields contain @p text; -1 when there is none.
    int find(const QString &text, int from, bool backwards) const;

    /// Times are told since this moment.
    void setOrigin(qint64 microseconds) { m_origin = microseconds; }
    qint64 origin() const { return m_origin; }

private:
    struct Row
    {
        quint64 number = 0;
        mutable std::unique_ptr<MessageField> fields;
    };
    const MessageField *fieldsOf(int row) const;

    const TrafficLog &m_log;
    TrafficFilter m_filter;
    std::deque<Row> m_rows;
    quint64 m_seen = 0; ///< number of the newest message that was looked at
    quint64 m_heldAt = 0;
    qint64 m_origin = 0;
};

} // namespace bulkhead
