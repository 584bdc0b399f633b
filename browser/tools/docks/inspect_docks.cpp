// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/docks/inspect_docks.h"

#include "browser/desktop/settings/setting_keys.h"
#include "browser/desktop/settings/settings.h"
#include "browser/desktop/window/main_window.h"
#include "browser/desktop/window/tab_bar.h"
#include "browser/desktop/window/tab_strip.h"
#include "browser/desktop/window/window_actions.h"
#include "browser/pages/tabs/tab_list.h"
#include "browser/tools/docks/projector_mode.h"
#include "browser/tools/map/process_map.h"
#include "browser/tools/model/blast_radius.h"
#include "browser/tools/tasks/task_manager.h"
#include "browser/tools/traffic/ipc_inspector.h"

#include <QDockWidget>

namespace bulkhead {

namespace {
constexpr int StateVersion = 1;
} // namespace

InspectDocks::InspectDocks(MainWindow &window, TabList &tabs, ProcessList &processes, TrafficLog &traffic,
                           Settings &settings, QObject *parent)
    : QObject(parent), m_window(window), m_tabs(tabs), m_processes(processes), m_traffic(traffic), m_settings(settings),
      m_blasts(new BlastWatch(processes, tabs, this)), m_projector(new ProjectorMode(tabs, this))
{
    m_window.setDockOptions(QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks);
    addDock(m_window.commands().processMap, QStringLiteral("process-map"), Qt::BottomDockWidgetArea, [this] {
        m_map = new ProcessMap(m_processes, *m_blasts);
        connect(m_map, &ProcessMap::tabRequested, this, &InspectDocks::goToTab);
        connect(m_map, &ProcessMap::chosen, this, &InspectDocks::choose);
        applyMotion();
        return m_map;
    });
    addDock(m_window.commands().taskManager, QStringLiteral("task-manager"), Qt::BottomDockWidgetArea, [this] {
        m_manager = new TaskManager(m_processes, *m_blasts);
        connect(m_manager, &TaskManager::tabRequested, this, &InspectDocks::goToTab);
        connect(m_manager, &TaskManager::chosen, this, &InspectDocks::choose);
        return m_manager;
    });
    addDock(m_window.commands().inspector, QStringLiteral("inspector"), Qt::BottomDockWidgetArea, [this] {
        m_inspector = new IpcInspector(m_traffic);
        return m_inspector;
    });
    connect(m_window.commands().projector, &QAction::toggled, m_projector, &ProjectorMode::setOn);
    connect(m_projector, &ProjectorMode::changed, this, &InspectDocks::applyMotion);
    // With a tool open one wants to know which tab is which process.
    for (const QAction *tool :
         {m_window.commands().processMap, m_window.commands().taskManager, m_window.commands().inspector})
        connect(tool, &QAction::toggled, this, [this] {
            const WindowActions &tools = m_window.commands();
            m_window.tabStrip()->bar()->setPidsShown(tools.processMap->isChecked() || tools.taskManager->isChecked() ||
                                                     tools.inspector->isChecked());
        });
    m_window.restoreState(m_settings.value(setting::ToolDocks), StateVersion);
    connect(&m_window, &MainWindow::closed, this,
            [this] { m_settings.set(setting::ToolDocks, m_window.saveState(StateVersion)); });
}

InspectDocks::~InspectDocks() = default;

QDockWidget *InspectDocks::addDock(QAction *action, const QString &name, Qt::DockWidgetArea area,
                                   std::function<QWidget *()> make)
{
    auto *dock = new QDockWidget(action->iconText(), &m_window);
    dock->setObjectName(name); // saveState() knows docks by it
    m_window.addDockWidget(area, dock);
    dock->hide();
    connect(action, &QAction::triggered, dock, [dock](bool on) {
        dock->setVisible(on);
        if (!on)
            return;
        dock->raise();
        if (dock->widget())
            dock->widget()->setFocus(Qt::ShortcutFocusReason);
    });
    // Hidden behind another dock is not closed: the action says whether there is one.
    connect(dock->toggleViewAction(), &QAction::toggled, action, &QAction::setChecked);
    connect(dock, &QDockWidget::visibilityChanged, dock, [dock, make](bool visible) {
        if (visible && !dock->widget())
            dock->setWidget(make());
    });
    return dock;
}

void InspectDocks::showMap()
{
    if (!m_window.commands().processMap->isChecked())
        m_window.commands().processMap->trigger();
}

void InspectDocks::applyMotion()
{
    if (m_map)
        m_map->canvas()->setMotion(m_projector->isOn() ? Motion::Reduced : Motion::Full);
}

void InspectDocks::choose(quint64 key)
{
    if (m_map && m_map->canvas()->selected() != key)
        m_map->choose(key);
    if (m_manager)
        m_manager->choose(key);
}

void InspectDocks::goToTab(quint32 tab)
{
    if (const int index = m_tabs.indexOf(m_tabs.byId(tab)); index >= 0)
        m_tabs.activate(index);
}

} // namespace bulkhead
