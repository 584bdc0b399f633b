// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/processes/exit_reason.h"
#include "browser/tabs/navigation_history.h"

#include <QColor>
#include <QImage>
#include <QObject>
#include <QPointer>
#include <QRegion>
#include <QUrl>

#include <functional>
#include <memory>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace bulkhead {

class Fetch;
class Fetcher;
class RemotePage;
class RendererPool;
struct FetchError;
struct ResponseHead;

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
    /// The site the page's process is locked to, empty when there is none.
    QString siteKey() const;

    // ---- navigation
    /// As the person asked for it: may open anything.
    void navigate(const QUrl &url);
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
    void setFocused(bool focused);
    void setDark(bool dark);
    /// 1 is 100 %. Clamped to 0.25 to 5. Per tab.
    void setZoom(double zoom);
    double zoom() const { return m_zoom; }
    /// The newest frame, read-only shared memory: draw it at once, keep no copy of the QImage. Null before the first.
    QImage frame() const;
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
    /// The whole page as text.
    void requestText(std::function<void(const QString &)> done);

    struct Hit { QUrl link; QUrl image; bool hasSelection = false; };
    /// What lies at @p position (logical pixels of the view), for a context menu. @p done is called within a second even
    /// if the page does not answer (then with an empty Hit).
    void requestHit(QPoint position, std::function<void(const Hit &)> done);

    // ---- how it ended
    /// Set while the page's process is gone and nothing has replaced it: show the sad tab.
    const std::optional<ExitReason> &crash() const { return m_crash; }
    /// How often in a row the page's process died within seconds of loading.
    int crashesInARow() const { return m_crashesInARow; }

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
    class Loader;
    // (completed by the implementation)
    quint32 m_id;
    NavigationHistory m_history;
    QImage m_icon;
    LoadState m_loadState = LoadState::Idle;
    int m_loadPercent = 0;
    QUrl m_hoveredLink;
    bool m_hasSelection = false;
    double m_zoom = 1.0;
    std::optional<ExitReason> m_crash;
    int m_crashesInARow = 0;
};

}  // namespace bulkhead
