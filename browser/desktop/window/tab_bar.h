// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/shown/rich_text.h"
#include "browser/pages/tabs/tab_list.h"

#include <QTabBar>
#include <QTimer>

namespace bulkhead {

/// The tabs of a TabList as a row: shows the list and changes it when the person closes, moves or picks a tab. Its
/// indices are the list's, always.
class TabBar : public QTabBar
{
    Q_OBJECT
public:
    /// @p tabs outlives the bar.
    explicit TabBar(TabList &tabs, QWidget *parent = nullptr);
    ~TabBar() override;

    /// What the style draws of a tab beside its icon.
    struct Look
    {
        QString title;
        LoadState loadState = LoadState::Idle;
        QString badge; ///< the pid behind it, while pids are shown
        bool isDiscarded = false;
    };
    Look lookOf(int index) const;
    /// Whether each tab has a badge with its process's pid, for who wants to kill it from a terminal.
    void setPidsShown(bool shown);
    /// Angle of the spinner in degrees; turns while a tab loads.
    int spinnerPhase() const { return m_phase; }

    /// Width that every tab gets; set by the strip that holds the bar.
    void setTabWidth(int width);
    int tabWidth() const { return m_tabWidth; }

    static constexpr int WidestTab = 232;
    static constexpr int NarrowestTab = 44;

Q_SIGNALS:
    /// A tab was closed with the pointer: the next close button should come under it.
    void closedByPointer();
    void contextMenuRequested(bulkhead::Tab *tab, QPoint globalPosition);
    /// URLs were dropped between or on tabs.
    void urlsDropped(const QList<QUrl> &urls, int index);

protected:
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override { return tabSizeHint(index); }
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void insert(int index, Tab *tab);
    void follow(Tab *tab);
    void refresh(Tab *tab);
    void refreshIcon(int index);
    void refreshCloseButtons();
    void updateSpinner();
    RichText toolTipOf(const Tab &tab) const;

    TabList &m_tabs;
    QTimer m_spinner;
    int m_phase = 0;
    int m_tabWidth = WidestTab;
    bool m_pidsShown = false;
    int m_middlePressed = -1;
    /// The list's own moves must not come back to it.
    bool m_fromList = false;
};

} // namespace bulkhead
