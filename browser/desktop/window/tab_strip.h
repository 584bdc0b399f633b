// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/window/tab_bar.h"

#include <QWidget>

namespace bulkhead {

class FlatButton;

/// The top row of the window: the tab bar, the button for a new tab behind the last tab, and free space where a double
/// click opens a tab. Decides how wide tabs are: they shrink together, and while the pointer closes one after the other
/// they keep their width, so that the next close button comes under the pointer.
class TabStrip : public QWidget
{
    Q_OBJECT
public:
    /// @p newTab is what the button and the double click do.
    TabStrip(TabList &tabs, QAction *newTab, QWidget *parent = nullptr);

    TabBar *bar() const { return m_bar; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;

private:
    enum class Width { Fit, Keep };
    void arrange(Width width);

    TabBar *m_bar;
    FlatButton *m_new;
    QAction *m_newTab;
    bool m_keepWidth = false;
};

} // namespace bulkhead
