// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/remote_page.h"

#include "browser/host/processes/log.h"
#include "browser/pages/fetch/fetcher.h"
#include "browser/pages/page_processes/answered_once.h"
#include "browser/pages/page_processes/content_buffer.h"
#include "browser/pages/page_processes/deleted_later.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/plugin_link.h"
#include "browser/pages/page_processes/wire_checks.h"
#include "ipc/channel/limits.h"

#include <QPointer>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr std::chrono::seconds TextTimeout{20};
constexpr std::chrono::milliseconds HitTimeout{700}; // a context menu that comes later is worse than a plain one
constexpr std::chrono::seconds FindTimeout{30};

enum class Coalesced : CoalesceKey { View = 1, ScrollTo };
CoalesceKey keyFor(quint32 pageId, Coalesced what)
{
    return (CoalesceKey(pageId) << 8) | CoalesceKey(what);
}

} // namespace

RemotePage::RemotePage(PageProcess &host, Fetcher &fetcher, Site site, PageDocument document, const ViewSettings &view,
                       QObject *parent)
    : QObject(parent), m_host(&host), m_fetcher(fetcher), m_id(host.newPageId()), m_documentStream(0x80000000u | m_id),
      m_site(std::move(site)), m_document(std::move(document)), m_view(view),
      m_input([this](const wire::InputEvent &event) {
          wire::BrowserToRenderer message;
          *message.mutable_input_event() = event;
          m_host->channel().send(message);
          m_openInputs.push_back(m_host->acks().asked(std::chrono::steady_clock::now()));
      }),
      m_account(m_host->accountOf(m_site)), m_fetches(host, fetcher, m_account), m_saidHeld(charge(Holding::Said, 0))
{
    noteSaid(&Said::state, m_document.state.size());
    connect(m_host, &PageProcess::hangChanged, this, &RemotePage::hangChanged);
    connect(&m_news, &PageNews::title, this, &RemotePage::titleChanged);
    connect(&m_news, &PageNews::icon, this, &RemotePage::iconChanged);
    connect(&m_news, &PageNews::hoveredLink, this, &RemotePage::hoveredLinkChanged);
    connect(&m_news, &PageNews::cursor, this, &RemotePage::cursorChanged);
    connect(&m_news, &PageNews::selection, this, &RemotePage::selectionChanged);
    connect(&m_news, &PageNews::progress, this, &RemotePage::loadProgress);
    connect(&m_news, &PageNews::finished, this, &RemotePage::loadFinished);
    connect(&m_news, &PageNews::boxes, this, &RemotePage::embedBoxesChanged);
    connect(&m_fetches, &PageFetches::documentFailed, this, &RemotePage::bodyFailed);
    connect(&m_fetches, &PageFetches::folderDenied, this, &RemotePage::folderDenied);
    connect(&m_fetches, &PageFetches::privateNetworkDenied, this, &RemotePage::privateNetworkDenied);
    m_host->addPage(this);
}

RemotePage::~RemotePage()
{
    m_fetches.stop();
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
    open->set_url(wireUrl(m_document.head.url));
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
        const qint64 most = whole ? m_host->plugin()->contentLimit() : SiteAccount::ContentRoom;
        m_body =
            std::make_unique<ContentBuffer>(std::exchange(m_document.body, nullptr), most, charge(Holding::Content, 0));
        if (whole)
            connect(m_body.get(), &ContentBuffer::ended, this, &RemotePage::sendContent);
        connect(m_body.get(), &ContentBuffer::ended, this, &RemotePage::tellOfContent);
        m_body->start(m_document.head.length);
        return;
    }
    m_fetches.sendDocument(m_documentStream, std::exchange(m_document.body, nullptr), m_document.head.length);
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
}

void RemotePage::tellOfContent()
{
    if (m_body->isTooLarge())
        setNotice(tr("The document is too large for this plugin: more than %1 MB.").arg(m_body->mostBytes() >> 20));
    if (m_body->isWithoutRoom())
        setNotice(tr("The documents of this site that are open take up all of their %1 MB. Close one and load this one "
                     "again.")
                      .arg(std::max(m_body->mostBytes(), SiteAccount::ContentRoom) >> 20));
}

Charge RemotePage::charge(Holding what, qint64 bytes) const
{
    Charge held = m_account ? m_account->charge(what, 0) : Charge();
    held.set(bytes);
    return held;
}

void RemotePage::noteSaid(qint64 Said::*part, qint64 bytes)
{
    m_said.*part = bytes;
    m_saidHeld.set(m_said.title + m_said.icon + m_said.link + m_said.notice + m_said.state);
}

void RemotePage::setNotice(const QString &sentence)
{
    if (sentence == m_notice)
        return;
    m_notice = sentence;
    noteSaid(&Said::notice, 2 * sentence.size());
    Q_EMIT noticeChanged();
}

void RemotePage::setState(const QByteArray &state)
{
    m_document.state = state;
    noteSaid(&Said::state, state.size());
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
    m_fetches.stop();
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
    m_gestures.note(event);
    m_input.route(std::move(event));
}

