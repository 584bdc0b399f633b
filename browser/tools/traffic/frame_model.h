// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/traffic/traffic_filter.h"
#include "browser/tools/traffic/traffic_log.h"

#include <QAbstractTableModel>
#include <QStyledItemDelegate>

#include <deque>

namespace bulkhead {

/// The frames of a TrafficLog that a filter lets through. Follows the log when update() is called.
class FrameModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Time, Channel, Frame, Damage, Painted, PaintTime, ShownAfter, ReleasedAfter, Fate, ColumnCount };
    enum Role { NumberRole = Qt::UserRole, MicrosecondsRole, SizeRole, DamageRole };

    /// @p log outlives the model.
    explicit FrameModel(const TrafficLog &log, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void setFilter(const TrafficFilter &filter);
    void update();
    /// Nothing newer than that is shown; 0: everything.
    void hold(quint64 number) { m_heldAt = number; }
    void reset();
    int rowAt(qint64 microseconds) const;
    const TrafficFrame *frame(const QModelIndex &index) const;
    void setOrigin(qint64 microseconds) { m_origin = microseconds; }

private:
    const TrafficLog &m_log;
    TrafficFilter m_filter;
    std::deque<quint64> m_rows;
    quint64 m_seen = 0;
    quint64 m_heldAt = 0;
    qint64 m_origin = 0;
};

/// Draws what a frame changed, to scale, in the frame's outline.
class DamageDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace bulkhead

Q_DECLARE_METATYPE(QList<QRect>)
