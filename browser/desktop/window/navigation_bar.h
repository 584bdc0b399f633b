// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QPointer>
#include <QWidget>

class QMenu;

namespace bulkhead {

class AddressBar;
class FlatButton;
class WindowActions;

/// The row below the tabs: back, forward, reload or stop, the address bar, downloads and the menu. Shows the tab it was
/// last given.
class NavigationBar : public QWidget
{
    Q_OBJECT
public:
    /// Takes @p addressBar in. @p actions and @p menu outlive the bar.
    NavigationBar(const WindowActions &actions, QMenu &menu, AddressBar *addressBar, QWidget *parent = nullptr);

    /// Null shows none.
    void setTab(Tab *tab);
    /// 0 to 1 while anything downloads, below 0 otherwise.
    void setDownloadProgress(double progress);
    void openMenu();

Q_SIGNALS:
    /// Back or forward by several steps, picked from a button's menu.
    void historyEntryPicked(int index, bulkhead::LinkTarget target);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Direction { Back, Forward };
    FlatButton *makeHistoryButton(QAction *action, Direction direction);
    void fillHistoryMenu(QMenu &menu, Direction direction);
    void showReloadOrStop();
    void showMenu();

    const WindowActions &m_actions;
    QMenu &m_mainMenu;
    QPointer<Tab> m_tab;
    FlatButton *m_back;
    FlatButton *m_forward;
    FlatButton *m_reload;
    FlatButton *m_downloads;
    FlatButton *m_menu;
};

} // namespace bulkhead
