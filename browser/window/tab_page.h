// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/window/tab_view.h"

#include <QHash>
#include <QWidget>

class QStackedLayout;
class QVBoxLayout;

namespace bulkhead {

class FindBar;
class HangBar;
class InfoBar;
class NativePage;
class NativePages;
class OverlayBubble;
class SadTab;

/// All that the window shows for one tab below the toolbar: notes about the page, the page or what is left of it, the
/// find bar, and what floats above.
class TabPage : public QWidget
{
    Q_OBJECT
public:
    /// @p tab outlives the page.
    TabPage(Tab &tab, QWidget *parent = nullptr);

    Tab &tab() const { return m_tab; }
    TabView *view() const { return m_view; }
    FindBar *findBar() const { return m_findBar; }
    SadTab *sadTab() const { return m_sadTab; }
    HangBar *hangBar() const { return m_hangBar; }
    /// The widget that is shown instead of the page; null for ordinary pages.
    NativePage *nativePage() const;
    /// Whose addresses are shown by widgets; outlives the page.
    void setNativePages(const NativePages &pages);

    /// Moves the keyboard focus to the page, or to Reload when it is gone.
    void focusPage();
    /// Changes the tab's zoom and says it.
    void zoom(ZoomStep step);
    void resetZoom();

Q_SIGNALS:
    void openRequested(const QUrl &url, bulkhead::LinkTarget target);
    void saveRequested(const QUrl &url);

private:
    void showCrash();
    void showNative();
    void showHoveredLink();
    void showZoom();
    void offerFolder(const QString &folder);
    void dropFolderOffer();
    void popUpMenu(QPoint position, QPoint globalPosition);
    void open(const QList<QUrl> &urls);

    Tab &m_tab;
    QVBoxLayout *m_column;
    QWidget *m_content;
    QStackedLayout *m_stack;
    TabView *m_view;
    SadTab *m_sadTab;
    FindBar *m_findBar;
    OverlayBubble *m_linkBubble;
    OverlayBubble *m_zoomBubble;
    InfoBar *m_folderBar = nullptr;
    HangBar *m_hangBar;
    QUrl m_folderOfferFor;
    const NativePages *m_nativePages = nullptr;
    QHash<QString, NativePage *> m_natives; ///< by name; kept with their state while the tab is elsewhere
    QString m_nativeName;                   ///< of the one on screen
};

} // namespace bulkhead
