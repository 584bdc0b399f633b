// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/channel.h"

#include "ipc/channel/limits.h"
#include "ipc/channel/message_name.h"

#include <QPointer>

#include <google/protobuf/descriptor.h>

#include <algorithm>
#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <time.h>

namespace bulkhead {

namespace {
QString bodyName(const google::protobuf::Message &envelope, int number)
{
    const auto *field = envelope.GetDescriptor()->FindFieldByNumber(number);
    return field ? QString::fromStdString(field->name()) : QString();
}

/// Of this thread on a processor: what other programs took is not to be paid for by a peer.
std::chrono::nanoseconds ownTime()
{
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}
} // namespace

Channel::Channel(UniqueFd socket, const google::protobuf::Message &incoming, QObject *parent)
    : QObject(parent), m_socket(std::move(socket)), m_prototype(incoming.New())
{
    Q_ASSERT(m_socket);
    m_readNotifier = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Read);
    m_readNotifier->setEnabled(false);
    connect(m_readNotifier.get(), &QSocketNotifier::activated, this, &Channel::readAvailable);
    m_writeNotifier = std::make_unique<QSocketNotifier>(m_socket.get(), QSocketNotifier::Write);
    m_writeNotifier->setEnabled(false);
    connect(m_writeNotifier.get(), &QSocketNotifier::activated, this, &Channel::flush);
    m_expiry.setSingleShot(true);
    connect(&m_expiry, &QTimer::timeout, this, &Channel::expireRequests);
    m_continueReading.setSingleShot(true);
    connect(&m_continueReading, &QTimer::timeout, this, &Channel::readAvailable);
    m_flushSoon.setSingleShot(true);
    connect(&m_flushSoon, &QTimer::timeout, this, &Channel::flush);
    m_lastHeard.start();
}

Channel::~Channel() = default;

void Channel::setHandler(Handler handler)
{
    m_handler = std::move(handler);
    if (m_readNotifier)
        m_readNotifier->setEnabled(true);
}

bool Channel::send(const google::protobuf::Message &message, Fds fds, CoalesceKey key)
{
    return enqueue(PacketKind::Message, 0, message, std::move(fds), key);
}

void Channel::request(const google::protobuf::Message &message, std::chrono::milliseconds timeout, ReplyHandler done,
                      Fds fds)
{
    const std::uint32_t id = m_nextRequest++;
    if (m_nextRequest == 0)
        m_nextRequest = 1;
    PendingRequest pending{{}, timeout, std::move(done), bodyNumber(message)};
    pending.sent.start();
    // Kept even when it cannot be sent: the time-out then answers, later, as promised.
    m_pending.emplace(id, std::move(pending));
    scheduleExpiry();
    if (m_pending.size() <= limits::PendingRequests)
        enqueue(PacketKind::Request, id, message, std::move(fds), 0);
}

bool Channel::reply(std::uint32_t requestId, const google::protobuf::Message &message, Fds fds)
{
    Q_ASSERT(requestId != 0);
    return enqueue(PacketKind::Reply, requestId, message, std::move(fds), 0);
}

bool Channel::enqueue(PacketKind kind, std::uint32_t requestId, const google::protobuf::Message &message, Fds fds,
                      CoalesceKey key)
{
    if (!isOpen())
        return false;
    const std::size_t fdCount = fds.size();
    const std::uint64_t coalesced = m_counters.coalesced;
    if (!m_writer.queue(kind, requestId, message, std::move(fds), key, m_counters)) {
        const bool tooLarge = message.ByteSizeLong() > limits::MessageBytes;
        Q_ASSERT_X(!tooLarge, "Channel::send", "message exceeds limits::MessageBytes");
        if (!tooLarge)
            end(ChannelEnd::SendOverflow);
        return false;
    }
    const bool superseding = m_counters.coalesced != coalesced;
    if (!superseding)
        ++m_sentSequence;
    if (m_tap) {
        std::uint64_t sequence = m_sentSequence;
        if (key != 0)
            sequence = superseding ? m_keySequence[key] : (m_keySequence[key] = m_sentSequence);
        m_tap->sent({message, kind, requestId, std::size_t(message.GetCachedSize()), fdCount, sequence,
                     std::chrono::steady_clock::now()},
                    superseding);
    }
    if (!m_flushScheduled && !m_writeNotifier->isEnabled()) {
        m_flushScheduled = true;
        // Answers to what is being read leave at the end of the turn; the timer is for handlers that spin an event
        // loop.
        if (m_readTurns > 0)
            m_flushSoon.start(0);
        else
            QMetaObject::invokeMethod(this, &Channel::flush, Qt::QueuedConnection);
    }
    updateCongestion();
    return true;
}

