// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/body_channel.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace bulkhead {

BodyChannel::BodyChannel(std::function<void()> wakeReader) : m_wakeReader(std::move(wakeReader)) {}

BodyChannel::News BodyChannel::takeNews()
{
    const std::lock_guard lock(m_mutex);
    m_readerWoken = false;
    return std::exchange(m_news, {});
}

QByteArray BodyChannel::read(qint64 maximum)
{
    std::vector<QByteArray> taken;
    qint64 bytes = 0;
    {
        const std::lock_guard lock(m_mutex);
        while (bytes < maximum && !m_pieces.empty()) {
            QByteArray &piece = m_pieces.front();
            if (piece.size() > maximum - bytes) {
                taken.push_back(piece.first(maximum - bytes));
                piece.remove(0, maximum - bytes); // moves the start only
            } else {
                taken.push_back(std::move(piece));
                m_pieces.pop_front();
            }
            bytes += taken.back().size();
        }
        m_unread -= bytes;
        // Half empty rather than not full: few large steps instead of a wake for every byte.
        if (m_producerWaits && m_unread <= Capacity / 2) {
            m_producerWaits = false;
            if (m_wakeProducer)
                m_wakeProducer();
        }
    }
    if (taken.size() == 1)
        return std::move(taken.front());
    QByteArray all;
    all.reserve(bytes);
    for (const QByteArray &piece : taken)
        all += piece;
    return all;
}

bool BodyChannel::isDrained() const
{
    const std::lock_guard lock(m_mutex);
    return m_ended && !m_failed && m_unread == 0;
}

void BodyChannel::abandon()
{
    std::deque<QByteArray> dropped; // freed when the lock is not held
    const std::lock_guard lock(m_mutex);
    m_abandoned = true;
    m_wakeReader = nullptr;
    dropped.swap(m_pieces);
    m_unread = 0;
    if (m_wakeProducer)
        m_wakeProducer();
    m_wakeProducer = nullptr;
}

void BodyChannel::setProducer(std::function<void()> wakeProducer)
{
    const std::lock_guard lock(m_mutex);
    m_wakeProducer = m_abandoned ? nullptr : std::move(wakeProducer);
}

qint64 BodyChannel::room()
{
    const std::lock_guard lock(m_mutex);
    const qint64 room = std::max<qint64>(Capacity - m_unread, 0);
    m_producerWaits = room == 0;
    return room;
}

bool BodyChannel::isAbandoned() const
{
    return m_abandoned;
}

void BodyChannel::respond(const ResponseHead &head)
{
    const std::lock_guard lock(m_mutex);
    m_news.head = head;
    wakeReader();
}

void BodyChannel::append(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    const std::lock_guard lock(m_mutex);
    if (m_abandoned)
        return;
    m_pieces.push_back(bytes);
    m_unread += bytes.size();
    m_news.bytes = true;
    wakeReader();
}

void BodyChannel::finish()
{
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_ended, true))
        return;
    m_news.ended = true;
    wakeReader();
}

void BodyChannel::fail(const FetchError &error)
{
    const std::lock_guard lock(m_mutex);
    if (std::exchange(m_ended, true))
        return;
    m_failed = true;
    m_news.error = error;
    wakeReader();
}

void BodyChannel::wakeReader()
{
    if (m_wakeReader && !std::exchange(m_readerWoken, true))
        m_wakeReader();
}

} // namespace bulkhead
