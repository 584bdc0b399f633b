// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/outline_menu.h"

#include "browser/pages/tabs/tab.h"
#include "browser/widgets/plain_text.h"

#include <QCoreApplication>
#include <QMenu>
#include <QPointer>

#include <algorithm>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("OutlineMenu", source);
}

constexpr int Indent = 4;      // spaces for a level
constexpr int MostShown = 200; // a menu is no place for more
constexpr int MostTitle = 80;  // characters

} // namespace

void openOutlineMenu(Tab &tab, QWidget &page)
{
    tab.requestStructure([tab = QPointer(&tab), page = QPointer(&page)](const DocumentStructure &structure) {
        if (!tab || !page || !page->isVisible())
            return;
        auto *menu = new QMenu(page);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        QObject::connect(menu, &QObject::destroyed, [held = structure.held] {}); // for as long as it is shown
        menu->setAccessibleName(tr("Table of contents"));
        menu->setStyleSheet(QStringLiteral("QMenu { menu-scrollable: 1; }"));
        for (const DocumentStructure::Chapter &chapter :
             structure.chapters.first(std::min<qsizetype>(structure.chapters.size(), MostShown))) {
            const QString title = chapter.title.isEmpty() ? tr("(no title)") : chapter.title.left(MostTitle);
            QAction *action =
                plain::addAction(menu, {}, OutsideText(QString((chapter.level - 1) * Indent, u' ') + title));
            QObject::connect(action, &QAction::triggered, tab,
                             [tab, to = chapter.area.topLeft()] { tab->scrollTo(to); });
        }
        if (structure.chapters.isEmpty())
            menu->addAction(tr("This document has no table of contents"))->setEnabled(false);
        menu->popup(page->mapToGlobal(QPoint(8, 8)));
    });
}

} // namespace bulkhead