void Channel::flush()
{
    m_flushScheduled = false;
    m_flushSoon.stop();
    if (!isOpen())
        return;
    switch (m_writer.writeTo(m_socket.get(), m_counters)) {
    case PacketWriter::WriteResult::Done:
        m_writeNotifier->setEnabled(false);
        break;
    case PacketWriter::WriteResult::WouldBlock:
        m_writeNotifier->setEnabled(true);
        break;
    case PacketWriter::WriteResult::Failed:
        // The peer is gone (EPIPE). What it sent before may still be unread, and tells more than the failed write.
        m_writeNotifier->setEnabled(false);
        if (!m_readNotifier->isEnabled())
            end(ChannelEnd::SocketError);
        return;
    }
    updateCongestion();
}

void Channel::updateCongestion()
{
    const std::size_t queued = m_writer.queuedBytes();
    if (const std::size_t backlog = queued / limits::BacklogStep * limits::BacklogStep; backlog != m_toldBacklog) {
        m_toldBacklog = backlog;
        Q_EMIT backlogChanged(backlog);
    }
    const bool congested = m_congested ? queued > limits::SendHighWater / 2 : queued > limits::SendHighWater;
    if (congested == m_congested)
        return;
    m_congested = congested;
    Q_EMIT congestedChanged(congested);
}

std::size_t Channel::unreadByPeer() const
{
    // For a Unix socket SIOCOUTQ counts what the other side has not taken out (with the kernel's overhead).
    int inSocket = 0;
    if (!m_socket || ::ioctl(m_socket.get(), SIOCOUTQ, &inSocket) != 0)
        inSocket = 0;
    return m_writer.queuedBytes() + std::size_t(std::max(inSocket, 0));
}

void Channel::readAvailable()
{
    if (!isOpen())
        return;
    const std::chrono::nanoseconds time =
        m_shares ? m_shares->begin(*this, m_party) : std::chrono::nanoseconds(limits::ReadTurn);
    if (time == std::chrono::nanoseconds(0))
        return;
    const QPointer<Channel> alive(this);
    const QPointer<ReadShares> shares = m_shares;
    const ReadShares::Party party = m_party;
    const std::chrono::nanoseconds before = shares ? ownTime() : std::chrono::nanoseconds(0);
    ++m_readTurns;
    readTurn(time);
    if (shares)
        shares->used(party, ownTime() - before);
    if (!alive)
        return;
    --m_readTurns;
    if (m_flushSoon.isActive())
        flush();
}

void Channel::readLater()
{
    if (m_shares)
        m_shares->wait(*this);
    else
        m_continueReading.start(0);
}

void Channel::readTurn(std::chrono::nanoseconds time)
{
    const QPointer<Channel> alive(this);
    bool drained = false;
    QElapsedTimer turn;
    turn.start();
    while (isOpen()) {
        while (std::optional<Packet> packet = m_reader.next()) {
            dispatch(std::move(*packet));
            if (!alive || !isOpen())
                return;
            if (turn.nsecsElapsed() >= time.count()) {
                // Packets may be left in the buffer, of which the socket's notifier would know nothing. A timer and not
                // a posted event: Qt sends events that were posted meanwhile in the same turn.
                readLater();
                return;
            }
        }
        if (m_reader.error() != BadMessage::None)
            return end(ChannelEnd::BadMessage, m_reader.error());
        if (drained)
            return; // when more has come since, the notifier says so
        switch (m_reader.readFrom(m_socket.get(), m_counters)) {
        case PacketReader::ReadResult::Drained:
            drained = true;
            [[fallthrough]];
        case PacketReader::ReadResult::Progress:
            m_lastHeard.restart();
            break;
        case PacketReader::ReadResult::WouldBlock:
            return;
        case PacketReader::ReadResult::Closed: {
            const BadMessage half = m_reader.errorAtEnd();
            return half == BadMessage::None ? end(ChannelEnd::PeerClosed) : end(ChannelEnd::BadMessage, half);
        }
        case PacketReader::ReadResult::Failed:
            return end(ChannelEnd::SocketError);
        }
    }
}

