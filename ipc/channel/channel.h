// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/bad_message.h"
#include "ipc/channel/channel_counters.h"
#include "ipc/channel/encoded_body.h"
#include "ipc/channel/message_name.h"
#include "ipc/channel/message_tap.h"
#include "ipc/channel/packet_reader.h"
#include "ipc/channel/packet_writer.h"
#include "ipc/channel/read_shares.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSocketNotifier>
#include <QTimer>

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>

namespace bulkhead {

/// How a channel ended. With BadMessage the reason is numbered and the message named.
enum class ChannelEnd { PeerClosed, BadMessage, SendOverflow, SocketError, ClosedHere };

/// One end of a message channel on Qt's event loop: protobuf envelopes (a message with one `oneof body`) and file
/// descriptors over a Unix stream socket. Nothing here blocks: what does not fit into the socket is queued up to a
/// limit, what has arrived is handled a bounded amount per turn of the loop, and everything sent in one turn leaves in
/// one write. The peer is not trusted: its first broken message ends the channel with a numbered reason.
///
/// Lives on the thread that created it. Handlers may delete the channel.
class Channel : public QObject
{
    Q_OBJECT
public:
    /// What is known of a message beside its content.
    struct Envelope
    {
        std::uint32_t requestId = 0; ///< to be given to reply(); 0 when no reply is expected
        Fds fds;                     ///< unclaimed ones are closed
    };
    using Handler = std::function<void(const google::protobuf::Message &message, Envelope &envelope)>;
    /// The reply with what came with it, or null when none came in time or the channel ended.
    using ReplyHandler = std::function<void(const google::protobuf::Message *reply, Envelope &envelope)>;

    /// What has arrived, before anything is done with it.
    struct Arrival
    {
        const google::protobuf::Message &message;
        PacketKind kind;
        BodyNumber asked; ///< of a reply: the question that it answers; nothing when nobody waits for it any more
        std::size_t fds;
    };
    /// Whether the peer may send that now: None, or the reason that ends the channel.
    using Gate = std::function<BadMessage(const Arrival &arrival)>;

    /// @p socket is a connected stream socket; @p incoming an instance of the type that is received. Nothing is read
    /// before setHandler().
    Channel(UniqueFd socket, const google::protobuf::Message &incoming, QObject *parent = nullptr);
    ~Channel() override;

    void setHandler(Handler handler);
    /// Asked about every message and every reply from now on. Must not delete the channel.
    void setGate(Gate gate) { m_gate = std::move(gate); }

    /// Holds every message against @p limit before it is parsed, and takes only envelopes with one body.
    void setBodyLimit(BodyLimit limit) { m_bodyLimit = limit; }
    /// Reads only when @p shares has time for @p party.
    void setShares(ReadShares *shares, ReadShares::Party party)
    {
        m_shares = shares;
        m_party = party;
    }
    /// For ReadShares: the time that was waited for may be there.
    void resumeReading() { readAvailable(); }

    /// @p tap sees every message from now on; null for none. It outlives the channel or is taken away.
    void setTap(MessageTap *tap) { m_tap = tap; }

    /// Queues @p message; false when the channel has ended, or ends now because the queue is full. A message that
    /// exceeds the size limit is our own bug (asserted; in release builds false).
    bool send(const google::protobuf::Message &message, Fds fds = {}, CoalesceKey key = 0);
    /// As send(); @p done is called exactly once, later, unless the channel is deleted first.
    void request(const google::protobuf::Message &message, std::chrono::milliseconds timeout, ReplyHandler done,
                 Fds fds = {});
    bool reply(std::uint32_t requestId, const google::protobuf::Message &message, Fds fds = {});
    /// Sends what is queued now instead of at the end of this turn.
    void flush();

    /// Ends the channel because the message just handled was bad in content. ended() follows before this returns.
    void reject(BadMessage reason);
    /// Ends the channel from this side after a last flush.
    void close();
    bool isOpen() const { return bool(m_socket); }

    /// More than limits::SendHighWater is unsent: hold back bulk data until congestedChanged(false).
    bool isCongested() const { return m_congested; }
    const ChannelCounters &counters() const { return m_counters; }
    /// Bytes that the peer has not read: queued here, and in the socket.
    std::size_t unreadByPeer() const;
    /// When the peer was last heard of, or the channel opened.
    std::chrono::milliseconds silence() const { return std::chrono::milliseconds(m_lastHeard.elapsed()); }

Q_SIGNALS:
    /// Once. @p reason and @p messageName are set for BadMessage.
    void ended(bulkhead::ChannelEnd end, bulkhead::BadMessage reason, const QString &messageName);
    void congestedChanged(bool congested);
    /// What is queued here has changed by about limits::BacklogStep.
    void backlogChanged(std::size_t bytes);

private:
    struct PendingRequest
    {
        QElapsedTimer sent;
        std::chrono::milliseconds timeout;
        ReplyHandler done;
        BodyNumber asked;
    };

    bool enqueue(PacketKind kind, std::uint32_t requestId, const google::protobuf::Message &message, Fds fds,
                 CoalesceKey key);
    void readAvailable();
    void readTurn(std::chrono::nanoseconds time);
    void readLater();
    void dispatch(Packet packet);
    BadMessage askGate(const google::protobuf::Message &message, const Packet &packet) const;
    void handleReply(const google::protobuf::Message &reply, Envelope &envelope);
    void expireRequests();
    void scheduleExpiry();
    void updateCongestion();
    void end(ChannelEnd how, BadMessage reason = BadMessage::None, const QString &name = {});

    UniqueFd m_socket;
    PacketReader m_reader;
    PacketWriter m_writer;
    ChannelCounters m_counters;
    std::unique_ptr<google::protobuf::Message> m_incoming; ///< reused for every message received
    std::unique_ptr<google::protobuf::Message> m_prototype;
    const google::protobuf::Message *m_current = nullptr; ///< the message being handled, for reject()
    Handler m_handler;
    Gate m_gate;
    MessageTap *m_tap = nullptr;
    BodyLimit m_bodyLimit = nullptr;
    QPointer<ReadShares> m_shares;
    ReadShares::Party m_party = 0;
    std::size_t m_toldBacklog = 0;
    std::uint64_t m_sentSequence = 0;
    std::uint64_t m_receivedSequence = 0;
    std::map<CoalesceKey, std::uint64_t> m_keySequence; ///< of the newest packet of a key; kept while there is a tap
    std::unique_ptr<QSocketNotifier> m_readNotifier;
    std::unique_ptr<QSocketNotifier> m_writeNotifier;
    std::map<std::uint32_t, PendingRequest> m_pending;
    std::uint32_t m_nextRequest = 1;
    QTimer m_expiry;
    QTimer m_continueReading;
    QTimer m_flushSoon;
    QElapsedTimer m_lastHeard;
    bool m_flushScheduled = false;
    int m_readTurns = 0; ///< more than one in nested event loops
    bool m_congested = false;
};

} // namespace bulkhead
