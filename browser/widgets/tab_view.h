// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"
#include "browser/widgets/zoom_levels.h"

#include <QAbstractScrollArea>
#include <QElapsedTimer>
#include <QUrl>

class QTouchEvent;

namespace bulkhead {

/// The page of one tab on screen: blits the tab's newest frame, shows scroll bars beside it and hands input to it.
/// Keeps nothing of the page: no copy of pixels, no position. Main thread; owned by its TabPage.
class TabView : public QAbstractScrollArea
{
    Q_OBJECT
public:
    /// @p tab outlives the view.
    TabView(Tab &tab, QWidget *parent = nullptr);

    Tab &tab() const { return m_tab; }

    /// Tells the tab of the size it will have, for a tab that loads before it is first shown.
    void presize(QSize size);

Q_SIGNALS:
    /// The person asks for the menu at @p position (of the viewport).
    void contextMenuRequested(QPoint position, QPoint globalPosition);
    /// From another program: what is dragged inside this one is not the person's word.
    void urlsDropped(const QList<QUrl> &urls);
    /// Ctrl and the wheel: one step in or out.
    void zoomRequested(bulkhead::ZoomStep step);
    void backRequested();
    void forwardRequested();

protected:
    bool event(QEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    bool focusNextPrevChild(bool next) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void paint(const QRegion &region);
    void showDamage(const QRegion &devicePixels);
    void tellView(QSize size);
    void showScrollBars();
    void mousePressed(const QMouseEvent &event);
    void wheelTurned(const QWheelEvent &event);
    void leave(bool forwards);
    bool touched(const QTouchEvent &event);
    void describe();

    Tab &m_tab;
    QElapsedTimer m_lastPress;
    QPoint m_lastPressAt;
    Qt::MouseButton m_lastButton = Qt::NoButton;
    int m_clickCount = 0;
    int m_zoomAngle = 0;
    bool m_leaving = false;
    /// A scroll bar that came stays until the page, the size or the zoom changes: a page that fits only without the
    /// bar would otherwise make it come and go for ever.
    bool m_mayHideBars = true;
    QSize m_toldSize;
    qreal m_toldRatio = 0;
};

} // namespace bulkhead
