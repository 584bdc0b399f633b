// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/stream_fetch.h"

#include "browser/pages/fetch/body_channel.h"

#include <QPointer>

namespace bulkhead {

StreamFetch::StreamFetch(QObject *parent)
    : Fetch(parent), m_channel(std::make_shared<BodyChannel>([this] {
          // Safe from any thread: abandon() in the destructor ends these calls under the channel's lock.
          QMetaObject::invokeMethod(this, &StreamFetch::deliver, Qt::QueuedConnection);
      }))
{
}

StreamFetch::~StreamFetch()
{
    m_channel->abandon();
}

QByteArray StreamFetch::read(qint64 maximum)
{
    return maximum > 0 ? m_channel->read(maximum) : QByteArray();
}

bool StreamFetch::atEnd() const
{
    return m_channel->isDrained();
}

void StreamFetch::deliver()
{
    // Receivers may delete this fetch in any of these signals.
    const QPointer<StreamFetch> alive = this;
    const BodyChannel::News news = m_channel->takeNews();
    if (news.head)
        Q_EMIT responded(*news.head);
    if (alive && news.bytes)
        Q_EMIT readyRead();
    if (alive && news.ended)
        Q_EMIT finished();
    if (alive && news.error)
        Q_EMIT failed(*news.error);
}

void answer(BodyChannel &channel, ResponseHead head, const QByteArray &body)
{
    head.length = body.size();
    channel.respond(head);
    channel.append(body);
    channel.finish();
}

std::unique_ptr<Fetch> answerFromMemory(const ResponseHead &head, const QByteArray &body)
{
    auto fetch = std::make_unique<StreamFetch>();
    answer(*fetch->channel(), head, body);
    return fetch;
}

std::unique_ptr<Fetch> failedFetch(const FetchError &error)
{
    auto fetch = std::make_unique<StreamFetch>();
    fetch->channel()->fail(error);
    return fetch;
}

} // namespace bulkhead
