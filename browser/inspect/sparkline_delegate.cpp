// SPDX-License-Identifier: BSD-3-Clause
#include "browser/inspect/sparkline_delegate.h"

#include "browser/inspect/task_model.h"
#include "browser/window/color_scheme.h"

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
    const auto history = index.data(TaskModel::HistoryRole).value<FigureHistory>();
    if (history.count() > 1 && option.rect.width() > Width + 50) {
        const QRectF area(option.rect.left() + 4, option.rect.top() + 4, Width, option.rect.height() - 8);
        const float scale = scaleOf(index.column(), history);
        QPolygonF line;
        for (int i = 0; i < history.count(); ++i) {
            const double x =
                area.right() - double(history.count() - 1 - i) * area.width() / (FigureHistory::Length - 1);
            line << QPointF(x, area.bottom() - double(history.at(i) / scale) * area.height());
        }
        const QColor color = chrome::accent(option.palette);
        QColor fill = color;
        fill.setAlphaF(0.16f);
        QPolygonF body = line;
        body << QPointF(line.last().x(), area.bottom()) << QPointF(line.first().x(), area.bottom());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(fill);
        painter->drawPolygon(body);
        painter->setPen(QPen(color, 1.2));
        painter->drawPolyline(line);
        painter->restore();
    }
    QStyledItemDelegate::paint(painter, option, index);
}

} // namespace bulkhead
