// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/fetcher.h"
#include "browser/pages/hang.h"
#include "browser/pages/plugin_requests.h"
#include "browser/pages/view_settings.h"
#include "browser/processes/exit_reason.h"
#include "browser/tabs/navigation_history.h"

#include <QColor>
#include <QElapsedTimer>
#include <QEvent>
#include <QImage>
#include <QObject>
#include <QRegion>
#include <QTimer>
#include <QUrl>

#include <functional>
#include <memory>

class QKeyEvent;
class QMouseEvent;
class QPainter;
class QWheelEvent;

namespace bulkhead {

namespace wire {
class InputEvent;
}

class RemotePage;
struct PageDocument;
class RendererHost;
class RendererPool;
class TabEmbeds;

enum class LoadState {
    Idle,      ///< nothing is loading
    Waiting,   ///< asked, no answer yet
    Loading,   ///< the document or its subresources are arriving
};

enum class LinkTarget { CurrentTab, NewForegroundTab, NewBackgroundTab };
enum class ReloadMode { Normal, BypassCache };
enum class FindStep { Next, Previous };

/// One page as a person sees it: what is shown, what is loading, where one has been, and how it ended. Outlives any
/// renderer: when the process behind it dies, URL, title, history and scroll position stay here.
/// Nothing in it blocks. Main thread. Owned by TabList.
class Tab : public QObject
{
    Q_OBJECT
public:
    /// @p fetcher and @p renderers outlive the tab.
    Tab(quint32 id, Fetcher &fetcher, RendererPool &renderers, QObject *parent = nullptr);
    ~Tab() override;

    /// Unique while the app runs; never reused.
    quint32 id() const { return m_id; }

    // ---- what it shows
    /// URL for the address bar: of the page on screen, or of the one being opened.
    QUrl url() const;
    QString title() const;     ///< never empty: falls back to the URL
    QImage icon() const { return m_icon; }   ///< null when the page has none
    LoadState loadState() const { return m_loadState; }
    int loadPercent() const { return m_loadPercent; }
    QUrl hoveredLink() const { return m_hoveredLink; }
    bool hasSelection() const { return m_hasSelection; }
    /// Process behind the page on screen, or 0.
    qint64 rendererPid() const;
    /// Other tabs' pages in the same process.
    int pagesSharingProcess() const;
    /// Whether @p host's end would be this tab's.
    bool holdsPageIn(const RendererHost *host) const;
    /// The site the page belongs to, empty when there is none.
    QString siteKey() const;
    std::optional<Site> site() const;

    // ---- navigation
    /// As the person asked for it: may open anything.
    void navigate(const QUrl &url);
    /// As a page of @p initiator asked for it: may open what its links may.
    void navigateFrom(const Site &initiator, const QUrl &url);
    void reload(ReloadMode mode = ReloadMode::Normal);
    void stop();
    bool canGoBack() const { return m_history.canGoBack(); }
    bool canGoForward() const { return m_history.canGoForward(); }
    void goBack() { goTo(m_history.currentIndex() - 1); }
    void goForward() { goTo(m_history.currentIndex() + 1); }
    /// @p index into history().
    void goTo(int index);
    const NavigationHistory &history() const { return m_history; }
    /// Takes over a saved history (reopened tab, restored session) without loading; load() or showing it loads.
    void restore(NavigationHistory history);
    /// Lets the page read files below @p folder, too, and reloads. See fileAccessDenied().
    void allowFolder(const QString &folder);