void Channel::dispatch(Packet packet)
{
    if (m_bodyLimit && !packet.payload.empty()) {
        const auto body = encodedBody(packet.payload);
        if (!body)
            return end(ChannelEnd::BadMessage, BadMessage::Unparsable);
        if (body->bytes > m_bodyLimit(body->number) ||
            !hasFieldsUpTo(limits::MessageFields, packet.payload, *m_prototype->GetDescriptor()))
            return end(ChannelEnd::BadMessage, BadMessage::PacketTooLarge, bodyName(*m_prototype, body->number));
    }
    // Taken out while in use: a handler may spin a nested event loop (a menu), which comes back here.
    std::unique_ptr<google::protobuf::Message> message =
        m_incoming ? std::move(m_incoming) : std::unique_ptr<google::protobuf::Message>(m_prototype->New());
    if (!message->ParseFromArray(packet.payload.data(), int(packet.payload.size())))
        return end(ChannelEnd::BadMessage, BadMessage::Unparsable);
    if (!hasBody(*message))
        return end(ChannelEnd::BadMessage, BadMessage::EmptyMessage);
    ++m_counters.messagesReceived;
    ++m_receivedSequence;
    if (const BadMessage error = askGate(*message, packet); error != BadMessage::None)
        return end(ChannelEnd::BadMessage, error, QString::fromStdString(messageName(*message)));

    const QPointer<Channel> alive(this);
    // The handler may read further packets, which move the buffer: nothing of this one is used after it but copies.
    MessageTap *const tap = m_tap;
    const MessageTap::Seen seen{*message,
                                packet.kind,
                                packet.requestId,
                                packet.payload.size(),
                                packet.fds.size(),
                                m_receivedSequence,
                                tap ? std::chrono::steady_clock::now() : std::chrono::steady_clock::time_point()};
    Envelope envelope{packet.requestId, std::move(packet.fds)};
    if (packet.kind == PacketKind::Reply) {
        handleReply(*message, envelope);
    } else {
        const auto *previous = std::exchange(m_current, message.get());
        m_handler(*message, envelope);
        if (alive)
            m_current = previous;
    }
    if (!alive)
        return;
    // One that came or went in the handler has not seen it begin.
    if (tap && tap == m_tap)
        tap->handled(seen);
    for (const UniqueFd &fd : envelope.fds)
        m_counters.fdsClosed += fd ? 1 : 0;
    m_incoming = std::move(message);
}

BadMessage Channel::askGate(const google::protobuf::Message &message, const Packet &packet) const
{
    if (!m_gate)
        return BadMessage::None;
    BodyNumber asked;
    if (packet.kind == PacketKind::Reply) {
        if (const auto it = m_pending.find(packet.requestId); it != m_pending.end())
            asked = it->second.asked;
    }
    return m_gate({message, packet.kind, asked, packet.fds.size()});
}

void Channel::handleReply(const google::protobuf::Message &reply, Envelope &envelope)
{
    const auto it = m_pending.find(envelope.requestId);
    if (it == m_pending.end()) {
        // A reply that came after its time-out is late, not bad; an id never given out is.
        if (envelope.requestId >= m_nextRequest)
            end(ChannelEnd::BadMessage, BadMessage::UnexpectedReply, QString::fromStdString(messageName(reply)));
        return;
    }
    ++m_counters.repliesReceived;
    m_counters.replyMicroseconds += std::uint64_t(it->second.sent.nsecsElapsed() / 1000);
    const ReplyHandler done = std::move(it->second.done);
    m_pending.erase(it);
    const auto *previous = std::exchange(m_current, &reply);
    const QPointer<Channel> alive(this);
    done(&reply, envelope);
    if (alive)
        m_current = previous;
}

void Channel::scheduleExpiry()
{
    if (m_pending.empty())
        return m_expiry.stop();
    if (!isOpen()) // nothing will answer
        return m_expiry.start(0);
    auto soonest = std::chrono::milliseconds::max();
    for (const auto &[id, pending] : m_pending)
        soonest = std::min(soonest, pending.timeout - std::chrono::milliseconds(pending.sent.elapsed()));
    m_expiry.start(std::max(soonest, std::chrono::milliseconds(0)));
}

void Channel::expireRequests()
{
    const QPointer<Channel> alive(this);
    std::vector<ReplyHandler> expired;
    for (auto it = m_pending.begin(); it != m_pending.end();) {
        if (!isOpen() || it->second.sent.elapsed() >= it->second.timeout.count()) {
            expired.push_back(std::move(it->second.done));
            it = m_pending.erase(it);
            ++m_counters.requestsTimedOut;
        } else {
            ++it;
        }
    }
    scheduleExpiry();
    for (const ReplyHandler &done : expired) {
        if (!alive)
            return;
        Envelope none;
        done(nullptr, none);
    }
}

void Channel::reject(BadMessage reason)
{
    end(ChannelEnd::BadMessage, reason, m_current ? QString::fromStdString(messageName(*m_current)) : QString());
}

void Channel::close()
{
    flush();
    end(ChannelEnd::ClosedHere);
}

void Channel::end(ChannelEnd how, BadMessage reason, const QString &name)
{
    if (!isOpen())
        return;
    m_readNotifier->setEnabled(false);
    m_writeNotifier->setEnabled(false);
    m_socket.reset();
    m_reader.closeFds();
    m_counters.fdsClosed += m_reader.closedFds();
    m_expiry.start(0); // outstanding requests learn of it in the next turn
    Q_EMIT ended(how, reason, name);
}

} // namespace bulkhead
