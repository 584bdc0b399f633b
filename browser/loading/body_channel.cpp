// SPDX-License-Identifier: BSD-3-Clause
#include "browser/loading/body_channel.h"

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
    const std::lock_guard lock(m_mutex);
    const qint64 unread = m_buffer.size() - m_readPosition;
    QByteArray bytes;
    if (m_readPosition == 0 && maximum >= unread) {
        bytes = std::exchange(m_buffer, {});
    } else {
        bytes = m_buffer.mid(m_readPosition, maximum);
        m_readPosition += bytes.size();
        if (m_readPosition == m_buffer.size()) {
            m_buffer.clear();
            m_readPosition = 0;
        }
    }
    // Half empty rather than not full: few large steps instead of a wake for every byte.
    if (m_producerWaits && m_buffer.size() - m_readPosition <= Capacity / 2) {
        m_producerWaits = false;
        if (m_wakeProducer)
            m_wakeProducer();
    }
    return bytes;
}

bool BodyChannel::isDrained() const
{
    const std::lock_guard lock(m_mutex);
    return m_ended && !m_failed && m_readPosition == m_buffer.size();
}

void BodyChannel::abandon()
{
    const std::lock_guard lock(m_mutex);
    m_abandoned = true;
    m_wakeReader = nullptr;
    m_buffer.clear();
    m_readPosition = 0;
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
    const qint64 room = std::max<qint64>(Capacity - (m_buffer.size() - m_readPosition), 0);
    m_producerWaits = room == 0;
    return room;
}

bool BodyChannel::isAbandoned() const
{
    const std::lock_guard lock(m_mutex);
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
    if (m_readPosition > 0) {
        m_buffer.remove(0, m_readPosition);
        m_readPosition = 0;
    }
    m_buffer += bytes;
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
