// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/exit_reason.h"
#include "browser/pages/fetch/fetcher.h"
#include "browser/pages/page_processes/hang.h"
#include "browser/pages/page_processes/plugin_requests.h"
#include "browser/pages/page_processes/site_budget.h"
#include "browser/pages/page_processes/view_settings.h"
#include "browser/pages/shown/outside_text.h"
#include "browser/pages/tabs/folder_question.h"
#include "browser/pages/tabs/navigator.h"
#include "browser/pages/tabs/page_slot.h"

#include <QColor>
#include <QElapsedTimer>
#include <QEvent>
#include <QImage>
#include <QObject>
#include <QRegion>
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
class PageProcess;
class PageProcessPool;
class TabEmbeds;

enum class FindStep { Next, Previous };
enum class GrantLasts {
    ThisTab, ///< as long as the tab is open
    Always,
};

/// One page as a person sees it: what is shown, what is loading, where one has been, and how it ended. Outlives any
/// renderer: when the process behind it dies, URL, title, history and scroll position stay here.
/// Nothing in it blocks. Main thread. Owned by TabList.
class Tab : public QObject
{
    Q_OBJECT
public:
    /// @p fetcher and @p renderers outlive the tab.
    Tab(quint32 id, Fetcher &fetcher, PageProcessPool &renderers, QObject *parent = nullptr);
    ~Tab() override;

    /// Unique while the app runs; never reused.
    quint32 id() const { return m_id; }

    // ---- what it shows
    /// URL for the address bar: of the page on screen, or of the one that the person is opening. What a page leads to
    /// is told only once it is on screen: until then the one that leads there is what one sees.
    QUrl url() const;
    /// What is shown came over an encrypted connection, without an error; never true of an error page.
    bool isSecure() const;
    /// An error page is shown for url().
    bool showsErrorPage() const;
    /// What is wanted here and not on screen yet, whoever asked for it; for the session. Nothing when nothing is.
    std::optional<NavigationEntry> wanted() const { return m_navigator.wanted(); }
    /// By whose right url() is, or is to be, shown; nothing in an empty tab. For what is done with the page as a whole:
    /// saving it, opening it elsewhere.
    std::optional<Initiator> initiator() const { return m_navigator.initiator(); }
    /// The page's own; never empty: falls back to the URL.
    OutsideText title() const { return m_navigator.title(); }
    QImage icon() const { return m_icon; } ///< null when the page has none
    LoadState loadState() const { return m_navigator.loadState(); }
    int loadPercent() const { return m_navigator.loadPercent(); }
    QUrl hoveredLink() const { return m_hoveredLink; }
    bool hasSelection() const { return m_hasSelection; }
    /// Process behind the page on screen, or 0.
    qint64 rendererPid() const;
    /// Other tabs' pages in the same process.
    int pagesSharingProcess() const;
    /// Whether @p host's end would be this tab's.
    bool holdsPageIn(const PageProcess *host) const;
    /// The site the page belongs to, empty when there is none.
    QString siteKey() const;
    std::optional<Site> site() const;

    // ---- navigation
    /// Opens what may be opened by the request's right; its target is this tab.
    void open(const LinkRequest &request) { m_navigator.open(request); }
    void navigate(const QUrl &url, const Initiator &initiator) { open({url, initiator}); }
    void reload(ReloadMode mode = ReloadMode::Normal) { m_navigator.reload(mode); }
    void stop() { m_navigator.stop(); }
    bool canGoBack() const { return position() > 0; }
    bool canGoForward() const { return position() + 1 < history().count(); }
    void goBack() { goTo(position() - 1); }
    void goForward() { goTo(position() + 1); }
    /// @p index into history().
    void goTo(int index) { m_navigator.goTo(index); }
    const NavigationHistory &history() const { return m_navigator.history(); }
    /// Takes over a saved history (reopened tab, restored session) without loading; load() or showing it loads.
    void restore(NavigationHistory history) { m_navigator.restore(std::move(history)); }
    /// The person lets the page read files below @p folder, which has no symbolic links, too; reloads. See
    /// fileAccessDenied(). Without effect for folders that are nobody's business (FolderGrants::mayBeGranted()).
    void allowFolder(const QString &folder, GrantLasts lasts);
    /// The person's Yes to privateNetworkDenied(); reloads.
    void allowPrivateNetwork(const PrivateNetworkQuestion &question);

