// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/main_menu.h"

#include "browser/desktop/window/window_actions.h"
#include "browser/desktop/window/zoom_row.h"

#include <QWidgetAction>

namespace bulkhead {

MainMenu::MainMenu(const WindowActions &actions, QWidget *parent) : QMenu(parent)
{
    setAccessibleName(tr("Menu"));
    addAction(actions.newTab);
    addAction(actions.duplicateTab);
    addAction(actions.reopenTab);
    addSeparator();
    addAction(actions.openFile);
    addAction(actions.savePage);
    addAction(actions.print);
    addAction(actions.find);
    addAction(actions.contents);
    addAction(actions.history);
    addAction(actions.downloads);
    addSeparator();
    m_zoomRow = new ZoomRow(actions, this);
    auto *zoomAction = new QWidgetAction(this);
    zoomAction->setDefaultWidget(m_zoomRow);
    addAction(zoomAction);
    addAction(actions.fullScreen);
    addSeparator();
    QMenu *tools = addMenu(tr("&Tools"));
    for (QAction *tool : {actions.processMap, actions.taskManager, actions.inspector, actions.experiments, actions.lab})
        tools->addAction(tool);
    tools->addSeparator();
    tools->addAction(actions.projector);
    addAction(actions.endProcess);
    addAction(actions.playground);
    addAction(actions.version);
    addSeparator();
    addAction(actions.quit);
}

void MainMenu::setZoom(double zoom)
{
    m_zoomRow->setZoom(zoom);
}

} // namespace bulkhead
