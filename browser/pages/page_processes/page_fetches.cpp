// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/page_fetches.h"

#include "browser/pages/page_processes/deleted_later.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/wire_checks.h"

#include <algorithm>

namespace bulkhead {

namespace {

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

PageFetches::PageFetches(PageProcess &host, Fetcher &fetcher, std::shared_ptr<SiteAccount> account)
    : m_host(host), m_fetcher(fetcher), m_account(std::move(account))
{
    if (m_account)
        connect(m_account.get(), &SiteAccount::roomMade, this, &PageFetches::startWaiting);
}

PageFetches::~PageFetches()
{
    stop();
}

BadMessage PageFetches::ask(const wire::ResourceRequest &request, FetchRequest ask)
{
    const quint32 id = request.stream_id();
    if (id == 0 || id >= 0x80000000u || m_host.ownsStream(id))
        return BadMessage::StreamIdInvalid;
    if (m_streams.size() >= Most)
        return BadMessage::TooManyStreams;
    const auto destination = destinationOf(request.kind());
    if (!destination)
        return BadMessage::EnumOutOfRange;
    const CheckedUrl url = checkUrl(request.url(), EmptyUrl::Bad);
    if (url.error == BadMessage::UrlTooLong)
        return url.error;
    if (url.error != BadMessage::None) {
        // Documents are full of addresses that are none; the renderer resolves them as well as it can.
        answer(id, nullptr, tr("not an address"));
        return BadMessage::None;
    }
    ask.url = url.url;
    ask.destination = *destination;
    Stream &stream = m_streams[id];
    stream.waiting = std::move(ask);
    if (m_account) // as UTF-16
        stream.address = m_account->charge(Holding::Body, 2 * qint64(request.url().size()));
    m_waiting.push_back(id);
    startWaiting();
    return BadMessage::None;
}

void PageFetches::sendDocument(quint32 streamId, std::shared_ptr<Fetch> body, qint64 length)
{
    Stream &stream = m_streams[streamId];
    if (m_account)
        stream.held = m_account->charge(Holding::Body, length < 0 ? SiteAccount::DocumentBytes
                                                                  : std::min(length, SiteAccount::DocumentBytes));
    stream.fetch = std::move(body);
    connect(stream.fetch.get(), &Fetch::failed, this, &PageFetches::documentFailed);
    addBody(streamId, stream);
    stream.body->start();
}

/// As many as there is room for, in the order in which they were asked for.
void PageFetches::startWaiting()
{
    while (!m_waiting.empty()) {
        const auto it = m_streams.find(m_waiting.front());
        if (it != m_streams.end() && m_account) {
            auto room = m_account->reserveFetch();
            if (!room)
                return;
            it->second.held = std::move(*room);
        }
        m_waiting.pop_front();
        if (it != m_streams.end())
            start(it->first, it->second);
    }
}

void PageFetches::start(quint32 id, Stream &stream)
{
    const FetchRequest ask = *std::exchange(stream.waiting, std::nullopt);
    stream.fetch = deletedLater(m_fetcher.start(ask));
    connect(stream.fetch.get(), &Fetch::responded, this, [this, id](const ResponseHead &head) {
        const auto it = m_streams.find(id);
        if (it == m_streams.end())
            return;
        const bool usable = head.status >= 200 && head.status < 300;
        answer(id, usable ? &head : nullptr, usable ? QString() : tr("HTTP status %1").arg(head.status));
        if (!usable)
            return end(id);
        addBody(id, it->second);
        it->second.body->start();
    });
    connect(stream.fetch.get(), &Fetch::failed, this, [this, id](const FetchError &error) {
        const auto it = m_streams.find(id);
        if (it == m_streams.end() || it->second.body)
            return; // the body stream tells of it
        answer(id, nullptr, error.message);
        if (!error.deniedFolder.isEmpty())
            Q_EMIT folderDenied(error.deniedFolder);
        if (error.question)
            Q_EMIT privateNetworkDenied(*error.question);
        end(id);
    });
}

void PageFetches::answer(quint32 streamId, const ResponseHead *head, const QString &reason)
{
    wire::BrowserToRenderer message;
    wire::ResourceResponse *response = message.mutable_resource_response();
    response->set_stream_id(streamId);
    response->set_granted(head != nullptr);
    if (head) {
        response->set_url(wireUrl(head->url));
        response->set_mime_type(head->mimeType.toStdString());
        response->set_charset(head->charset.toStdString());
    } else {
        response->set_reason(reason.toStdString());
    }
    m_host.channel().send(message);
}

void PageFetches::addBody(quint32 streamId, Stream &stream)
{
    stream.body = std::make_unique<BodyStream>(streamId, stream.fetch, m_host.channel());
    connect(stream.body.get(), &BodyStream::ended, this, [this, streamId] {
        const auto it = m_streams.find(streamId);
        if (it != m_streams.end() && it->second.body->isDone())
            end(streamId);
    });
}

BadMessage PageFetches::credit(const wire::BodyCredit &message)
{
    const auto it = m_streams.find(message.stream_id());
    if (it == m_streams.end() || !it->second.body)
        return BadMessage::CreditInvalid;
    const BadMessage error = it->second.body->credit(message.bytes());
    // credit() may have pumped and so ended the stream already
    const auto after = m_streams.find(message.stream_id());
    if (error == BadMessage::None && after != m_streams.end() && after->second.body->isDone())
        end(message.stream_id());
    return error;
}

void PageFetches::end(quint32 streamId)
{
    const auto it = m_streams.find(streamId);
    if (it == m_streams.end())
        return;
    retire(std::move(it->second));
    m_streams.erase(it);
    std::erase(m_waiting, streamId);
}

void PageFetches::retire(Stream stream)
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

void PageFetches::stop()
{
    for (auto &[id, stream] : std::exchange(m_streams, {}))
        retire(std::move(stream));
    m_waiting.clear();
}

} // namespace bulkhead
