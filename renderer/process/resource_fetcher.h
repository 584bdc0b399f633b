// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/message_channel.h"
#include "ipc/messages/renderer.pb.h"
#include "renderer/page/page_client.h"

#include <QObject>

#include <deque>
#include <unordered_map>

namespace bulkhead {

using RendererChannel = MessageChannel<wire::RendererToBrowser, wire::BrowserToRenderer>;

/// Subresources of all pages of this process: asks the browser, collects the bodies, acknowledges them. At most a few
/// dozen are asked for at a time; the others wait their turn here. Main thread.
class ResourceFetcher
{
public:
    /// A subresource larger than this is dropped.
    static constexpr qsizetype MaxBytes = 64 << 20;

    explicit ResourceFetcher(RendererChannel &channel) : m_channel(channel) {}

    using Done = std::function<void(std::optional<Resource>)>;
    FetchId fetch(quint32 pageId, const QUrl &url, ResourceKind kind, Done done);
    void cancel(FetchId id);
    void cancelPage(quint32 pageId);
    /// Requests of @p pageId that have not been answered yet.
    int pending(quint32 pageId) const;

    void handleResponse(const wire::ResourceResponse &response);
    void handleData(const wire::BodyData &data);
    void handleEnd(const wire::BodyEnd &end);
    bool owns(quint32 streamId) const { return m_active.count(streamId) > 0; }

private:
    struct Request
    {
        quint32 pageId;
        QUrl url;
        ResourceKind kind;
        Done done;
        Resource resource;
        bool asked = true; ///< false: its address is too long for the wire, and it fails in the next turn
    };

    void startNext();
    void finish(quint32 streamId, bool complete);

    RendererChannel &m_channel;
    QObject m_later; ///< what it posts to itself goes away with it
    std::unordered_map<quint32, Request> m_active;
    std::deque<std::pair<quint32, Request>> m_waiting;
    quint32 m_nextId = 1;
};

} // namespace bulkhead
