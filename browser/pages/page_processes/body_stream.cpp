// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/body_stream.h"

#include "ipc/channel/limits.h"

#include <algorithm>

namespace bulkhead {

BodyStream::BodyStream(quint32 streamId, std::shared_ptr<Fetch> fetch, BrowserChannel &channel, QObject *parent)
    : QObject(parent), m_streamId(streamId), m_fetch(std::move(fetch)), m_channel(channel)
{
    connect(m_fetch.get(), &Fetch::readyRead, this, &BodyStream::pump);
    connect(m_fetch.get(), &Fetch::finished, this, [this] {
        m_finished = true;
        pump();
    });
    connect(m_fetch.get(), &Fetch::failed, this, [this] { end(false); });
    connect(&m_channel.base(), &Channel::congestedChanged, this, [this](bool congested) {
        if (!congested)
            pump();
    });
}

void BodyStream::start()
{
    m_finished = m_finished || m_fetch->atEnd();
    pump();
}

void BodyStream::pump()
{
    while (!m_ended && !m_channel.base().isCongested() && m_unacknowledged < std::int64_t(limits::BodyWindow)) {
        const qint64 room = std::int64_t(limits::BodyWindow) - m_unacknowledged;
        const QByteArray piece = m_fetch->read(std::min<qint64>(room, limits::BodyPiece));
        if (piece.isEmpty()) {
            if (m_finished || m_fetch->atEnd())
                end(true);
            return;
        }
        wire::BrowserToRenderer message;
        message.mutable_body_data()->set_stream_id(m_streamId);
        message.mutable_body_data()->set_data(piece.constData(), std::size_t(piece.size()));
        if (!m_channel.send(message))
            return;
        m_sent += piece.size();
        m_unacknowledged += piece.size();
        Q_EMIT progressed(m_sent);
    }
}

BadMessage BodyStream::credit(std::uint32_t bytes)
{
    if (bytes == 0 || std::int64_t(bytes) > m_unacknowledged)
        return BadMessage::CreditInvalid;
    m_unacknowledged -= bytes;
    pump();
    return BadMessage::None;
}

void BodyStream::end(bool complete)
{
    if (m_ended)
        return;
    m_ended = true;
    wire::BrowserToRenderer message;
    message.mutable_body_end()->set_stream_id(m_streamId);
    message.mutable_body_end()->set_complete(complete);
    m_channel.send(message);
    Q_EMIT ended(complete);
}

} // namespace bulkhead