    // ---- the view on it: a widget, a headless run or a test
    /// Size in device pixels. Frames of the old size may still come.
    void setView(QSize size, qreal devicePixelRatio);
    /// Hidden tabs neither paint nor load images' animations.
    void setVisible(bool visible);
    bool isVisible() const { return m_view.visible; }
    void setFocused(bool focused);
    void setDark(bool dark);
    /// 1 is 100 %. Clamped to 0.25 to 5. Per tab.
    void setZoom(double zoom);
    double zoom() const { return m_view.zoom; }
    /// The newest frame, read-only shared memory: draw it at once, keep no copy of the QImage. Null before the first.
    QImage frame() const;
    /// What lies over frame(): boxes of plugins, a plugin's notice. In device pixels.
    void paintOverlays(QPainter &painter, const QRegion &region);
    /// frame() with what lies over it, as a copy. Null before the first frame.
    QImage picture();
    /// Boxes of plugins in the page on screen; null when it has none.
    TabEmbeds *embeds() const { return m_embeds.get(); }
    /// To be called once frame() is on screen: lets the renderer go on. Without it, it waits after two frames.
    void frameShown();
    quint64 frameCount() const;  ///< frames of the page on screen
    QColor backgroundColor() const;
    QPoint scrollPosition() const;  ///< CSS pixels
    QSize contentSize() const;      ///< CSS pixels
    QSize viewportSize() const;     ///< CSS pixels
    void scrollTo(QPoint position); ///< CSS pixels; the answer is a frame

    // ---- input; positions are in logical pixels of the view
    void sendMouseEvent(const QMouseEvent &event, int clickCount);
    void sendMouseLeave();
    void sendWheelEvent(const QWheelEvent &event);
    void sendKeyEvent(const QKeyEvent &event);

    // ---- find and selection
    /// Finds and highlights; answers by findResult(). Empty text ends finding.
    void find(const QString &text, FindStep step, Qt::CaseSensitivity sensitivity);
    void selectAll();
    /// @p done gets the selected text; not called when the page goes away meanwhile.
    void requestSelectedText(std::function<void(const QString &)> done);
    /// The whole page as text: of the page that is there by then when this one makes room for another. @p done is called
    /// once, with null when there is none or it does not answer.
    void requestText(std::function<void(const QString &)> done);

    struct Hit { QUrl link; QUrl image; bool hasSelection = false; };
    /// What lies at @p position (logical pixels of the view), for a context menu. @p done is called within a second even
    /// if the page does not answer (then with an empty Hit), but not after the tab was deleted.
    void requestHit(QPoint position, std::function<void(const Hit &)> done);

    // ---- what only plugins offer
    /// The document is shown by a plugin: it can be printed, and may have a table of contents.
    bool isPlugin() const;
    /// As plugin_requests::structure() and sheet(); nothing when isPlugin() is false.
    void requestStructure(std::function<void(const DocumentStructure &)> done);
    void requestSheet(int index, QSize size, double scale, std::function<void(const QImage &)> done);
    /// Where a finger or finished text goes is a plugin: the page itself, or a box in it. @p position as for mouse events.
    bool takesTouch(QPointF position) const;
    bool takesText() const;
    void sendTouch(QEvent::Type type, int id, QPointF position, Qt::KeyboardModifiers modifiers);
    /// What an input method has finished, or is still composing.
    enum class TextState { Finished, Composing };
    void sendText(const QString &text, TextState state);

    // ---- how it ended
    /// Set while the page's process is gone and nothing has replaced it: show the sad tab.
    const std::optional<ExitReason> &crash() const { return m_crash; }
    /// How often in a row the page's process died within seconds of loading.
    int crashesInARow() const { return m_crashesInARow; }

    /// Set while the process behind this tab does not answer.
    std::optional<Hang> hang() const;
    /// Something is to take the place of what is on screen and has not done so yet.
    bool isOpening() const { return m_navigation || m_pending; }
    /// Ends that process for this reason.
    void endHang();
    /// Asks that process where it is, without ending it: a report with its stack appears among the crashes. False when it
    /// can say nothing (it was stopped, or has not got that far).
    bool captureStack();

