// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/page_host.h"

#include "ipc/channel/limits.h"
#include "renderer/documents/page_factory.h"
#include "renderer/process/misbehaviour.h"
#include "renderer/view/page_input.h"

#include <algorithm>

namespace bulkhead {

namespace {

// Keys of superseding messages: a page's newest title, icon, ... is the only one of interest.
enum class Coalesced : CoalesceKey { Title = 1, HoveredLink, Cursor, Selection, Progress };

CoalesceKey keyFor(quint32 pageId, Coalesced what)
{
    return (CoalesceKey(pageId) << 8) | CoalesceKey(what);
}

} // namespace

PageHost::PageHost(const wire::OpenDocument &open, RendererChannel &channel, ResourceFetcher &fetcher,
                   TaskMonitor &monitor)
    : m_pageId(open.page_id()), m_streamId(open.stream_id()), m_channel(channel), m_fetcher(fetcher),
      m_monitor(monitor), m_url(QUrl::fromEncoded(QByteArray::fromStdString(open.url())))
{
    QObject::connect(&m_view, &PageView::framePainted, [this](wire::FrameReady &frame) { sendFrame(frame); });
    QObject::connect(&m_view, &PageView::scrolled, [this] {
        m_wantedScroll.reset();
        m_wantedFragment.clear();
    });
    if (open.restore_scroll())
        m_wantedScroll = QPoint(open.scroll().x(), open.scroll().y());
    else
        m_wantedFragment = m_url.fragment(QUrl::FullyDecoded);

    m_view.configure(open.view());
    DocumentHead head{m_url, QString::fromStdString(open.mime_type()), QString::fromStdString(open.charset()),
                      open.view().dark()};
    m_misbehaves = open.mime_type() == misbehaviour::MimeType;
    if (m_misbehaves)
        head.mimeType = QStringLiteral("text/html");
    m_page = createPage(head, *this);
    m_view.setPage(m_page.get());
}

PageHost::~PageHost()
{
    m_view.setPage(nullptr);
    m_fetcher.cancelPage(m_pageId);
}

void PageHost::appendBody(const std::string &bytes)
{
    m_page->append(QByteArrayView(bytes.data(), qsizetype(bytes.size())));
}

void PageHost::finishBody()
{
    if (m_misbehaves)
        m_page->append(misbehaviour::page(m_url));
    m_page->finish();
}

void PageHost::stopLoading()
{
    m_fetcher.cancelPage(m_pageId);
    loadFinished();
}

void PageHost::configure(const wire::ViewState &state)
{
    m_view.configure(state);
}

void PageHost::handleInput(const wire::InputEvent &event)
{
    m_view.setNewestInput(event.event_id());
    const bool consumed = bulkhead::handleInput(event, *m_page, m_view);
    wire::RendererToBrowser message;
    wire::InputHandled *handled = message.mutable_input_handled();
    handled->set_page_id(m_pageId);
    handled->set_event_id(event.event_id());
    handled->set_consumed(consumed);
    m_channel.send(message);
}

void PageHost::scrollTo(const wire::Point &position)
{
    m_wantedScroll.reset();
    m_wantedFragment.clear();
    m_view.scrollTo({position.x(), position.y()});
}

void PageHost::scrollToFragment(const QString &fragment)
{
    m_wantedFragment = fragment;
    if (fragment.isEmpty())
        m_view.scrollTo({0, 0});
    applyWantedScroll();
}

wire::FindReply PageHost::find(const wire::Find &find)
{
    const FindResult result = m_page->find(QString::fromStdString(find.text()),
                                           find.backward() ? FindDirection::Backward : FindDirection::Forward,
                                           find.case_sensitive() ? FindCase::Sensitive : FindCase::Insensitive);
    if (result.active > 0)
        m_view.scrollIntoView(result.activeRect);
    wire::FindReply reply;
    reply.set_count(std::uint32_t(std::max(0, result.count)));
    reply.set_active(std::uint32_t(std::max(0, result.active)));
    return reply;
}

void PageHost::edit(wire::EditCommand::Type command)
{
    if (command == wire::EditCommand::SELECT_ALL)
        m_page->selectAll();
    else if (command == wire::EditCommand::CLEAR_SELECTION)
        m_page->clearSelection();
}

wire::TextReply PageHost::text(const wire::GetText &request)
{
    // Taken once, at the first piece, so that the pieces fit together even if the page changes meanwhile.
    if (request.offset() == 0)
        m_textUtf8 = (request.selection_only() ? m_page->selectedText() : m_page->text()).toUtf8();
    constexpr qsizetype Piece = qsizetype(limits::MessageBytes / 4);
    const qsizetype from = std::min<qsizetype>(qsizetype(request.offset()), m_textUtf8.size());
    qsizetype to = std::min(from + Piece, m_textUtf8.size());
    while (to < m_textUtf8.size() && (uchar(m_textUtf8[to]) & 0xc0) == 0x80)
        --to; // not inside a UTF-8 sequence
    wire::TextReply reply;
    reply.set_text(m_textUtf8.constData() + from, std::size_t(to - from));
    reply.set_next_offset(std::uint64_t(to));
    reply.set_more(to < m_textUtf8.size());
    if (!reply.more())
        m_textUtf8.clear();
    return reply;
}

wire::HitTestReply PageHost::hitTest(const wire::Point &position)
{
    const HitResult hit = m_page->hitTest(m_view.toDocument({position.x(), position.y()}));
    wire::HitTestReply reply;
    const auto encode = [](const QUrl &url) {
        const QByteArray bytes = url.toEncoded();
        return std::size_t(bytes.size()) > limits::UrlBytes ? std::string() : bytes.toStdString();
    };
    reply.set_link(encode(hit.link));
    reply.set_image(encode(hit.image));
    reply.set_over_text(hit.overText);
    reply.set_has_selection(!m_page->selectedText().isEmpty());
    return reply;
}

FetchId PageHost::fetch(const QUrl &url, ResourceKind kind, std::function<void(std::optional<Resource>)> done)
{
    return m_fetcher.fetch(m_pageId, url, kind, std::move(done));
}

void PageHost::cancel(FetchId id)
{
    m_fetcher.cancel(id);
}

void PageHost::contentSizeChanged()
{
    m_view.contentSizeChanged();
    applyWantedScroll();
    m_view.setReadyToPaint();
}

void PageHost::applyWantedScroll()
{
    if (m_wantedScroll) {
        m_view.scrollTo(*m_wantedScroll);
    } else if (!m_wantedFragment.isEmpty()) {
        if (const auto position = m_page->anchorPosition(m_wantedFragment))
            m_view.scrollTo(QPoint(0, position->y()));
    }
}

void PageHost::titleChanged(const QString &title)
{
    wire::RendererToBrowser message;
    message.mutable_title_changed()->set_page_id(m_pageId);
    message.mutable_title_changed()->set_title(title.left(limits::TitleBytes / 3).toStdString());
    m_channel.send(message, {}, keyFor(m_pageId, Coalesced::Title));
}

void PageHost::iconChanged(const QImage &icon)
{
    constexpr int Edge = int(limits::IconEdge);
    const QImage scaled = icon.width() > Edge || icon.height() > Edge
                              ? icon.scaled(Edge, Edge, Qt::KeepAspectRatio, Qt::SmoothTransformation)
                              : icon;
    const QImage image = scaled.convertToFormat(QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return;
    wire::RendererToBrowser message;
    wire::IconChanged *changed = message.mutable_icon_changed();
    changed->set_page_id(m_pageId);
    changed->mutable_size()->set_width(std::uint32_t(image.width()));
    changed->mutable_size()->set_height(std::uint32_t(image.height()));
    for (int y = 0; y < image.height(); ++y)
        changed->mutable_pixels()->append(reinterpret_cast<const char *>(image.constScanLine(y)),
                                          std::size_t(image.width()) * 4);
    m_channel.send(message);
}

void PageHost::hoveredLinkChanged(const QUrl &url)
{
    wire::RendererToBrowser message;
    message.mutable_hovered_link()->set_page_id(m_pageId);
    const QByteArray encoded = url.toEncoded();
    if (std::size_t(encoded.size()) <= limits::UrlBytes)
        message.mutable_hovered_link()->set_url(encoded.toStdString());
    m_channel.send(message, {}, keyFor(m_pageId, Coalesced::HoveredLink));
}

void PageHost::cursorChanged(Qt::CursorShape shape)
{
    wire::RendererToBrowser message;
    message.mutable_cursor_changed()->set_page_id(m_pageId);
    message.mutable_cursor_changed()->set_shape(std::uint32_t(shape));
    m_channel.send(message, {}, keyFor(m_pageId, Coalesced::Cursor));
}

void PageHost::selectionChanged(bool hasSelection)
{
    wire::RendererToBrowser message;
    message.mutable_selection_changed()->set_page_id(m_pageId);
    message.mutable_selection_changed()->set_has_selection(hasSelection);
    m_channel.send(message, {}, keyFor(m_pageId, Coalesced::Selection));
}

void PageHost::navigationRequested(const QUrl &url, Disposition disposition)
{
    const QByteArray encoded = url.toEncoded();
    if (std::size_t(encoded.size()) > limits::UrlBytes)
        return;
    wire::RendererToBrowser message;
    wire::LinkActivated *link = message.mutable_link_activated();
    link->set_page_id(m_pageId);
    link->set_url(encoded.toStdString());
    switch (disposition) {
    case Disposition::CurrentTab:
        link->set_disposition(wire::LinkActivated::CURRENT_TAB);
        break;
    case Disposition::NewForegroundTab:
        link->set_disposition(wire::LinkActivated::NEW_FOREGROUND_TAB);
        break;
    case Disposition::NewBackgroundTab:
        link->set_disposition(wire::LinkActivated::NEW_BACKGROUND_TAB);
        break;
    }
    m_channel.send(message);
}

void PageHost::embedBoxesChanged(const std::vector<EmbedBox> &boxes)
{
    wire::RendererToBrowser message;
    wire::EmbedBoxes *all = message.mutable_embed_boxes();
    all->set_page_id(m_pageId);
    for (const EmbedBox &box : boxes) {
        const QByteArray url = box.url.toEncoded();
        if (std::size_t(all->boxes_size()) >= limits::EmbedBoxes || url.isEmpty() ||
            std::size_t(url.size()) > limits::UrlBytes / 2)
            continue;
        wire::EmbedBox *out = all->add_boxes();
        out->mutable_area()->set_x(box.area.x());
        out->mutable_area()->set_y(box.area.y());
        out->mutable_area()->set_width(std::uint32_t(std::max(0, box.area.width())));
        out->mutable_area()->set_height(std::uint32_t(std::max(0, box.area.height())));
        out->set_url(url.toStdString());
        out->set_mime_type(box.mimeType.left(200).toStdString());
        std::size_t bytes = 0;
        for (const auto &[name, value] : box.attributes) {
            bytes += std::size_t(name.size() + value.size()) * 3;
            if (bytes > limits::EmbedAttributeBytes)
                break;
            wire::PluginAttribute *attribute = out->add_attributes();
            attribute->set_name(name.toStdString());
            attribute->set_value(value.toStdString());
        }
    }
    m_channel.send(message);
}

void PageHost::loadProgress(double fraction)
{
    const int percent = int(std::clamp(fraction, 0.0, 1.0) * 100);
    if (percent == m_percent)
        return;
    m_percent = percent;
    wire::RendererToBrowser message;
    message.mutable_load_progress()->set_page_id(m_pageId);
    message.mutable_load_progress()->set_percent(std::uint32_t(percent));
    m_channel.send(message, {}, keyFor(m_pageId, Coalesced::Progress));
}

void PageHost::loadFinished()
{
    applyWantedScroll();
    m_wantedScroll.reset();
    m_wantedFragment.clear();
    m_view.setReadyToPaint();
    if (m_misbehaves) {
        // Never announced as loaded, since the deed is still to come; a timer, so that the page that explains it is
        // painted first. Not counted as work that takes too long: the freeze is the point, and it is for the person to
        // end.
        QTimer::singleShot(100, &m_view, [this] {
            m_monitor.taskEnds();
            if (!misbehaviour::speak(m_url, m_channel, m_pageId))
                misbehaviour::perform(m_url);
        });
        return;
    }
    wire::RendererToBrowser message;
    message.mutable_load_finished()->set_page_id(m_pageId);
    m_channel.send(message);
}

void PageHost::sendFrame(wire::FrameReady &frame)
{
    wire::RendererToBrowser message;
    frame.set_page_id(m_pageId);
    *message.mutable_frame_ready() = std::move(frame);
    m_channel.send(message);
}

} // namespace bulkhead
