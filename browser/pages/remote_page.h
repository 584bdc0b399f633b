// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/fetch.h"
#include "browser/pages/body_stream.h"
#include "browser/pages/input_router.h"
#include "browser/pages/view_settings.h"
#include "browser/processes/exit_reason.h"
#include "ipc/frames/frame_pool.h"

#include <QColor>
#include <QImage>
#include <QObject>
#include <QRegion>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace bulkhead {

class ContentBuffer;
class Fetcher;
class RendererHost;

/// What a page shows at first: the answer to a navigation, with its body still to be read.
struct PageDocument
{
    ResponseHead head;
    std::shared_ptr<Fetch> body;
    std::optional<QPoint> scroll; ///< CSS pixels to restore; otherwise the URL's fragment counts
    CacheUse cache = CacheUse::Normal; ///< for what the document needs
    // For plugins:
    QByteArray state;      ///< what an instance before this saved last
    bool embedded = false; ///< a box in a page
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
/// Owned by a Tab; registers itself with its RendererHost and closes the page when deleted. Main thread.
class RemotePage : public QObject
{
    Q_OBJECT
public:
    /// @p host and @p fetcher outlive the page, or gone() comes first. @p site is whose rights the page has.
    RemotePage(RendererHost &host, Fetcher &fetcher, Site site, PageDocument document, const ViewSettings &view,
               QObject *parent = nullptr);
    ~RemotePage() override;

    quint32 id() const { return m_id; }
    RendererHost *host() const { return m_host; }
    const Site &site() const { return m_site; }
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

    // ---- for RendererHost
    void handleReady();
    void handleGone(const ExitReason &reason);
    BadMessage handle(const wire::RendererToBrowser &message);
    BadMessage handleCredit(const wire::BodyCredit &message);
    void endStream(quint32 streamId);
    bool ownsStream(quint32 streamId) const;

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
    /// The process began or ceased to answer; see RendererHost::hang().
    void hangChanged();
    /// The access policy refused the page one of its own subresources.
    void resourceDenied(const QUrl &url);
    /// The document's body ended before it was complete.
    void bodyFailed(const bulkhead::FetchError &error);
    /// The renderer is gone; nothing more comes from this page, and its last frame stays readable.
    void gone(const bulkhead::ExitReason &reason);

private:
    struct Stream
    {
        std::shared_ptr<Fetch> fetch;
        std::unique_ptr<BodyStream> body;
    };

    void sendOpen();
    void sendContent();
    void sendView();
    void reserveFrames();
    BadMessage handleFrame(const wire::FrameReady &frame);
    BadMessage takeEmbedBoxes(const wire::EmbedBoxes &message);
    BadMessage startResource(const wire::ResourceRequest &request);
    void answerResource(quint32 streamId, const ResponseHead *head, const QString &reason);
    void addBody(quint32 streamId, Stream &stream);
    void retire(Stream stream);
    void retireAll();
    void requestTextPiece(TextPart part, quint64 offset, std::shared_ptr<QString> sofar,
                          std::function<void(const QString &)> done);
    wire::ViewState viewState() const;

    RendererHost *m_host;
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
    std::map<quint32, Stream> m_streams;
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
