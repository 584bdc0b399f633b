// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStyledItemDelegate>

namespace bulkhead {

/// A visited page in the address bar's list: its title, then its address in a fainter colour, on one line.
class SuggestionDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum Role { UrlRole = Qt::UserRole + 1, TitleRole, EditedRole };

    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace bulkhead
