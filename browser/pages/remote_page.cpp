// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/remote_page.h"

#include "browser/loading/fetcher.h"
#include "browser/pages/answered_once.h"
#include "browser/pages/content_buffer.h"
#include "browser/pages/deleted_later.h"
#include "browser/pages/plugin_link.h"
#include "browser/pages/renderer_host.h"
#include "browser/pages/wire_checks.h"
#include "browser/processes/log.h"
#include "ipc/channel/limits.h"

#include <QPointer>

#include <limits>

namespace bulkhead {

namespace {

constexpr std::chrono::seconds TextTimeout{20};
constexpr std::chrono::milliseconds HitTimeout{700}; // a context menu that comes later is worse than a plain one
constexpr std::chrono::seconds FindTimeout{30};
constexpr std::size_t MaxStreams = 256;
constexpr qsizetype MaxTextBytes = qsizetype(64) << 20;

enum class Coalesced : CoalesceKey { View = 1, ScrollTo };
CoalesceKey keyFor(quint32 pageId, Coalesced what)
{
    return (CoalesceKey(pageId) << 8) | CoalesceKey(what);
}

std::optional<Destination> destinationOf(wire::ResourceRequest::Kind kind)
{
    switch (kind) {
    case wire::ResourceRequest::STYLE:
        return Destination::Style;
    case wire::ResourceRequest::IMAGE:
        return Destination::Image;
    case wire::ResourceRequest::FONT:
        return Destination::Font;
    case wire::ResourceRequest::ICON:
        return Destination::Icon;
    default:
        return {};
    }
}

} // namespace

RemotePage::RemotePage(RendererHost &host, Fetcher &fetcher, Site site, PageDocument document, const ViewSettings &view,
                       QObject *parent)
    : QObject(parent), m_host(&host), m_fetcher(fetcher), m_id(host.newPageId()), m_documentStream(0x80000000u | m_id),
      m_site(std::move(site)), m_document(std::move(document)), m_view(view),
      m_input([this](const wire::InputEvent &event) {
          wire::BrowserToRenderer message;
          *message.mutable_input_event() = event;
          m_host->channel().send(message);
          m_openInputs.push_back(m_host->acks().asked(std::chrono::steady_clock::now()));
      })
{
    connect(m_host, &RendererHost::hangChanged, this, &RemotePage::hangChanged);
    m_host->addPage(this);
}

RemotePage::~RemotePage()
{
    retireAll();
    if (!m_host)
        return;
    for (const std::uint64_t number : m_openInputs)
        m_host->acks().dropped(number);
    if (m_open) {
        wire::BrowserToRenderer message;
        message.mutable_close_page()->set_page_id(m_id);
        m_host->channel().send(message);
    }
    m_host->removePage(this);
}

void RemotePage::handleReady()
{
    if (m_open || !m_host)
        return;
    m_open = true;
    sendOpen();
}

void RemotePage::sendOpen()
{
    wire::BrowserToRenderer message;
    wire::PluginDocument::Content content = wire::PluginDocument::STREAM;
    if (const PluginLink *plugin = m_host->plugin()) {
        *message.mutable_plugin()->mutable_document() = plugin->announcement(*this);
        content = message.plugin().document().content();
        m_host->channel().send(message);
    }
    wire::OpenDocument *open = message.mutable_open_document();
    open->set_page_id(m_id);
    open->set_stream_id(m_documentStream);
    open->set_url(m_document.head.url.toEncoded().toStdString());
    open->set_mime_type(m_document.head.mimeType.toStdString());
    open->set_charset(m_document.head.charset.toStdString());
    *open->mutable_view() = viewState();
    if (m_document.scroll) {
        open->set_restore_scroll(true);
        open->mutable_scroll()->set_x(m_document.scroll->x());
        open->mutable_scroll()->set_y(m_document.scroll->y());
    }
    m_host->channel().send(message);
    reserveFrames();
    if (content != wire::PluginDocument::STREAM) {
        const bool whole = content == wire::PluginDocument::WHOLE;
        m_body = std::make_unique<ContentBuffer>(std::exchange(m_document.body, nullptr),
                                                    whole ? m_host->plugin()->contentLimit() : std::numeric_limits<qint64>::max());
        if (whole)
            connect(m_body.get(), &ContentBuffer::ended, this, &RemotePage::sendContent);
        m_body->start();
        return;
    }
    Stream &stream = m_streams[m_documentStream];
    stream.fetch = std::exchange(m_document.body, nullptr);
    connect(stream.fetch.get(), &Fetch::failed, this, &RemotePage::bodyFailed);
    addBody(m_documentStream, stream);
    stream.body->start();
}

void RemotePage::sendContent()
{
    if (!m_host)
        return;
    wire::BrowserToRenderer message;
    wire::PluginContent *content = message.mutable_plugin()->mutable_content();
    content->set_page_id(m_id);
    content->set_complete(m_body->isComplete());
    Fds fds;
    if (UniqueFd memory = m_body->sealed()) {
        content->set_size(quint64(m_body->size()));
        fds.push_back(std::move(memory));
    }
    m_host->channel().send(message, std::move(fds));
    if (m_body->isTooLarge())
        setNotice(tr("The document is too large for this plugin: more than %1 MB.").arg(m_host->plugin()->contentLimit() >> 20));
}

void RemotePage::setNotice(const QString &sentence)
{
    if (sentence == m_notice)
        return;
    m_notice = sentence;
    Q_EMIT noticeChanged();
}

void RemotePage::setState(const QByteArray &state)
{
    m_document.state = state;
    Q_EMIT stateSaved(state);
}

wire::ViewState RemotePage::viewState() const
{
    wire::ViewState state;
    state.mutable_size()->set_width(std::uint32_t(std::max(1, m_view.size.width())));
    state.mutable_size()->set_height(std::uint32_t(std::max(1, m_view.size.height())));
    state.set_device_pixel_ratio(m_view.devicePixelRatio);
    state.set_zoom(m_view.zoom);
    state.set_visible(m_view.visible);
    state.set_focused(m_view.focused);
    state.set_dark(m_view.dark);
    return state;
}

void RemotePage::setView(const ViewSettings &view)
{
    if (view == m_view)
        return;
    m_view = view;
    if (m_host)
        m_host->recheckHang();
    if (!m_open || !m_host)
        return;
    reserveFrames();
    wire::BrowserToRenderer message;
    message.mutable_configure_view()->set_page_id(m_id);
    *message.mutable_configure_view()->mutable_view() = viewState();
    m_host->channel().send(message, {}, keyFor(m_id, Coalesced::View));
}

void RemotePage::reserveFrames()
{
    const QSize size(std::clamp(m_view.size.width(), 1, int(limits::FrameEdge)),
                     std::clamp(m_view.size.height(), 1, int(limits::FrameEdge)));
    auto reserved = m_frames.reserve(size);
    if (!reserved) {
        log::error(tr("No framebuffers for a page: %1").arg(QString::fromStdString(reserved.error().what)));
        return;
    }
    if (!*reserved)
        return;
    wire::BrowserToRenderer message;
    *message.mutable_framebuffers() = (*reserved)->message;
    message.mutable_framebuffers()->set_page_id(m_id);
    m_host->channel().send(message, std::move((*reserved)->fds));
}

void RemotePage::stopLoading()
{
    retireAll();
    if (m_body)
        m_body->stop();
    if (!m_open || !m_host)
        return;
    wire::BrowserToRenderer message;
    message.mutable_body_end()->set_stream_id(m_documentStream);
    m_host->channel().send(message);
    message.mutable_stop_loading()->set_page_id(m_id);
    m_host->channel().send(message);
}

void RemotePage::frameShown()
{
    if (const quint64 frame = std::exchange(m_unshownFrame, 0); frame != 0 && m_host)
        Q_EMIT m_host->frameShown(m_id, frame);
    for (wire::FrameReleased &released : m_frames.shown()) {
        if (!m_host)
            return;
        wire::BrowserToRenderer message;
        released.set_page_id(m_id);
        *message.mutable_frame_released() = std::move(released);
        m_host->channel().send(message);
    }
}

void RemotePage::scrollTo(QPoint position)
{
    if (!m_host || !m_open)
        return;
    wire::BrowserToRenderer message;
    message.mutable_scroll_to()->set_page_id(m_id);
    message.mutable_scroll_to()->mutable_position()->set_x(position.x());
    message.mutable_scroll_to()->mutable_position()->set_y(position.y());
    m_host->channel().send(message, {}, keyFor(m_id, Coalesced::ScrollTo));
}

void RemotePage::scrollToFragment(const QString &fragment)
{
    if (!m_host || !m_open)
        return;
    wire::BrowserToRenderer message;
    message.mutable_scroll_to_fragment()->set_page_id(m_id);
    message.mutable_scroll_to_fragment()->set_fragment(fragment.toStdString());
    m_host->channel().send(message);
}

void RemotePage::sendInput(wire::InputEvent event)
{
    if (!m_host || !m_open)
        return;
    event.set_page_id(m_id);
    m_input.route(std::move(event));
}

void RemotePage::find(const QString &text, bool backward, bool caseSensitive)
{
    if (!m_host || !m_open)
        return;
    wire::BrowserToRenderer message;
    wire::Find *find = message.mutable_find();
    find->set_page_id(m_id);
    find->set_text(text.left(1000).toStdString());
    find->set_backward(backward);
    find->set_case_sensitive(caseSensitive);
    m_host->channel().request(message, FindTimeout,
                              [self = QPointer(this)](const wire::RendererToBrowser *reply, Channel::Envelope &) {
                                  if (!self || !reply || !reply->has_find_reply())
                                      return;
                                  constexpr std::uint32_t Most = 1 << 30;
                                  Q_EMIT self->findResult(int(std::min(reply->find_reply().count(), Most)),
                                                          int(std::min(reply->find_reply().active(), Most)));
                              });
}

void RemotePage::selectAll()
{
    if (!m_host || !m_open)
        return;
    wire::BrowserToRenderer message;
    message.mutable_edit_command()->set_page_id(m_id);
    message.mutable_edit_command()->set_type(wire::EditCommand::SELECT_ALL);
    m_host->channel().send(message);
}

void RemotePage::clearSelection()
{
    if (!m_host || !m_open)
        return;
    wire::BrowserToRenderer message;
    message.mutable_edit_command()->set_page_id(m_id);
    message.mutable_edit_command()->set_type(wire::EditCommand::CLEAR_SELECTION);
    m_host->channel().send(message);
}

void RemotePage::requestText(TextPart part, std::function<void(const QString &)> done)
{
    if (!m_host || !m_open)
        return done({});
    requestTextPiece(part, 0, std::make_shared<QString>(QLatin1String("")), answeredOnce(std::move(done)));
}

void RemotePage::requestTextPiece(TextPart part, quint64 offset, std::shared_ptr<QString> sofar,
                                  std::function<void(const QString &)> done)
{
    wire::BrowserToRenderer message;
    message.mutable_get_text()->set_page_id(m_id);
    message.mutable_get_text()->set_selection_only(part == TextPart::Selection);
    message.mutable_get_text()->set_offset(offset);
    m_host->channel().request(message, TextTimeout,
                              [self = QPointer(this), part, offset, sofar,
                               done = std::move(done)](const wire::RendererToBrowser *reply, Channel::Envelope &) {
                                  if (!self || !reply || !reply->has_text_reply())
                                      return done({});
                                  const wire::TextReply &text = reply->text_reply();
                                  sofar->append(QString::fromStdString(text.text()));
                                  // A page that never comes to an end, or goes backwards, gets no more attention than
                                  // an honest one could need.
                                  if (text.more() && text.next_offset() > offset && sofar->size() < MaxTextBytes &&
                                      self->m_host)
                                      return self->requestTextPiece(part, text.next_offset(), sofar, done);
                                  done(*sofar);
                              });
}

void RemotePage::requestHit(QPoint devicePosition, std::function<void(const Hit &)> done)
{
    if (!m_host || !m_open)
        return done({});
    wire::BrowserToRenderer message;
    message.mutable_hit_test()->set_page_id(m_id);
    message.mutable_hit_test()->mutable_position()->set_x(devicePosition.x());
    message.mutable_hit_test()->mutable_position()->set_y(devicePosition.y());
    m_host->channel().request(
        message, HitTimeout,
        [self = QPointer(this), done = answeredOnce(std::move(done))](const wire::RendererToBrowser *reply, Channel::Envelope &) {
            Hit hit;
            if (self && reply && reply->has_hit_test_reply()) {
                const wire::HitTestReply &r = reply->hit_test_reply();
                hit = {checkUrl(r.link(), EmptyUrl::Allowed).url, checkUrl(r.image(), EmptyUrl::Allowed).url,
                       r.has_selection()};
            }
            done(hit);
        });
}

void RemotePage::handleGone(const ExitReason &reason)
{
    m_host = nullptr;
    retireAll();
    Q_EMIT gone(reason);
}

BadMessage RemotePage::handle(const wire::RendererToBrowser &message)
{
    using Body = wire::RendererToBrowser;
    switch (message.body_case()) {
    case Body::kFrameReady:
        return handleFrame(message.frame_ready());
    case Body::kResourceRequest:
        return startResource(message.resource_request());
    case Body::kTitleChanged:
        if (message.title_changed().title().size() > limits::TitleBytes)
            return BadMessage::TitleTooLong;
        Q_EMIT titleChanged(cleanTitle(message.title_changed().title()));
        return BadMessage::None;
    case Body::kIconChanged: {
        const CheckedIcon icon = checkIcon(message.icon_changed());
        if (icon.error == BadMessage::None)
            Q_EMIT iconChanged(icon.image);
        return icon.error;
    }
    case Body::kHoveredLink: {
        const CheckedUrl url = checkUrl(message.hovered_link().url(), EmptyUrl::Allowed);
        if (url.error == BadMessage::None)
            Q_EMIT hoveredLinkChanged(url.url);
        return url.error;
    }
    case Body::kCursorChanged:
        if (message.cursor_changed().shape() > std::uint32_t(Qt::LastCursor))
            return BadMessage::EnumOutOfRange;
        Q_EMIT cursorChanged(Qt::CursorShape(message.cursor_changed().shape()));
        return BadMessage::None;
    case Body::kSelectionChanged:
        Q_EMIT selectionChanged(message.selection_changed().has_selection());
        return BadMessage::None;
    case Body::kLinkActivated: {
        const CheckedUrl url = checkUrl(message.link_activated().url(), EmptyUrl::Bad);
        if (url.error != BadMessage::None)
            return url.error;
        if (!wire::LinkActivated::Disposition_IsValid(message.link_activated().disposition()))
            return BadMessage::EnumOutOfRange;
        Q_EMIT linkActivated(url.url, message.link_activated().disposition());
        return BadMessage::None;
    }
    case Body::kLoadProgress:
        if (message.load_progress().percent() > 100)
            return BadMessage::ValueOutOfRange;
        Q_EMIT loadProgress(int(message.load_progress().percent()));
        return BadMessage::None;
    case Body::kLoadFinished:
        Q_EMIT loadFinished();
        return BadMessage::None;
    case Body::kInputHandled: {
        const InputRouter::Handled handled = m_input.handled(message.input_handled().event_id());
        if (handled.error == BadMessage::None && !m_openInputs.empty()) {
            m_host->acks().answered(m_openInputs.front(), std::chrono::steady_clock::now());
            m_openInputs.pop_front();
            m_host->recheckHang();
        }
        if (handled.error == BadMessage::None)
            Q_EMIT inputHandled(handled.event, message.input_handled().consumed(), handled.microseconds);
        return handled.error;
    }
    case Body::kEmbedBoxes:
        return takeEmbedBoxes(message.embed_boxes());
    default:
        return BadMessage::WrongDirection; // replies, which nobody asked for
    }
}

BadMessage RemotePage::handleFrame(const wire::FrameReady &frame)
{
    if (const BadMessage error = m_frames.accept(frame); error != BadMessage::None)
        return error;
    ++m_frameCount;
    m_host->noteFrame();
    m_unshownFrame = frame.frame_id();
    constexpr std::int32_t Far = 1 << 28;
    m_scroll = QPoint(std::clamp(frame.scroll().x(), 0, Far), std::clamp(frame.scroll().y(), 0, Far));
    m_content = QSize(int(std::min<std::uint32_t>(frame.content().width(), Far)),
                      int(std::min<std::uint32_t>(frame.content().height(), Far)));
    m_background = QColor::fromRgb(QRgb(frame.background()));
    Q_EMIT framePresented(m_frames.damage());
    return BadMessage::None;
}

BadMessage RemotePage::takeEmbedBoxes(const wire::EmbedBoxes &message)
{
    if (std::size_t(message.boxes_size()) > limits::EmbedBoxes || m_host->plugin())
        return BadMessage::ValueOutOfRange;
    std::vector<PageEmbedBox> boxes;
    for (const wire::EmbedBox &given : message.boxes()) {
        const CheckedUrl url = checkUrl(given.url(), EmptyUrl::Bad);
        if (url.error != BadMessage::None)
            return url.error;
        constexpr std::int32_t Far = 1 << 28;
        PageEmbedBox box;
        box.area = QRect(std::clamp(given.area().x(), -Far, Far), std::clamp(given.area().y(), -Far, Far),
                         int(std::min(given.area().width(), limits::FrameEdge)), int(std::min(given.area().height(), limits::FrameEdge)));
        box.url = url.url;
        box.mimeType = QString::fromStdString(given.mime_type()).left(200);
        std::size_t bytes = 0;
        for (const wire::PluginAttribute &attribute : given.attributes()) {
            bytes += attribute.name().size() + attribute.value().size();
            if (bytes > limits::EmbedAttributeBytes)
                return BadMessage::ValueOutOfRange;
            box.attributes.append({QString::fromStdString(attribute.name()), QString::fromStdString(attribute.value())});
        }
        boxes.push_back(std::move(box));
    }
    m_embedBoxes = std::move(boxes);
    Q_EMIT embedBoxesChanged();
    return BadMessage::None;
}

BadMessage RemotePage::startResource(const wire::ResourceRequest &request)
{
    const quint32 id = request.stream_id();
    if (id == 0 || id >= 0x80000000u || m_host->ownsStream(id))
        return BadMessage::StreamIdInvalid;
    if (m_streams.size() >= MaxStreams)
        return BadMessage::TooManyStreams;
    const auto destination = destinationOf(request.kind());
    if (!destination)
        return BadMessage::EnumOutOfRange;
    const CheckedUrl url = checkUrl(request.url(), EmptyUrl::Bad);
    if (url.error == BadMessage::UrlTooLong)
        return url.error;
    if (url.error != BadMessage::None) {
        // Documents are full of addresses that are none; the renderer resolves them as well as it can.
        answerResource(id, nullptr, tr("not an address"));
        return BadMessage::None;
    }
    FetchRequest ask;
    ask.url = url.url;
    ask.destination = *destination;
    ask.initiator = m_site;
    ask.referrer = m_document.head.url;
    ask.cache = m_document.cache;
    Stream &stream = m_streams[id];
    stream.fetch = deletedLater(m_fetcher.start(ask));
    connect(stream.fetch.get(), &Fetch::responded, this, [this, id](const ResponseHead &head) {
        const auto it = m_streams.find(id);
        if (it == m_streams.end())
            return;
        const bool usable = head.status >= 200 && head.status < 300;
        answerResource(id, usable ? &head : nullptr, usable ? QString() : tr("HTTP status %1").arg(head.status));
        if (!usable)
            return endStream(id);
        addBody(id, it->second);
        it->second.body->start();
    });
    connect(stream.fetch.get(), &Fetch::failed, this, [this, id, wanted = url.url](const FetchError &error) {
        const auto it = m_streams.find(id);
        if (it == m_streams.end() || it->second.body)
            return; // the body stream tells of it
        answerResource(id, nullptr, error.message);
        if (error.kind == FetchErrorKind::Denied)
            Q_EMIT resourceDenied(wanted);
        endStream(id);
    });
    return BadMessage::None;
}

void RemotePage::answerResource(quint32 streamId, const ResponseHead *head, const QString &reason)
{
    if (!m_host)
        return;
    wire::BrowserToRenderer message;
    wire::ResourceResponse *response = message.mutable_resource_response();
    response->set_stream_id(streamId);
    response->set_granted(head != nullptr);
    if (head) {
        response->set_url(head->url.toEncoded().toStdString());
        response->set_mime_type(head->mimeType.toStdString());
        response->set_charset(head->charset.toStdString());
    } else {
        response->set_reason(reason.toStdString());
    }
    m_host->channel().send(message);
}

void RemotePage::addBody(quint32 streamId, Stream &stream)
{
    stream.body = std::make_unique<BodyStream>(streamId, stream.fetch, m_host->channel());
    connect(stream.body.get(), &BodyStream::ended, this, [this, streamId] {
        const auto it = m_streams.find(streamId);
        if (it != m_streams.end() && it->second.body->isDone())
            endStream(streamId);
    });
}

bool RemotePage::ownsStream(quint32 streamId) const
{
    return m_streams.count(streamId) > 0;
}

BadMessage RemotePage::handleCredit(const wire::BodyCredit &message)
{
    const auto it = m_streams.find(message.stream_id());
    if (it == m_streams.end() || !it->second.body)
        return BadMessage::CreditInvalid;
    const BadMessage error = it->second.body->credit(message.bytes());
    // credit() may have pumped and so ended the stream already
    const auto after = m_streams.find(message.stream_id());
    if (error == BadMessage::None && after != m_streams.end() && after->second.body->isDone())
        endStream(message.stream_id());
    return error;
}

void RemotePage::endStream(quint32 streamId)
{
    const auto it = m_streams.find(streamId);
    if (it == m_streams.end())
        return;
    retire(std::move(it->second));
    m_streams.erase(it);
}

void RemotePage::retire(Stream stream)
{
    // Never deleted at once: we may be inside a signal of either, or inside the channel's send().
    if (stream.body) {
        stream.body->disconnect(this);
        stream.body->abandon();
        stream.body.release()->deleteLater();
    }
    if (stream.fetch)
        stream.fetch->disconnect(this);
}

void RemotePage::retireAll()
{
    for (auto &[id, stream] : std::exchange(m_streams, {}))
        retire(std::move(stream));
}

} // namespace bulkhead
