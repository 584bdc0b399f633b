// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/widgets/tab_view.h"

#include <QHash>
#include <QPointer>
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
    /// By the right of a page in this tab, or of the widget that is shown in its place.
    void openRequested(const bulkhead::LinkRequest &request);
    void saveRequested(const QUrl &url, const bulkhead::Initiator &initiator);
    /// Something was dropped that came from another program.
    void dropped(const QList<QUrl> &urls);

private:
    void showCrash();
    void showNative();
    void showHoveredLink();
    void showZoom();
    void showProcessWait();
    void offerFolder(const QString &folder);
    void offerDownload(std::shared_ptr<Fetch> fetch, const ResponseHead &head, const Initiator &initiator);
    void showRefusal(const QString &sentence);
    void askPrivateNetwork(const PrivateNetworkQuestion &question);
    void dropFolderOffer();
    void popUpMenu(QPoint position, QPoint globalPosition);

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
    QPointer<InfoBar> m_downloadBar;
    QPointer<InfoBar> m_refusalBar;
    QPointer<InfoBar> m_networkBar;
    InfoBar *m_waitBar = nullptr;
    HangBar *m_hangBar;
    QUrl m_folderOfferFor;
    const NativePages *m_nativePages = nullptr;
    QHash<QString, NativePage *> m_natives; ///< by name; kept with their state while the tab is elsewhere
    QString m_nativeName;                   ///< of the one on screen
};

} // namespace bulkhead
