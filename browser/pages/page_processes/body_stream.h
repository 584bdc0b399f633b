// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"
#include "ipc/channel/bad_message.h"
#include "ipc/channel/message_channel.h"
#include "ipc/messages/renderer.pb.h"

#include <QObject>

#include <memory>

namespace bulkhead {

using BrowserChannel = MessageChannel<wire::BrowserToRenderer, wire::RendererToBrowser>;

/// Carries one body from a Fetch to a renderer, no faster than the renderer consumes it: at most limits::BodyWindow
/// bytes are under way, and nothing is read from the fetch while the channel is congested. Main thread.
class BodyStream : public QObject
{
    Q_OBJECT
public:
    /// @p channel outlives the stream. The fetch must have responded already.
    BodyStream(quint32 streamId, std::shared_ptr<Fetch> fetch, BrowserChannel &channel, QObject *parent = nullptr);

    void start();
    /// The renderer has consumed @p bytes.
    BadMessage credit(std::uint32_t bytes);
    /// Sends nothing more, as when the channel is gone or the page wants it no longer.
    void abandon() { m_ended = true; }
    /// All was sent and all was consumed.
    bool isDone() const { return m_ended && m_unacknowledged == 0; }
    /// Bytes handed to the channel so far.
    qint64 sent() const { return m_sent; }

Q_SIGNALS:
    void progressed(qint64 sent);
    /// Once; BodyEnd was sent. @p complete is false when the fetch failed.
    void ended(bool complete);

private:
    void pump();
    void end(bool complete);

    const quint32 m_streamId;
    std::shared_ptr<Fetch> m_fetch;
    BrowserChannel &m_channel;
    qint64 m_sent = 0;
    std::int64_t m_unacknowledged = 0;
    bool m_finished = false; ///< the fetch has all it will get
    bool m_ended = false;
};

} // namespace bulkhead