    /// Ends the process behind this tab (and so every tab that shares it), as a person does from a menu.
    void endProcess();

Q_SIGNALS:
    void urlChanged();
    void titleChanged();
    void iconChanged();
    void loadStateChanged();
    void loadPercentChanged();
    void historyChanged();
    void hoveredLinkChanged();
    void selectionChanged();
    void zoomChanged();
    /// New pixels: @p damage in device pixels of frame().
    void frameChanged(const QRegion &damage);
    /// Scroll position, content size or viewport changed.
    void scrollChanged();
    void cursorChanged(Qt::CursorShape shape);
    void findResult(int count, int active);
    /// The page did not use an input that the window may use (a wheel at the end, Tab at the last link, a key).
    void keyNotConsumed(int key, Qt::KeyboardModifiers modifiers);
    /// crash() was set or cleared.
    void crashChanged();
    /// hang() was set, cleared, or has another cause.
    void hangChanged();
    /// The page is complete: document and subresources.
    void loaded();
    /// The page could not be loaded; an error page is shown for it.
    void loadFailed(const bulkhead::FetchError &error);
    /// The page wants a new tab (link with a modifier, middle click, or cross-site request).
    void newTabRequested(const QUrl &url, bulkhead::LinkTarget target, const bulkhead::Tab *opener);
    /// What arrived cannot be shown: it is to be saved. The receiver takes the running fetch over.
    void downloadRequested(std::shared_ptr<bulkhead::Fetch> fetch, const bulkhead::ResponseHead &head);
    /// A file: page wanted files outside its folder; @p folder is the nearest folder that holds them all.
    void fileAccessDenied(const QString &folder);
    /// The process behind the tab changed (another pid, or none).
    void processChanged();

private:
    /// A navigation that has been asked for and not answered yet.
    struct Navigation
    {
        QUrl url;
        std::optional<Site> initiator;  ///< the page whose link it was; nothing when the person asked
        std::optional<int> entry;       ///< the history entry to go to; nothing for a new one
        std::optional<QPoint> scroll;
        std::shared_ptr<Fetch> fetch;
        CacheUse cache = CacheUse::Normal;
    };

    void start(Navigation navigation, CacheUse cache);
    void answered(const ResponseHead &head);
    void unanswered(const FetchError &error);
    void openPage(const Site &site, PageDocument document);
    void recordVisit(const QUrl &url, std::optional<int> entry);
    void connectPage(RemotePage *page);
    void commitPending();
    void watchEmbeds();
    void sendInput(wire::InputEvent event);
    void pageGone(RemotePage *page, const ExitReason &reason);
    void linkActivated(const RemotePage *page, const QUrl &url, int disposition);
    void noteDenied(const RemotePage *page, const QUrl &url);
    void setLoadState(LoadState state);
    void setLoadPercent(int percent);
    void setCrash(std::optional<ExitReason> crash);
    void updateView();
    /// The page that is being waited for: the coming one, or the one on screen.
    RemotePage *awaited() const { return m_pending ? m_pending.get() : m_page.get(); }
    bool isLive(const RemotePage *page) const { return page && (page == m_page.get() || page == m_pending.get()); }
    /// The page that input, find and so on go to.
    RemotePage *target() const { return m_page.get(); }

    const quint32 m_id;
    Fetcher &m_fetcher;
    RendererPool &m_renderers;
    NavigationHistory m_history;
    std::optional<Navigation> m_navigation;
    std::unique_ptr<RemotePage> m_page;     ///< on screen; kept with its last frame when its process is gone
    std::unique_ptr<RemotePage> m_pending;  ///< its document arrives; on screen with its first frame
    std::unique_ptr<TabEmbeds> m_embeds;    ///< of m_page
    QTimer m_pendingPatience;
    ViewSettings m_view;
    QImage m_icon;
    bool m_iconIsStale = false;
    LoadState m_loadState = LoadState::Idle;
    int m_loadPercent = 0;
    QUrl m_hoveredLink;
    bool m_hasSelection = false;
    std::optional<ExitReason> m_crash;
    int m_crashesInARow = 0;
    QElapsedTimer m_sinceOpened;
    QStringList m_deniedFiles;
    QTimer m_deniedTimer;
};

}  // namespace bulkhead
