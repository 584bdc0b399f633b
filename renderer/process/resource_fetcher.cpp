// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/resource_fetcher.h"

#include "ipc/channel/limits.h"

#include <QMetaObject>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr std::size_t MaxActive = 32;

wire::ResourceRequest::Kind wireKind(ResourceKind kind)
{
    switch (kind) {
    case ResourceKind::Style:
        return wire::ResourceRequest::STYLE;
    case ResourceKind::Image:
        return wire::ResourceRequest::IMAGE;
    case ResourceKind::Font:
        return wire::ResourceRequest::FONT;
    case ResourceKind::Icon:
        return wire::ResourceRequest::ICON;
    }
    return wire::ResourceRequest::UNKNOWN;
}

} // namespace

FetchId ResourceFetcher::fetch(quint32 pageId, const QUrl &url, ResourceKind kind, Done done)
{
    const quint32 id = m_nextId;
    m_nextId = m_nextId == 0x7fffffff ? 1 : m_nextId + 1;
    m_waiting.emplace_back(id, Request{pageId, url, kind, std::move(done), {}});
    startNext();
    return id;
}

void ResourceFetcher::startNext()
{
    while (!m_waiting.empty() && m_active.size() < MaxActive) {
        auto [id, request] = std::move(m_waiting.front());
        m_waiting.pop_front();
        const QByteArray url = request.url.toEncoded();
        request.asked = std::size_t(url.size()) <= limits::UrlBytes;
        if (!request.asked) {
            const quint32 dropped = id;
            m_active.emplace(id, std::move(request));
            QMetaObject::invokeMethod(
                &m_later, [this, dropped] { finish(dropped, false); }, Qt::QueuedConnection);
            continue;
        }
        wire::RendererToBrowser message;
        wire::ResourceRequest *ask = message.mutable_resource_request();
        ask->set_page_id(request.pageId);
        ask->set_stream_id(id);
        ask->set_url(url.toStdString());
        ask->set_kind(wireKind(request.kind));
        m_active.emplace(id, std::move(request));
        m_channel.send(message);
    }
}

void ResourceFetcher::cancel(FetchId id)
{
    if (const auto it = m_active.find(id); it != m_active.end()) {
        const bool asked = it->second.asked;
        m_active.erase(it);
        if (asked) {
            wire::RendererToBrowser message;
            message.mutable_resource_cancel()->set_stream_id(id);
            m_channel.send(message);
        }
        startNext();
        return;
    }
    std::erase_if(m_waiting, [id](const auto &entry) { return entry.first == id; });
}

void ResourceFetcher::cancelPage(quint32 pageId)
{
    std::erase_if(m_waiting, [pageId](const auto &entry) { return entry.second.pageId == pageId; });
    std::vector<quint32> ids;
    for (const auto &[id, request] : m_active) {
        if (request.pageId == pageId)
            ids.push_back(id);
    }
    for (quint32 id : ids)
        cancel(id);
}

int ResourceFetcher::pending(quint32 pageId) const
{
    const auto active = std::count_if(m_active.begin(), m_active.end(),
                                      [pageId](const auto &entry) { return entry.second.pageId == pageId; });
    const auto waiting = std::count_if(m_waiting.begin(), m_waiting.end(),
                                       [pageId](const auto &entry) { return entry.second.pageId == pageId; });
    return int(active + waiting);
}

void ResourceFetcher::handleResponse(const wire::ResourceResponse &response)
{
    const auto it = m_active.find(response.stream_id());
    if (it == m_active.end())
        return; // cancelled meanwhile
    if (!response.granted()) {
        qInfo("not loaded: %s (%s)", it->second.url.toEncoded().constData(), response.reason().c_str());
        return finish(response.stream_id(), false);
    }
    it->second.resource.url = QUrl::fromEncoded(QByteArray::fromStdString(response.url()));
    it->second.resource.mimeType = QString::fromStdString(response.mime_type());
    it->second.resource.charset = QString::fromStdString(response.charset());
}

void ResourceFetcher::handleData(const wire::BodyData &data)
{
    const auto it = m_active.find(data.stream_id());
    if (it == m_active.end())
        return;
    QByteArray &body = it->second.resource.data;
    if (body.size() + qsizetype(data.data().size()) > MaxBytes) {
        qInfo("not loaded: %s (too large)", it->second.url.toEncoded().constData());
        Done done = std::move(it->second.done);
        cancel(data.stream_id());
        done({});
        return;
    }
    body.append(data.data().data(), qsizetype(data.data().size()));
    wire::RendererToBrowser message;
    message.mutable_body_credit()->set_stream_id(data.stream_id());
    message.mutable_body_credit()->set_bytes(std::uint32_t(data.data().size()));
    m_channel.send(message);
}

void ResourceFetcher::handleEnd(const wire::BodyEnd &end)
{
    finish(end.stream_id(), end.complete());
}

void ResourceFetcher::finish(quint32 streamId, bool complete)
{
    const auto it = m_active.find(streamId);
    if (it == m_active.end())
        return;
    Request request = std::move(it->second);
    m_active.erase(it);
    startNext();
    if (complete)
        request.done(std::move(request.resource));
    else
        request.done({});
}

} // namespace bulkhead
