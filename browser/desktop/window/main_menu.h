// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QMenu>

namespace bulkhead {

class WindowActions;
class ZoomRow;

/// The window's one menu, behind the button at the end of the toolbar: everything the window can do that has no button
/// of its own, with its shortcut.
class MainMenu : public QMenu
{
    Q_OBJECT
public:
    /// @p actions outlives the menu.
    MainMenu(const WindowActions &actions, QWidget *parent = nullptr);

    /// The zoom shown between its two buttons.
    void setZoom(double zoom);

private:
    ZoomRow *m_zoomRow;
};

} // namespace bulkhead
