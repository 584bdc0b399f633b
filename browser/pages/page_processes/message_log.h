// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/message_tap.h"

#include <QJsonObject>
#include <QObject>

#include <deque>

namespace bulkhead {

/// One message between this process and a child, without its content: what people read may be in there.
struct LoggedMessage
{
    enum class Direction { Sent, Received };
    Direction direction = Direction::Sent;
    PacketKind kind = PacketKind::Message;
    QString name;
    quint32 requestId = 0;
    qint64 bytes = 0;
    int fds = 0;
    qint64 microseconds = 0; ///< CLOCK_MONOTONIC; the same for all processes of the machine

    /// {"time" in seconds, "direction", "kind", "name", "bytes", "fds"}
    QJsonObject toJson() const;
};

/// Remembers the last messages of one channel and tells observers of each as it comes. Main thread.
class MessageLog : public QObject, public MessageTap
{
    Q_OBJECT
public:
    static constexpr std::size_t Kept = 100;

    explicit MessageLog(QObject *parent = nullptr) : QObject(parent) {}

    /// Oldest first, at most Kept.
    QList<LoggedMessage> recent() const;

    void sent(const Seen &seen, bool superseding) override;
    void handled(const Seen &seen) override;

Q_SIGNALS:
    void logged(const bulkhead::LoggedMessage &message);
    /// With their content, for who needs it; valid during the signal only.
    void sending(const bulkhead::MessageTap::Seen &seen, bool superseding);
    void handledNow(const bulkhead::MessageTap::Seen &seen);

private:
    /// Names are made when they are read: most never are.
    struct Entry
    {
        LoggedMessage message;
        const google::protobuf::FieldDescriptor *body;
    };
    void add(LoggedMessage::Direction direction, const Seen &seen);

    std::deque<Entry> m_entries;
};

} // namespace bulkhead
