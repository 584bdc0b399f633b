// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/suggestion_delegate.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"

#include <QPainter>

namespace bulkhead {

namespace {
constexpr int Padding = 10;
constexpr int IconSide = 16;
} // namespace

void SuggestionDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    painter->save();
    const bool selected = option.state & QStyle::State_Selected;
    const QPalette &palette = option.palette;
    painter->fillRect(option.rect, palette.color(selected ? QPalette::Highlight : QPalette::Base));

    QRect place = option.rect.adjusted(Padding, 0, -Padding, 0);
    const QRect icon(place.left(), place.center().y() - IconSide / 2 + 1, IconSide, IconSide);
    fallbackIcon(index.data(UrlRole).toUrl())
        .paint(painter, QStyle::visualRect(option.direction, place, icon), Qt::AlignCenter,
               selected ? QIcon::Selected : QIcon::Normal);
    place.setLeft(icon.right() + Padding);
    place = QStyle::visualRect(option.direction, option.rect.adjusted(Padding, 0, -Padding, 0), place);

    const QFontMetrics &metrics = option.fontMetrics;
    const QString title = metrics.elidedText(index.data(TitleRole).toString(), Qt::ElideRight, place.width() / 2);
    const QColor text = palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    painter->setPen(text);
    painter->drawText(place, Qt::AlignVCenter | Qt::AlignLeading, title);

    QRect rest = place;
    if (!title.isEmpty()) {
        const int used = metrics.horizontalAdvance(title) + 2 * Padding;
        option.direction == Qt::RightToLeft ? rest.setRight(rest.right() - used) : rest.setLeft(rest.left() + used);
    }
    painter->setPen(selected ? text : chrome::faintText(palette));
    painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeading,
                      metrics.elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideMiddle, rest.width()));
    painter->restore();
}

QSize SuggestionDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, option.fontMetrics.height() + 14};
}

} // namespace bulkhead
