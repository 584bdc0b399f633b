// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/traffic/frame_model.h"

#include "browser/pages/shown/rich_text.h"
#include "browser/tools/map/map_node.h"
#include "browser/tools/model/figures.h"
#include "browser/widgets/color_scheme.h"

#include <QLocale>
#include <QPainter>

#include <algorithm>

namespace bulkhead {

FrameModel::FrameModel(const TrafficLog &log, QObject *parent) : QAbstractTableModel(parent), m_log(log)
{
    connect(&log, &TrafficLog::cleared, this, &FrameModel::reset);
}

void FrameModel::setFilter(const TrafficFilter &filter)
{
    m_filter = filter;
    reset();
}

void FrameModel::reset()
{
    beginResetModel();
    m_rows.clear();
    m_seen = 0;
    endResetModel();
    update();
}

void FrameModel::update()
{
    const auto &all = m_log.frames();
    if (all.empty())
        return;
    int forgotten = 0;
    while (forgotten < int(m_rows.size()) && m_rows[std::size_t(forgotten)] < all.front().number)
        ++forgotten;
    if (forgotten > 0) {
        beginRemoveRows({}, 0, forgotten - 1);
        m_rows.erase(m_rows.begin(), m_rows.begin() + forgotten);
        endRemoveRows();
    }
    QList<quint64> fresh;
    const std::size_t first = m_seen >= all.front().number ? std::size_t(m_seen - all.front().number + 1) : 0;
    for (std::size_t i = first; i < all.size() && (m_heldAt == 0 || all[i].number <= m_heldAt); ++i) {
        m_seen = all[i].number;
        if (m_filter.accepts(all[i]))
            fresh << all[i].number;
    }
    if (!m_rows.empty()) // shown and released meanwhile
        Q_EMIT dataChanged(index(std::max(0, int(m_rows.size()) - 8), ShownAfter), index(int(m_rows.size()) - 1, Fate));
    if (fresh.isEmpty())
        return;
    beginInsertRows({}, int(m_rows.size()), int(m_rows.size()) + int(fresh.size()) - 1);
    m_rows.insert(m_rows.end(), fresh.begin(), fresh.end());
    endInsertRows();
}

int FrameModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int FrameModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

const TrafficFrame *FrameModel::frame(const QModelIndex &index) const
{
    return index.isValid() ? m_log.frame(m_rows[std::size_t(index.row())]) : nullptr;
}

int FrameModel::rowAt(qint64 microseconds) const
{
    const auto it = std::lower_bound(m_rows.begin(), m_rows.end(), microseconds, [this](quint64 number, qint64 time) {
        const TrafficFrame *frame = m_log.frame(number);
        return !frame || frame->handedOver < time;
    });
    return int(it - m_rows.begin());
}

QVariant FrameModel::data(const QModelIndex &index, int role) const
{
    const TrafficFrame *frame = this->frame(index);
    if (!frame)
        return {};
    switch (role) {
    case NumberRole:
        return frame->number;
    case MicrosecondsRole:
        return frame->handedOver;
    case SizeRole:
        return frame->size;
    case DamageRole:
        return index.column() == Damage ? QVariant::fromValue(frame->damage) : QVariant();
    case Qt::TextAlignmentRole:
        return index.column() >= Painted && index.column() <= ReleasedAfter
                   ? QVariant(int(Qt::AlignRight | Qt::AlignVCenter))
                   : QVariant();
    case Qt::ToolTipRole: {
        QStringList lines{tr("frame %1 of page %2 in buffer %3.%4, %5 × %6 pixels")
                              .arg(frame->id)
                              .arg(frame->page)
                              .arg(frame->pool)
                              .arg(frame->buffer)
                              .arg(frame->size.width())
                              .arg(frame->size.height())};
        for (const QRect &rect : frame->damage)
            lines << tr("changed: %1 × %2 at %3, %4").arg(rect.width()).arg(rect.height()).arg(rect.x()).arg(rect.y());
        if (frame->input)
            lines << tr("shows what input %1 did").arg(frame->input);
        return toolTipText(OutsideText(lines.join(QLatin1Char('\n')), OutsideText::Lines::Many));
    }
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case Time:
        return QLocale().toString(double(frame->handedOver - m_origin) / 1e6, 'f', 6);
    case Channel:
        return QString::number(frame->pid);
    case Frame:
        return tr("%1 in %2.%3").arg(frame->id).arg(frame->pool).arg(frame->buffer);
    case Painted:
        return figures::bytes(double(frame->paintedBytes));
    case PaintTime:
        return figures::microseconds(frame->paintMicroseconds);
    case ShownAfter:
        return frame->shown ? QStringLiteral("+") + figures::microseconds(frame->shown - frame->handedOver) : QString();
    case ReleasedAfter:
        return frame->released ? QStringLiteral("+") + figures::microseconds(frame->released - frame->handedOver)
                               : QString();
    case Fate:
        switch (frame->fate) {
        case TrafficFrame::Fate::Waiting:
            return tr("waits");
        case TrafficFrame::Fate::Shown:
            return tr("shown");
        case TrafficFrame::Fate::Superseded:
            return tr("dropped");
        }
    }
    return {};
}

QVariant FrameModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    static const char *const Names[ColumnCount] = {QT_TR_NOOP("Time (s)"), QT_TR_NOOP("Channel"),  QT_TR_NOOP("Frame"),
                                                   QT_TR_NOOP("Damage"),   QT_TR_NOOP("Painted"),  QT_TR_NOOP("Paint"),
                                                   QT_TR_NOOP("Shown"),    QT_TR_NOOP("Released"), QT_TR_NOOP("Fate")};
    static const char *const Hints[ColumnCount] = {
        QT_TR_NOOP("When its message came: the moment of handing over"),
        QT_TR_NOOP("The process that painted it"),
        QT_TR_NOOP("Its number, and pool and buffer of shared memory that it lies in"),
        QT_TR_NOOP("What differs from the frame before, to scale"),
        QT_TR_NOOP("Pixels written into shared memory; none of them went through the socket"),
        QT_TR_NOOP("How long painting took, by the process's own word"),
        QT_TR_NOOP("On screen so long after the handing over"),
        QT_TR_NOOP("The process may have the buffer again so long after the handing over"),
        QT_TR_NOOP("Dropped: the next frame came before this one was on screen")};
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::DisplayRole)
        return tr(Names[section]);
    if (role == Qt::ToolTipRole)
        return toolTipText(OutsideText(tr(Hints[section])));
    return {};
}

void DamageDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    const QSize size = index.data(FrameModel::SizeRole).toSize();
    if (size.isEmpty())
        return;
    const QRectF room = QRectF(option.rect).adjusted(3, 2, -3, -2);
    const double scale = std::min(room.width() / size.width(), room.height() / size.height());
    QRectF outline(0, 0, size.width() * scale, size.height() * scale);
    outline.moveCenter(room.center());
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    QColor color = map::memoryColor(option.palette);
    painter->setBrush(color);
    const auto damage = index.data(FrameModel::DamageRole).value<QList<QRect>>();
    for (const QRect &rect : damage) {
        // A caret's pixel is still to be seen.
        const QRectF scaled(outline.x() + rect.x() * scale, outline.y() + rect.y() * scale,
                            std::max(1.0, rect.width() * scale), std::max(1.0, rect.height() * scale));
        painter->drawRect(scaled & outline);
    }
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(chrome::faintText(option.palette), 1));
    painter->drawRect(outline);
    painter->restore();
}

} // namespace bulkhead
