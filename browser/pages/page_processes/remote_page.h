// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/exit_reason.h"
#include "browser/pages/fetch/fetch.h"
#include "browser/pages/page_processes/gesture_clock.h"
#include "browser/pages/page_processes/input_router.h"
#include "browser/pages/page_processes/page_fetches.h"
#include "browser/pages/page_processes/page_news.h"
#include "browser/pages/page_processes/site_budget.h"
#include "browser/pages/page_processes/view_settings.h"
#include "ipc/frames/frame_pool.h"

#include <QColor>
#include <QImage>
#include <QObject>
#include <QRegion>

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace bulkhead {

class ContentBuffer;
class Fetcher;
class PageProcess;

/// What a page shows at first: the answer to a navigation, with its body still to be read.
struct PageDocument
{
    ResponseHead head;
    std::shared_ptr<Fetch> body;
    std::optional<QPoint> scroll;      ///< CSS pixels to restore; otherwise the URL's fragment counts
    CacheUse cache = CacheUse::Normal; ///< for what the document needs
    QStringList grantedFolders;        ///< that the person lets this tab's page read, with symbolic links resolved
    // For plugins:
    QByteArray state;                              ///< what an instance before this saved last
    bool embedded = false;                         ///< a box in a page
    QList<std::pair<QString, QString>> attributes; ///< of the element that embeds it
};

/// A place in a page for a plugin, as the page says it.
struct PageEmbedBox
{
    QRect area; ///< CSS pixels of the document
    QUrl url;
    QString mimeType; ///< lower case; may be empty
    QList<std::pair<QString, QString>> attributes;
};

/// One document living in a renderer, as the browser knows it: its frames, its input, its fetches, and what it says of
/// itself. A navigation makes a new one. Everything that arrives here was sent by untrusted code and is checked here.
///
/// Owned by a Tab; registers itself with its PageProcess and closes the page when deleted. Main thread.
class RemotePage : public QObject
{
    Q_OBJECT
public:
    /// @p host and @p fetcher outlive the page, or gone() comes first. @p site is whose rights the page has.
    RemotePage(PageProcess &host, Fetcher &fetcher, Site site, PageDocument document, const ViewSettings &view,
               QObject *parent = nullptr);
    ~RemotePage() override;

    quint32 id() const { return m_id; }
    PageProcess *host() const { return m_host; }
    const Site &site() const { return m_site; }
    /// What this page asks for it asks for by this right.
    Initiator initiator() const { return Initiator::page(m_site, m_document.head.space); }
    QUrl url() const { return m_document.head.url; }
    /// Its body is gone once the page was opened.
    const PageDocument &document() const { return m_document; }

    void setView(const ViewSettings &view);
    const ViewSettings &view() const { return m_view; }
    void stopLoading();

    /// The newest frame: a view of shared memory, to be drawn at once. Null before the first.
    QImage frame() const { return m_frames.front(); }
    /// The frame is on screen: lets the renderer have the older buffers.
    void frameShown();
    quint64 frameCount() const { return m_frameCount; }
    QPoint scrollPosition() const { return m_scroll; } ///< CSS pixels
    QSize contentSize() const { return m_content; }    ///< CSS pixels
    QColor backgroundColor() const { return m_background; }
    std::size_t sharedBytes() const { return m_frames.bytes(); }

    void scrollTo(QPoint position);
    void scrollToFragment(const QString &fragment);
    void sendInput(wire::InputEvent event);
    const InputRouter &input() const { return m_input; }
    /// So much is held for this page's site.
    [[nodiscard]] Charge charge(Holding what, qint64 bytes) const;
    /// What the person has lately done in this page.
    GestureClock &gestures() { return m_gestures; }

    void find(const QString &text, bool backward, bool caseSensitive);
    void selectAll();
    void clearSelection();
    enum class TextPart { Selection, WholePage };
    /// @p done is called once: with the text, or null when the page did not answer or was deleted meanwhile.
    void requestText(TextPart part, std::function<void(const QString &)> done);
    struct Hit
    {
        QUrl link;
        QUrl image;
        bool hasSelection = false;
    };
    /// @p done is called once, with an empty Hit when the page did not answer or was deleted meanwhile.
    void requestHit(QPoint devicePosition, std::function<void(const Hit &)> done);

    const std::vector<PageEmbedBox> &embedBoxes() const { return m_embedBoxes; }
    /// What is to be shown in place of what the page paints, as a plugin asked for; usually empty.
    const QString &notice() const { return m_notice; }
    /// Where the document's body is kept for a plugin that does not want it as a stream; null otherwise.
    ContentBuffer *content() const { return m_body.get(); }

    // ---- for a plugin's connection
    void setNotice(const QString &sentence);
    void setState(const QByteArray &state);

    // ---- for PageProcess
    void handleReady();
    void handleGone(const ExitReason &reason);
    BadMessage handle(const wire::RendererToBrowser &message);
    PageFetches &fetches() { return m_fetches; }

Q_SIGNALS:
    /// @p damage in device pixels of frame().
    void framePresented(const QRegion &damage);
    void titleChanged(const QString &title);
    void iconChanged(const QImage &icon);
    void hoveredLinkChanged(const QUrl &url);
    void cursorChanged(Qt::CursorShape shape);
    void selectionChanged(bool hasSelection);
    void loadProgress(int percent);
    void loadFinished();
    void linkActivated(const QUrl &url, int disposition);
    void noticeChanged();
    void embedBoxesChanged();
    /// A plugin saved what it needs to look the same again.
    void stateSaved(const QByteArray &state);
    /// From a plugin to what embeds it.
    void messagePosted(const QByteArray &json);
    void inputHandled(const bulkhead::wire::InputEvent &event, bool consumed, qint64 microseconds);
    void findResult(int count, int active);
    /// The process began or ceased to answer; see PageProcess::hang().
    void hangChanged();
    /// The page was refused a file of another folder; the file really lies in @p folder.
    void folderDenied(const QString &folder);
    /// The page wanted something of the local network or this computer that the person has not allowed it.
    void privateNetworkDenied(const bulkhead::PrivateNetworkQuestion &question);
    /// The document's body ended before it was complete.
    void bodyFailed(const bulkhead::FetchError &error);
    /// The renderer is gone; nothing more comes from this page, and its last frame stays readable.
    void gone(const bulkhead::ExitReason &reason);

private:
    void sendOpen();
    void sendContent();
    void tellOfContent();
    void sendView();
    void reserveFrames();
    BadMessage handleFrame(const wire::FrameReady &frame);
    BadMessage takeEmbedBoxes(const wire::EmbedBoxes &message);
    FetchRequest partOfDocument() const;
    struct Text;
    void requestTextPiece(TextPart part, quint64 offset, std::shared_ptr<Text> sofar,
                          std::function<void(const QString &)> done);
    wire::ViewState viewState() const;

    PageProcess *m_host;
    Fetcher &m_fetcher;
    const quint32 m_id;
    const quint32 m_documentStream;
    Site m_site;
    PageDocument m_document;
    ViewSettings m_view;
    bool m_open = false; ///< OpenDocument was sent
    FramePool m_frames;
    std::deque<std::uint64_t> m_openInputs; ///< their numbers in the host's AckStatistics, in order
    InputRouter m_input;
    GestureClock m_gestures;
    std::shared_ptr<SiteAccount> m_account; ///< null where nobody counts
    PageFetches m_fetches;
    PageNews m_news;
    Charge m_boxesHeld;
    /// Bytes of what it says of itself, as it is told and shown.
    struct Said
    {
        qint64 title = 0;
        qint64 icon = 0;
        qint64 link = 0;
        qint64 notice = 0;
        qint64 state = 0;
    };
    void noteSaid(qint64 Said::*part, qint64 bytes);
    Said m_said;
    Charge m_saidHeld;
    std::unique_ptr<ContentBuffer> m_body;
    QString m_notice;
    std::vector<PageEmbedBox> m_embedBoxes;
    quint64 m_frameCount = 0;
    quint64 m_unshownFrame = 0; ///< id of the newest frame until it is on screen, then 0
    QPoint m_scroll;
    QSize m_content;
    QColor m_background = Qt::white;
};

} // namespace bulkhead
