// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/window/native_page.h"
#include "browser/pages/shown/outside_text.h"
#include "browser/pages/tabs/tab_list.h"

#include <QHash>
#include <QMainWindow>
#include <QPointer>

#include <functional>

class QSplitter;
class QStackedWidget;
class QVBoxLayout;

namespace bulkhead {

class AddressBar;
class AltKeyWatcher;
class DownloadManager;
class DownloadsPanel;
class History;
class HistoryPanel;
class InfoBar;
class MainMenu;
class NavigationBar;
class OverlayBubble;
class Settings;
class SidePanel;
class TabPage;
class TabStrip;
class WindowActions;

/// The browser's window: shows a TabList, and turns what the person does into commands to it. Puts the parts together
/// and decides nothing about pages. Main thread.
class MainWindow : public QMainWindow
{
    Q_OBJECT
public:
    /// All of them outlive the window. @p settings keeps its geometry.
    MainWindow(TabList &tabs, DownloadManager &downloads, History &history, Settings &settings,
               QWidget *parent = nullptr);
    ~MainWindow() override;

    /// A line above all pages that stays: a state that the person must keep seeing, e.g. that pages run without a
    /// sandbox. The window owns the result, which may be given an offer.
    InfoBar *showWarning(const OutsideText &text, const QColor &color);

    /// A line above all pages that asks the person something once; it goes when it is answered. @p accepted or @p
    /// refused is called once, the latter when it is dismissed; the bar is returned to be taken away (deleted) when the
    /// question has settled otherwise.
    InfoBar *ask(const OutsideText &text, const QString &offer, std::function<void()> accepted,
                 std::function<void()> refused);

    /// A line above all pages that tells the person something; it goes when it is dismissed. The window owns the
    /// result, which may be taken away (deleted) before.
    InfoBar *tell(const OutsideText &text);

    /// Writes down where the window is, for the next start; closing it does so, too.
    void keepPlace();

    /// Adds widgets that are shown instead of pages: see NativePage. Before a tab opens one.
    NativePages &nativePages() { return m_nativePages; }

    // The parts, for tests and scripts.
    WindowActions &commands() const { return *m_actions; }
    AddressBar *addressBar() const { return m_addressBar; }
    TabStrip *tabStrip() const { return m_tabStrip; }
    NavigationBar *navigationBar() const { return m_navigationBar; }
    DownloadsPanel *downloadsPanel() const { return m_downloadsPanel; }
    HistoryPanel *historyPanel() const { return m_historyPanel; }
    TabPage *pageOf(const Tab *tab) const;
    TabPage *activePage() const { return pageOf(m_tabs.active()); }

Q_SIGNALS:
    /// The person closed the window or chose Quit, and its last state is saved.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void layOut();
    void connectTabs();
    void connectParts();
    void connectTabActions();
    void connectNavigationActions();
    void connectPageActions();
    void connectWindowActions();

    void addPage(Tab *tab);
    void removePage(Tab *tab);
    void showActive();
    void orderFocus();
    void updateActions();
    void updateTitle();

    void openNewTab();
    /// What a page or one of the app's own widgets asks for, by its right.
    void openRequest(const LinkRequest &request);
    /// What the person typed or chose.
    void open(const QUrl &url, LinkTarget target);
    void openAgain(LinkTarget target);
    void openInternal(const QString &name);
    void openFileByDialog();
    void save(const QUrl &url, const Initiator &initiator);
    void stepTab(int by);
    void moveTab(int by);
    void setFullScreen(bool on);
    void showSidePanel(SidePanel *panel, bool on);
    bool confirmEndingDownloads();
    void showDownloadProgress();
    void closeBar(InfoBar *bar);
    void restoreWindow();

    TabList &m_tabs;
    DownloadManager &m_downloads;
    History &m_history;
    Settings &m_settings;
    WindowActions *m_actions;
    MainMenu *m_menu;
    TabStrip *m_tabStrip;
    AddressBar *m_addressBar;
    NavigationBar *m_navigationBar;
    QVBoxLayout *m_warnings;
    QSplitter *m_splitter;
    QStackedWidget *m_stack;
    DownloadsPanel *m_downloadsPanel;
    HistoryPanel *m_historyPanel;
    OverlayBubble *m_hint;
    AltKeyWatcher *m_altKey;
    QHash<const Tab *, TabPage *> m_pages;
    QPointer<Tab> m_shown;
    NativePages m_nativePages;
    bool m_wasMaximized = false;
};

} // namespace bulkhead