    // ---- memory
    using Clock = std::chrono::steady_clock;
    /// When it was visible last; long ago when it never was.
    Clock::time_point lastSeen() const { return m_view.visible ? Clock::now() : m_lastSeen; }
    /// Nobody sees it, and all there is to its page is an address to load again.
    bool isDiscardable() const;
    /// Closes its page to save memory: title, address, history and scroll position stay, and it loads again when it is
    /// shown. Does nothing when isDiscardable() is false.
    void discard();
    bool isDiscarded() const { return m_isDiscarded; }
    /// What the page that was asked for waits for, in a sentence; empty when it does not. stop() ends the wait.
    QString processWait() const { return m_navigator.processWait(); }

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
    quint64 frameCount() const; ///< frames of the page on screen
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
    /// The whole page as text: of the page that is there by then when this one makes room for another. @p done is
    /// called once, with null when there is none or it does not answer.
    void requestText(std::function<void(const QString &)> done);

    struct Hit
    {
        QUrl link;
        QUrl image;
        bool hasSelection = false;
        std::optional<Initiator> asker; ///< the page that was hit: whose right its links and images are opened by
    };
    /// What lies at @p position (logical pixels of the view), for a context menu. @p done is called within a second
    /// even if the page does not answer (then with an empty Hit), but not after the tab was deleted.
    void requestHit(QPoint position, std::function<void(const Hit &)> done);

    // ---- what only plugins offer
    /// The document is shown by a plugin: it can be printed, and may have a table of contents.
    bool isPlugin() const;
    /// As plugin_requests::structure() and sheet(); nothing when isPlugin() is false.
    void requestStructure(std::function<void(const DocumentStructure &)> done);
    void requestSheet(int index, QSize size, double scale, std::function<void(const QImage &)> done);
    /// Where a finger or finished text goes is a plugin: the page itself, or a box in it. @p position as for mouse
    /// events.
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
    bool isOpening() const { return m_navigator.isOpening(); }
    /// Ends that process for this reason.
    void endHang();
    /// Asks that process where it is, without ending it: a report with its stack appears among the crashes. False when
    /// it can say nothing (it was stopped, or has not got that far).
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
    /// Another page is on screen, and url() is its address.
    void committed();
    /// The page wants a new tab (link with a modifier, middle click), and has a gesture for it.
    void newTabRequested(const bulkhead::LinkRequest &request, const bulkhead::Tab *opener);
    /// What arrived cannot be shown: it is to be saved. The receiver takes the running fetch over.
    void downloadRequested(std::shared_ptr<bulkhead::Fetch> fetch, const bulkhead::ResponseHead &head,
                           const bulkhead::Initiator &initiator);
    /// The same, but nobody asked for it: the person is to be asked. Whoever takes it answers with a download, or drops
    /// it.
    void downloadOffered(std::shared_ptr<bulkhead::Fetch> fetch, const bulkhead::ResponseHead &head,
                         const bulkhead::Initiator &initiator);
    /// A page wanted something that it may not do now; @p sentence tells the person what.
    void refused(const QString &sentence);
    /// A file: page wanted files outside its folder; @p folder is the nearest folder that holds them all, where they
    /// really lie.
    void fileAccessDenied(const QString &folder);
    /// A page, or the server of one, wanted to reach the local network or this computer. Comes once for each refused
    /// request.
    void privateNetworkDenied(const bulkhead::PrivateNetworkQuestion &question);
    /// isDiscarded() was set or cleared.
    void discardedChanged();
    void processWaitChanged();
    /// The process behind the tab changed (another pid, or none).
    void processChanged();

private:
    int position() const { return m_navigator.position(); }
    void connectPage(RemotePage *page);
    void finished(const RemotePage *page);
    void showNewPage();
    void pageGone(const ExitReason &reason, PageSlot::Was was);
    void watchEmbeds();
    void sendInput(wire::InputEvent event);
    void setIcon(const QImage &icon, Charge held);
    void setHoveredLink(const QUrl &link);
    void setHasSelection(bool hasSelection);
    void setCrash(std::optional<ExitReason> crash);
    void updateView();
    /// On screen; kept with its last frame when its process is gone. Input, find and so on go to it.
    RemotePage *page() const { return m_slot.current(); }
    RemotePage *target() const { return m_slot.current(); }

    const quint32 m_id;
    Fetcher &m_fetcher;
    PageProcessPool &m_renderers;
    ViewSettings m_view;
    PageSlot m_slot;
    FolderQuestion m_folders;
    Navigator m_navigator;
    std::unique_ptr<TabEmbeds> m_embeds; ///< of page()
    bool m_isDiscarded = false;
    Clock::time_point m_lastSeen;
    QImage m_icon;
    Charge m_iconHeld;
    bool m_iconIsStale = false;
    QUrl m_hoveredLink;
    bool m_hasSelection = false;
    std::optional<ExitReason> m_crash;
    int m_crashesInARow = 0;
    QElapsedTimer m_sinceOpened;
};

} // namespace bulkhead
