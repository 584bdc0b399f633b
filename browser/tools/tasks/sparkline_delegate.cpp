// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/tasks/sparkline_delegate.h"

#include "browser/tools/tasks/task_model.h"
#include "browser/widgets/color_scheme.h"

#include <QPainter>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr int Width = 44;

/// What a full height stands for: a line at rest stays flat.
float scaleOf(int column, const FigureHistory &history)
{
    const float highest = history.highest();
    switch (column) {
    case TaskModel::Processor:
        return std::max(10.f, highest);
    case TaskModel::Messages:
        return std::max(20.f, highest);
    default:
        return std::max(1.f, highest * 1.2f);
    }
}
} // namespace

void SparklineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyledItemDelegate::paint(painter, option, index);
    if (option.rect.width() < Width + 50)
        return;
    const QVariant value = index.data(TaskModel::HistoryRole);
    if (!value.isValid())
        return;
    const auto &history = *static_cast<const FigureHistory *>(value.constData());
    if (history.count() < 2)
        return;
    const QRectF area(option.rect.left() + 4, option.rect.top() + 3, Width, option.rect.height() - 6);
    const float scale = scaleOf(index.column(), history);
    QPolygonF line;
    line.reserve(history.count());
    for (int i = 0; i < history.count(); ++i) {
        const double x = area.right() - double(history.count() - 1 - i) * area.width() / (FigureHistory::Length - 1);
        const QPointF point(x, area.bottom() - double(history.at(i) / scale) * area.height());
        // What stays level needs no points in between.
        if (line.size() > 1 && line.last().y() == point.y() && line[line.size() - 2].y() == point.y())
            line.last() = point;
        else
            line << point;
    }
    const bool selected = option.state & QStyle::State_Selected;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing, line.size() > 2);
    painter->setPen(
        QPen(selected ? option.palette.color(QPalette::HighlightedText) : chrome::accent(option.palette), 1));
    painter->drawPolyline(line);
    painter->restore();
}

QSize SparklineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    return QStyledItemDelegate::sizeHint(option, index) + QSize(0, 5);
}

} // namespace bulkhead
