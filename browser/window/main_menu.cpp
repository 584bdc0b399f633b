// SPDX-License-Identifier: BSD-3-Clause
#include "browser/window/main_menu.h"

#include "browser/window/flat_button.h"
#include "browser/window/window_actions.h"

#include <QHBoxLayout>
#include <QLabel>
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
    addAction(actions.find);
    addAction(actions.history);
    addAction(actions.downloads);
    addSeparator();
    auto *zoomRow = new QWidgetAction(this);
    zoomRow->setDefaultWidget(makeZoomRow(actions));
    addAction(zoomRow);
    QMenu *zoomMenu = addMenu(tr("&Zoom")); // the same by arrow keys, which do not reach into the row
    zoomMenu->addActions({actions.zoomIn, actions.zoomOut, actions.zoomReset});
    addAction(actions.fullScreen);
    addSeparator();
    addAction(actions.endProcess);
    addAction(actions.playground);
    addAction(actions.version);
    addSeparator();
    addAction(actions.quit);
    setZoom(1.0);
}

QWidget *MainMenu::makeZoomRow(const WindowActions &actions)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(30, 2, 8, 2);
    layout->setSpacing(2);
    m_zoom = new FlatButton(row);
    m_zoom->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_zoom->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("0000 %")) + 12);
    connect(m_zoom, &QToolButton::clicked, actions.zoomReset, &QAction::trigger);
    layout->addWidget(new QLabel(tr("Zoom"), row), 1);
    layout->addWidget(new FlatButton(actions.zoomOut, row));
    layout->addWidget(m_zoom);
    layout->addWidget(new FlatButton(actions.zoomIn, row));
    layout->addWidget(new FlatButton(actions.fullScreen, row));
    return row;
}

void MainMenu::setZoom(double zoom)
{
    const QString text = tr("%1 %", "zoom").arg(qRound(zoom * 100));
    m_zoom->setText(text);
    m_zoom->setToolTip(tr("Actual size"));
    m_zoom->setAccessibleName(tr("Zoom %1, reset to actual size").arg(text));
}

} // namespace bulkhead
