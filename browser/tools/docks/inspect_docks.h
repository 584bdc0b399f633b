// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QObject>

#include <functional>

class QAction;
class QDockWidget;

namespace bulkhead {

class BlastWatch;
class IpcInspector;
class MainWindow;
class ProcessList;
class ProcessMap;
class ProjectorMode;
class Settings;
class TabList;
class TaskManager;
class TrafficLog;

/// The tools as docks of the window, each made when it is first shown and each with its action in the Tools menu. What
/// is chosen in one is chosen in the others. Lives as long as the window or shorter.
class InspectDocks : public QObject
{
    Q_OBJECT
public:
    /// All outlive the docks. @p settings keeps where they were.
    InspectDocks(MainWindow &window, TabList &tabs, ProcessList &processes, TrafficLog &traffic, Settings &settings,
                 QObject *parent = nullptr);
    ~InspectDocks() override;

    /// A dock with @p make's widget, which @p action shows and hides.
    QDockWidget *addDock(QAction *action, const QString &name, Qt::DockWidgetArea area,
                         std::function<QWidget *()> make);

    // Null before they were first shown.
    ProcessMap *map() const { return m_map; }
    TaskManager *taskManager() const { return m_manager; }
    IpcInspector *inspector() const { return m_inspector; }
    BlastWatch &blasts() const { return *m_blasts; }
    ProjectorMode &projector() const { return *m_projector; }

    void showMap();

private:
    void choose(quint64 key);
    void applyMotion();
    void goToTab(quint32 tab);

    MainWindow &m_window;
    TabList &m_tabs;
    ProcessList &m_processes;
    TrafficLog &m_traffic;
    Settings &m_settings;
    BlastWatch *m_blasts;
    ProjectorMode *m_projector;
    ProcessMap *m_map = nullptr;
    TaskManager *m_manager = nullptr;
    IpcInspector *m_inspector = nullptr;
};

} // namespace bulkhead
