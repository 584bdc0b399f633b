// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/shown/outside_text.h"

#include <QAbstractItemView>
#include <QAction>
#include <QApplication>
#include <QDir>
#include <QHelpEvent>
#include <QImage>
#include <QLabel>
#include <QTabBar>
#include <QTemporaryDir>
#include <QToolTip>
#include <QUrl>
#include <QtTest>

#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace bulkhead {

/// Strings as a hostile page, plugin or server sends them, and a picture in the file system that they name: whoever
/// takes one for markup opens it, and that is seen.
class HostileText
{
public:
    HostileText() : m_watch(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC))
    {
        QImage picture(8, 8, QImage::Format_RGB32);
        picture.fill(Qt::red);
        picture.save(file());
        ::inotify_add_watch(m_watch, QFile::encodeName(m_folder.path()).constData(), IN_OPEN);
    }
    ~HostileText() { ::close(m_watch); }

    QString file() const { return m_folder.filePath(QStringLiteral("probe.png")); }
    QString markup() const
    {
        return QStringLiteral("<b>x</b><img src=\"%1\">").arg(QUrl::fromLocalFile(file()).toString());
    }
    QStringList all() const
    {
        return {markup(),
                QStringLiteral("<img src='%1'>").arg(file()),
                QStringLiteral("Fine words &lt; ") + markup(),
                QStringLiteral("\n\n") + markup(),
                QStringLiteral("<?xml version=\"1.0\"?>") + markup(),
                QStringLiteral("</b></div></td></table></qt>") + markup(),
                QStringLiteral("<style>@import url(%1)</style><link rel=stylesheet href=%1>")
                        .arg(QUrl::fromLocalFile(file()).toString()) +
                    markup(),
                QStringLiteral("\u202egnp.exe\u2066 \u200f") + markup(),
                QString(QChar::Null) + markup(),
                QStringLiteral("& &x\t[*]%1%2") + markup(),
                markup() + QString(1 << 20, u'x')};
    }

    /// How often the picture has been opened since the last call.
    int opened()
    {
        int count = 0;
        alignas(inotify_event) char buffer[4096];
        for (ssize_t size = ::read(m_watch, buffer, sizeof buffer); size > 0;
             size = ::read(m_watch, buffer, sizeof buffer)) {
            for (ssize_t at = 0; at < size;) {
                const auto *event = reinterpret_cast<const inotify_event *>(buffer + at);
                count += event->len > 0 && qstrcmp(event->name, "probe.png") == 0;
                at += ssize_t(sizeof(inotify_event) + event->len);
            }
        }
        return count;
    }

private:
    QTemporaryDir m_folder;
    int m_watch;
};

/// Goes over @p top and all that is in it, shows and paints it with its tooltips, and says what is wrong: markup that
/// Qt would lay out as such, or a string without a bound. Empty when nothing is.
inline QStringList whatIsWrongIn(QWidget &top)
{
    QStringList wrong;
    constexpr qsizetype Longest = OutsideText::LongestBlock + 200;
    const auto complain = [&wrong](const QObject *object, const char *what, const QString &text) {
        wrong << QStringLiteral("%1 %2 %3: %4")
                     .arg(QLatin1String(object->metaObject()->className()), object->objectName(), QLatin1String(what),
                          text.left(120));
    };
    const auto isMarkup = [](const QString &text) {
        return text.contains(QLatin1String("<img")) || text.contains(QLatin1String("<style"));
    };
    const auto check = [&](const QObject *object, const char *what, const QString &text, bool qtGuesses) {
        if (text.size() > Longest)
            complain(object, what, QStringLiteral("%1 characters").arg(text.size()));
        if (text.contains(QChar(0x202e)) || text.contains(QChar::Null))
            complain(object, what, QStringLiteral("direction or control characters"));
        if (qtGuesses && Qt::mightBeRichText(text) && isMarkup(text))
            complain(object, what, text);
    };
    QList<QWidget *> widgets = top.findChildren<QWidget *>();
    widgets.prepend(&top);
    for (QWidget *widget : std::as_const(widgets)) {
        check(widget, "tooltip", widget->toolTip(), true);
        check(widget, "what's this", widget->whatsThis(), true);
        check(widget, "accessible name", widget->accessibleName(), false);
        check(widget, "accessible description", widget->accessibleDescription(), false);
        check(widget, "title", widget->windowTitle(), false);
        if (const auto *label = qobject_cast<QLabel *>(widget)) {
            const bool plain = label->textFormat() == Qt::PlainText;
            check(label, "text", label->text(), !plain);
            if (label->textFormat() == Qt::RichText && isMarkup(label->text()))
                complain(label, "text", label->text());
        }
        for (const QAction *action : widget->actions()) {
            check(action, "text", action->text(), false);
            check(action, "tooltip", action->toolTip(), true);
        }
        if (auto *bar = qobject_cast<QTabBar *>(widget)) {
            for (int i = 0; i < bar->count(); ++i) {
                check(bar, "tab", bar->tabText(i), false);
                QHelpEvent help(QEvent::ToolTip, bar->tabRect(i).center(), bar->mapToGlobal(bar->tabRect(i).center()));
                QApplication::sendEvent(bar, &help);
                check(bar, "shown tooltip", QToolTip::text(), true);
            }
        } else if (widget->isVisible()) {
            QHelpEvent help(QEvent::ToolTip, widget->rect().center(), widget->mapToGlobal(widget->rect().center()));
            QApplication::sendEvent(widget, &help);
            check(widget, "shown tooltip", QToolTip::text(), true);
        }
        if (const auto *view = qobject_cast<QAbstractItemView *>(widget); view && view->model()) {
            QList<QModelIndex> parents{QModelIndex()};
            while (!parents.isEmpty()) {
                const QModelIndex parent = parents.takeLast();
                for (int row = 0; row < view->model()->rowCount(parent); ++row) {
                    for (int column = 0; column < view->model()->columnCount(parent); ++column) {
                        const QModelIndex index = view->model()->index(row, column, parent);
                        check(view, "item", index.data().toString(), false);
                        check(view, "item's tooltip", index.data(Qt::ToolTipRole).toString(), true);
                        check(view, "item's name", index.data(Qt::AccessibleTextRole).toString(), false);
                        check(view, "item's description", index.data(Qt::AccessibleDescriptionRole).toString(), false);
                    }
                    parents << view->model()->index(row, 0, parent);
                }
            }
        }
    }
    for (QWidget *tip : QApplication::topLevelWidgets()) {
        if (tip->inherits("QTipLabel"))
            tip->grab();
    }
    QToolTip::hideText();
    top.grab();
    if (const QSize wanted = top.sizeHint(); wanted.width() > 16'000 || wanted.height() > 16'000)
        complain(&top, "size", QStringLiteral("%1 x %2").arg(wanted.width()).arg(wanted.height()));
    return wrong;
}

} // namespace bulkhead
