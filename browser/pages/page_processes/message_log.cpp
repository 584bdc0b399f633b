// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/message_log.h"

#include <QMetaMethod>

#include <google/protobuf/descriptor.h>

#include <algorithm>

namespace bulkhead {

namespace {

const google::protobuf::FieldDescriptor *bodyOf(const google::protobuf::Message &envelope)
{
    return envelope.GetReflection()->GetOneofFieldDescriptor(envelope, envelope.GetDescriptor()->oneof_decl(0));
}

LoggedMessage named(LoggedMessage message, const google::protobuf::FieldDescriptor *body)
{
    message.name = body ? QString::fromStdString(body->name()) : QString();
    return message;
}

} // namespace

QJsonObject LoggedMessage::toJson() const
{
    static const char *const Kinds[] = {"message", "request", "reply"};
    return {{QStringLiteral("time"), double(microseconds) / 1e6},
            {QStringLiteral("direction"),
             direction == Direction::Sent ? QStringLiteral("sent") : QStringLiteral("received")},
            {QStringLiteral("kind"), QLatin1String(Kinds[int(kind)])},
            {QStringLiteral("name"), name},
            {QStringLiteral("bytes"), bytes},
            {QStringLiteral("fds"), fds}};
}

QList<LoggedMessage> MessageLog::recent() const
{
    QList<LoggedMessage> all;
    for (const Entry &entry : m_entries)
        all << named(entry.message, entry.body);
    // A message is noted when it was handled; what its handler sent comes after it all the same.
    std::stable_sort(all.begin(), all.end(),
                     [](const LoggedMessage &a, const LoggedMessage &b) { return a.microseconds < b.microseconds; });
    return all;
}

void MessageLog::sent(const Seen &seen, bool superseding)
{
    add(LoggedMessage::Direction::Sent, seen);
    Q_EMIT sending(seen, superseding);
}

void MessageLog::handled(const Seen &seen)
{
    add(LoggedMessage::Direction::Received, seen);
    Q_EMIT handledNow(seen);
}

void MessageLog::add(LoggedMessage::Direction direction, const Seen &seen)
{
    LoggedMessage message;
    message.direction = direction;
    message.kind = seen.kind;
    message.requestId = seen.requestId;
    message.bytes = qint64(seen.bytes);
    message.fds = int(seen.fds);
    message.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(seen.time.time_since_epoch()).count();
    const auto *body = bodyOf(seen.message);
    m_entries.push_back({message, body});
    if (m_entries.size() > Kept)
        m_entries.pop_front();
    static const QMetaMethod Signal = QMetaMethod::fromSignal(&MessageLog::logged);
    if (isSignalConnected(Signal))
        Q_EMIT logged(named(message, body));
}

} // namespace bulkhead
