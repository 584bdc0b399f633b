// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/plain_text.h"

#include <QAbstractButton>
#include <QLabel>
#include <QMenu>
#include <QStandardItem>
#include <QTableWidgetItem>
#include <QToolTip>

namespace bulkhead::plain {
namespace {

/// A message box is as wide as its longest word: a long one may be broken anywhere, by a space of no width.
QString breakable(const OutsideText &text)
{
    constexpr int LongestWord = 60;
    QString broken;
    int run = 0;
    for (const QChar c : text.plain()) {
        run = c.isSpace() ? 0 : run + 1;
        if (run > LongestWord && !c.isLowSurrogate() && !c.isMark()) {
            broken += QChar(0x200b);
            run = 1;
        }
        broken += c;
    }
    return broken;
}

} // namespace

void setText(QLabel *label, const OutsideText &text)
{
    label->setTextFormat(Qt::PlainText);
    label->setText(text.plain());
}

void setText(QLabel *label, const RichText &text)
{
    label->setTextFormat(Qt::RichText);
    label->setText(text.html());
}

void setText(QAbstractButton *button, const OutsideText &text)
{
    button->setText(menuText(text));
}

void setText(QTableWidgetItem *item, const OutsideText &text)
{
    item->setText(text.plain());
}

void setToolTip(QWidget *widget, const OutsideText &text)
{
    widget->setToolTip(toolTipText(text));
}

void setToolTip(QAction *action, const OutsideText &text)
{
    action->setToolTip(toolTipText(text));
}

void setToolTip(QStandardItem *item, const OutsideText &text)
{
    item->setToolTip(toolTipText(text));
}

void setToolTip(QStandardItem *item, const RichText &text)
{
    item->setToolTip(text.html());
}

void setToolTip(QTableWidgetItem *item, const OutsideText &text)
{
    item->setToolTip(toolTipText(text));
}

void setAccessibleName(QWidget *widget, const OutsideText &text)
{
    if (widget->accessibleName() != text.plain())
        widget->setAccessibleName(text.plain());
}

void setAccessibleDescription(QWidget *widget, const OutsideText &text)
{
    if (widget->accessibleDescription() != text.plain())
        widget->setAccessibleDescription(text.plain());
}

void setAccessibleDescription(QStandardItem *item, const OutsideText &text)
{
    item->setAccessibleDescription(text.plain());
}

void setWindowTitle(QWidget *window, const OutsideText &title)
{
    // "[*]" stands for "modified"; doubled it stands for itself.
    window->setWindowTitle(QString(title.plain()).replace(QLatin1String("[*]"), QLatin1String("[*][*]")));
}

QString menuText(const OutsideText &text)
{
    QString line = OutsideText(text.plain()).plain();
    return line.replace(u'&', QLatin1String("&&"));
}

QAction *addAction(QMenu *menu, const QIcon &icon, const OutsideText &text)
{
    QAction *action = menu->addAction(icon, menuText(text));
    action->setToolTip(toolTipText(text));
    return action;
}

QMessageBox *messageBox(QMessageBox::Icon icon, const QString &title, const OutsideText &text,
                        QMessageBox::StandardButtons buttons, QWidget *parent)
{
    auto *box = new QMessageBox(icon, title, QString(), buttons, parent);
    box->setTextFormat(Qt::PlainText);
    box->setText(breakable(text));
    return box;
}

void setInformativeText(QMessageBox *box, const OutsideText &text)
{
    // Its label is made by the first text, and rich or plain by Qt's guess, whatever the box's own format is.
    box->setInformativeText(QStringLiteral("\u2026"));
    for (QLabel *label : box->findChildren<QLabel *>())
        label->setTextFormat(Qt::PlainText);
    box->setInformativeText(breakable(text));
}

void showToolTip(QPoint globalPosition, const OutsideText &text, QWidget *widget, const QRect &area)
{
    QToolTip::showText(globalPosition, toolTipText(text), widget, area);
}

void showToolTip(QPoint globalPosition, const RichText &text, QWidget *widget, const QRect &area)
{
    QToolTip::showText(globalPosition, text.html(), widget, area);
}

} // namespace bulkhead::plain
