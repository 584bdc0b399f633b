// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QWidget>

namespace bulkhead {

class FlatButton;
class WindowActions;

/// The line of the menu that zooms: smaller, the zoom itself (which resets it), larger. By keys: Left, Right and Enter
/// once the arrow keys have reached it; the menu stays open meanwhile.
class ZoomRow : public QWidget
{
    Q_OBJECT
public:
    /// @p actions outlives the row.
    ZoomRow(const WindowActions &actions, QWidget *parent);

    void setZoom(double zoom);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    const WindowActions &m_actions;
    FlatButton *m_zoom;
};

} // namespace bulkhead
