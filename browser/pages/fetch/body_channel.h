// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

#include <QByteArray>

#include <atomic>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

namespace bulkhead {

/// The way of one answer from the thread that produces it to the main thread that reads it: a head, bytes in a bounded
/// buffer, and an end. Both sides hold it by shared_ptr; neither ever waits for the other. Thread-safe.
class BodyChannel
{
public:
    /// Bytes that may lie unread. Enough to keep a loopback connection busy, small enough for hundreds of fetches.
    static constexpr qint64 Capacity = 512 * 1024;

    // ---- the reader, on its own thread
    /// @p wakeReader is called from any thread once there is news, then not again before takeNews(). It must only post:
    /// it is called under the channel's lock.
    explicit BodyChannel(std::function<void()> wakeReader);

    struct News
    {
        std::optional<ResponseHead> head;
        bool bytes = false;
        bool ended = false;
        std::optional<FetchError> error;
    };
    News takeNews();
    QByteArray read(qint64 maximum);
    bool isDrained() const; ///< ended without error, and everything was read
    /// The reader goes away: nothing more is wanted, and it will not be woken again.
    void abandon();

    // ---- the producer, on any thread
    /// @p wakeProducer is called when there is room again after room() said no, and when the reader has gone away. It
    /// must only post, too. An empty function ends that.
    void setProducer(std::function<void()> wakeProducer);
    /// How many bytes may be appended now. When it says 0 the producer is woken later.
    qint64 room();
    bool isAbandoned() const;
    void respond(const ResponseHead &head);
    void append(const QByteArray &bytes);
    void finish();
    void fail(const FetchError &error);

private:
    void wakeReader();

    mutable std::mutex m_mutex;
    std::function<void()> m_wakeReader;
    std::function<void()> m_wakeProducer;
    News m_news;
    bool m_readerWoken = false;
    std::deque<QByteArray>
        m_pieces; ///< handed over as they came: nothing is copied while the other side waits for the lock
    qint64 m_unread = 0;
    bool m_producerWaits = false;
    bool m_ended = false;
    bool m_failed = false;
    std::atomic<bool> m_abandoned = false; ///< read without the lock: the disk's queue asks while it holds its own
};

} // namespace bulkhead
