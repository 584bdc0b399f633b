// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/packet.h"

#include <QJsonObject>
#include <QList>
#include <QRect>
#include <QSize>
#include <QString>

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace google::protobuf {
class Descriptor;
class FieldDescriptor;
class Message;
} // namespace google::protobuf

namespace bulkhead {

/// What belongs together in the traffic with one process: a question and its answer, a resource with its body, an input
/// with its acknowledgement and the frame that shows its effect, a frame with its release.
struct TrafficThread
{
    enum class Kind : quint8 { None, Request, RequestFromChild, Stream, Input, Frame };
    Kind kind = Kind::None;
    quint32 page = 0;
    quint64 process = 0;
    quint64 id = 0;

    friend bool operator==(const TrafficThread &, const TrafficThread &) = default;
    /// "stream 2147483649 of process 4", for people.
    QString text() const;
};

/// A field of a message, found by reflection; a tree.
struct MessageField
{
    QString name;
    QString value; ///< empty for a message, whose fields are below
    std::vector<std::unique_ptr<MessageField>> fields;
    MessageField *parent = nullptr;
    int row = 0;
};

/// One message as the inspector keeps it. Its content may be trimmed: long texts and bodies are cut.
struct TrafficMessage
{
    enum class Way : quint8 { Sent, Received };

    quint64 number = 0;      ///< counts from 1 since recording began, over all processes
    qint64 microseconds = 0; ///< CLOCK_MONOTONIC: when it was queued, or taken from the socket
    quint64 process = 0;     ///< ProcessInfo::key
    qint64 pid = 0;
    Way way = Way::Sent;
    PacketKind kind = PacketKind::Message;
    quint32 request = 0;
    qint64 bytes = 0; ///< payload on the wire
    int fds = 0;
    bool superseded = false; ///< took the place of an older one that was not sent yet
    bool trimmed = false;
    qint64 latency = -1; ///< of its answer, microseconds; of an answer: how long it took
    std::array<TrafficThread, 2> threads;
    const google::protobuf::FieldDescriptor *body = nullptr; ///< which of the envelope's bodies
    const google::protobuf::Descriptor *envelope = nullptr;
    std::string content; ///< of the envelope, serialised

    QString name() const;
    bool isIn(const TrafficThread &thread) const { return threads[0] == thread || threads[1] == thread; }
    /// The body's fields; parses the content.
    std::unique_ptr<MessageField> fields() const;
    /// As `bulkhead ctl messages` has it, and more: pid, request, latency, fields.
    QJsonObject toJson() const;
};

/// One picture that a process handed over in shared memory.
struct TrafficFrame
{
    enum class Fate : quint8 {
        Waiting, ///< not on screen yet
        Shown,
        Superseded, ///< the next one came before it was on screen
    };

    quint64 number = 0;
    quint64 process = 0;
    qint64 pid = 0;
    quint32 page = 0;
    quint64 id = 0;
    quint32 pool = 0, buffer = 0;
    QSize size;
    QList<QRect> damage; ///< device pixels
    qint64 paintedBytes = 0;
    qint64 paintMicroseconds = 0; ///< by the process's own word
    qint64 handedOver = 0;        ///< CLOCK_MONOTONIC, microseconds
    qint64 shown = 0, released = 0;
    Fate fate = Fate::Waiting;
    quint64 input = 0; ///< the newest input whose effect it shows; 0: none

    bool isIn(const TrafficThread &thread) const;
    QJsonObject toJson() const;
};

/// Copies @p message with texts and byte strings cut to @p most bytes and repeated fields to 64 elements. Returns
/// whether anything was cut.
bool trimInto(const google::protobuf::Message &message, google::protobuf::Message &copy, std::size_t most);

} // namespace bulkhead