void RemotePage::find(const QString &text, bool backward, bool caseSensitive)
{
    if (!m_host || !m_open)
        return;
    wire::BrowserToRenderer message;
    wire::Find *find = message.mutable_find();
    find->set_page_id(m_id);
    find->set_text(text.left(qsizetype(limits::FindBytes / 4)).toStdString());
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

/// An answer that comes in pieces, as far as it is there.
struct RemotePage::Text
{
    QString text = QLatin1String("");
    Charge held;
};

void RemotePage::requestText(TextPart part, std::function<void(const QString &)> done)
{
    if (!m_host || !m_open)
        return done({});
    auto sofar = std::make_shared<Text>();
    if (m_account)
        sofar->held = m_account->charge(Holding::Text, 0);
    requestTextPiece(part, 0, std::move(sofar), answeredOnce(std::move(done)));
}

void RemotePage::requestTextPiece(TextPart part, quint64 offset, std::shared_ptr<Text> sofar,
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
                                  sofar->text.append(QString::fromStdString(text.text()));
                                  sofar->held.set(2 * sofar->text.size());
                                  // A page that never comes to an end, or goes backwards, gets no more attention than
                                  // an honest one could need.
                                  if (text.more() && text.next_offset() > offset &&
                                      sofar->text.size() < qsizetype(limits::TextBytes) && self->m_host)
                                      return self->requestTextPiece(part, text.next_offset(), sofar, done);
                                  done(sofar->text);
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
    m_host->channel().request(message, HitTimeout,
                              [self = QPointer(this), done = answeredOnce(std::move(done))](
                                  const wire::RendererToBrowser *reply, Channel::Envelope &) {
                                  Hit hit;
                                  if (self && reply && reply->has_hit_test_reply()) {
                                      const wire::HitTestReply &r = reply->hit_test_reply();
                                      hit = {checkUrl(r.link(), EmptyUrl::Allowed).url,
                                             checkUrl(r.image(), EmptyUrl::Allowed).url, r.has_selection()};
                                  }
                                  done(hit);
                              });
}

void RemotePage::handleGone(const ExitReason &reason)
{
    // What it said last counts, too.
    const QPointer<RemotePage> alive(this);
    m_news.flush();
    if (!alive)
        return;
    m_host = nullptr;
    m_fetches.stop();
    Q_EMIT gone(reason);
}

BadMessage RemotePage::handle(const wire::RendererToBrowser &message)
{
    using Body = wire::RendererToBrowser;
    switch (message.body_case()) {
    case Body::kFrameReady:
        return handleFrame(message.frame_ready());
    case Body::kResourceRequest:
        return m_fetches.ask(message.resource_request(), partOfDocument());
    case Body::kTitleChanged:
        if (message.title_changed().title().size() > limits::TitleBytes)
            return BadMessage::TitleTooLong;
        noteSaid(&Said::title, 2 * qint64(message.title_changed().title().size())); // as UTF-16
        m_news.setTitle(cleanTitle(message.title_changed().title()));
        return BadMessage::None;
    case Body::kIconChanged: {
        const CheckedIcon icon = checkIcon(message.icon_changed());
        if (icon.error == BadMessage::None) {
            noteSaid(&Said::icon, icon.image.sizeInBytes());
            m_news.setIcon(icon.image);
        }
        return icon.error;
    }
    case Body::kHoveredLink: {
        const CheckedUrl url = checkUrl(message.hovered_link().url(), EmptyUrl::Allowed);
        if (url.error == BadMessage::None) {
            noteSaid(&Said::link, 2 * qint64(message.hovered_link().url().size()));
            m_news.setHoveredLink(url.url);
        }
        return url.error;
    }
    case Body::kCursorChanged:
        if (message.cursor_changed().shape() > std::uint32_t(Qt::LastCursor))
            return BadMessage::EnumOutOfRange;
        m_news.setCursor(Qt::CursorShape(message.cursor_changed().shape()));
        return BadMessage::None;
    case Body::kSelectionChanged:
        m_news.setSelection(message.selection_changed().has_selection());
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
        m_news.setProgress(int(message.load_progress().percent()));
        return BadMessage::None;
    case Body::kLoadFinished:
        m_news.setFinished();
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

/// What the document asks for, but for what and where.
FetchRequest RemotePage::partOfDocument() const
{
    FetchRequest ask{{}, Destination::Image, initiator()};
    ask.referrer = m_document.head.url;
    ask.cache = m_document.cache;
    ask.grantedFolders = m_document.grantedFolders;
    return ask;
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
                         int(std::min(given.area().width(), limits::FrameEdge)),
                         int(std::min(given.area().height(), limits::FrameEdge)));
        box.url = url.url;
        box.mimeType = QString::fromStdString(given.mime_type()).left(200);
        std::size_t bytes = 0;
        for (const wire::PluginAttribute &attribute : given.attributes()) {
            bytes += attribute.name().size() + attribute.value().size();
            if (bytes > limits::EmbedAttributeBytes)
                return BadMessage::ValueOutOfRange;
            box.attributes.append(
                {QString::fromStdString(attribute.name()), QString::fromStdString(attribute.value())});
        }
        boxes.push_back(std::move(box));
    }
    m_embedBoxes = std::move(boxes);
    if (m_account) {
        m_boxesHeld = Charge();
        m_boxesHeld = m_account->charge(Holding::Boxes, 2 * qint64(message.ByteSizeLong())); // UTF-16
    }
    m_news.setBoxes();
    return BadMessage::None;
}

} // namespace bulkhead
