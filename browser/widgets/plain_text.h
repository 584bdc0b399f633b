// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/shown/rich_text.h"

#include <QAction>
#include <QIcon>
#include <QMessageBox>
#include <QRect>

class QAbstractButton;
class QLabel;
class QMenu;
class QStandardItem;
class QTableWidgetItem;
class QWidget;

/// The one way from OutsideText to what a widget takes. Qt guesses whether a string is markup in labels, message boxes
/// and tooltips, reads mnemonics in menus and buttons, and a placeholder in window titles: here it is told otherwise.
/// tests/layering/shown_test.py forbids the ways around it. GUI thread.
namespace bulkhead::plain {

void setText(QLabel *label, const OutsideText &text);
/// Markup of RichText's making.
void setText(QLabel *label, const RichText &text);
void setText(QAbstractButton *button, const OutsideText &text);
void setText(QTableWidgetItem *item, const OutsideText &text);
void setToolTip(QWidget *widget, const OutsideText &text);
void setToolTip(QAction *action, const OutsideText &text);
void setToolTip(QStandardItem *item, const OutsideText &text);
void setToolTip(QStandardItem *item, const RichText &text);
void setToolTip(QTableWidgetItem *item, const OutsideText &text);
void setAccessibleName(QWidget *widget, const OutsideText &text);
void setAccessibleDescription(QWidget *widget, const OutsideText &text);
void setAccessibleDescription(QStandardItem *item, const OutsideText &text);
void setWindowTitle(QWidget *window, const OutsideText &title);

/// For menus, buttons and tabs: an ampersand is no mnemonic, a tab no shortcut.
QString menuText(const OutsideText &text);
QAction *addAction(QMenu *menu, const QIcon &icon, const OutsideText &text);

/// @p title is the app's own. Owned by @p parent.
QMessageBox *messageBox(QMessageBox::Icon icon, const QString &title, const OutsideText &text,
                        QMessageBox::StandardButtons buttons, QWidget *parent);
void setInformativeText(QMessageBox *box, const OutsideText &text);

void showToolTip(QPoint globalPosition, const OutsideText &text, QWidget *widget, const QRect &area = {});
void showToolTip(QPoint globalPosition, const RichText &text, QWidget *widget, const QRect &area = {});

} // namespace bulkhead::plain
