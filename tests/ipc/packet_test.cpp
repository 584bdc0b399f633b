// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/blocking_channel.h"
#include "ipc/channel/limits.h"
#include "ipc/channel/message_name.h"
#include "ipc/core/socket_pair.h"
#include "ipc/messages/renderer.pb.h"

#include <QtTest>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bulkhead;

namespace {
wire::RendererToBrowser title(const std::string &text)
{
    wire::RendererToBrowser message;
    message.mutable_title_changed()->set_title(text);
    return message;
}
} // namespace

class PacketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packetsSurviveBeingCutAtEveryByte()
    {
        auto pair = SocketPair::create();
        PacketWriter writer;
        ChannelCounters counters;
        for (int i = 0; i < 3; ++i)
            QVERIFY(writer.queue(PacketKind::Message, 0, title("title " + std::to_string(i)), {}, 0, counters));
        QCOMPARE(writer.writeTo(pair->theirs.get(), counters), PacketWriter::WriteResult::Done);
        QCOMPARE(counters.writes, 1u); // a burst leaves in one write
        char bytes[4096];
        const ssize_t size = ::read(pair->ours.get(), bytes, sizeof bytes);

        auto slow = SocketPair::create();
        PacketReader reader;
        QStringList seen;
        for (ssize_t i = 0; i < size; ++i) {
            QCOMPARE(::write(slow->theirs.get(), bytes + i, 1), 1);
            QCOMPARE(reader.readFrom(slow->ours.get(), counters), PacketReader::ReadResult::Drained);
            while (auto packet = reader.next()) {
                wire::RendererToBrowser message;
                QVERIFY(message.ParseFromArray(packet->payload.data(), int(packet->payload.size())));
                seen << QString::fromStdString(message.title_changed().title());
            }
            QCOMPARE(reader.error(), BadMessage::None);
        }
        QCOMPARE(seen, QStringList({QStringLiteral("title 0"), QStringLiteral("title 1"), QStringLiteral("title 2")}));
    }

    void fileDescriptorsArriveWithTheirOwnPacketInABurst()
    {
        auto pair = SocketPair::create();
        BlockingChannel sender(std::move(pair->theirs)), receiver(std::move(pair->ours));
        PacketWriter writer;
        ChannelCounters counters;
        int expected[3][2];
        for (int i = 0; i < 3; ++i) {
            auto pipe = PipePair::create();
            struct stat status = {};
            QCOMPARE(::fstat(pipe->readEnd.get(), &status), 0);
            expected[i][0] = int(status.st_ino);
            Fds fds;
            if (i != 1)
                fds.push_back(std::move(pipe->readEnd));
            QVERIFY(writer.queue(PacketKind::Message, 0, title(std::to_string(i)), std::move(fds), 0, counters));
        }
        QCOMPARE(writer.writeTo(sender.socket(), counters), PacketWriter::WriteResult::Done);
        for (int i = 0; i < 3; ++i) {
            wire::RendererToBrowser message;
            auto received = receiver.receive(message);
            QVERIFY(received);
            QCOMPARE(message.title_changed().title(), std::to_string(i));
            QCOMPARE(received->fds.size(), i == 1 ? 0u : 1u);
            if (i == 1)
                continue;
            struct stat status = {};
            QCOMPARE(::fstat(received->fds[0].get(), &status), 0);
            QCOMPARE(int(status.st_ino), expected[i][0]);
            QVERIFY(::fcntl(received->fds[0].get(), F_GETFD) & FD_CLOEXEC);
        }
    }

    void onlyTheNewestOfSupersedingMessagesIsSentAndInItsPlace()
    {
        auto pair = SocketPair::create();
        PacketWriter writer;
        ChannelCounters counters;
        QVERIFY(writer.queue(PacketKind::Message, 0, title("old"), {}, 7, counters));
        QVERIFY(writer.queue(PacketKind::Message, 0, title("between"), {}, 0, counters));
        QVERIFY(writer.queue(PacketKind::Message, 0, title("new"), {}, 7, counters));
        QCOMPARE(counters.coalesced, 1u);
        QCOMPARE(writer.writeTo(pair->theirs.get(), counters), PacketWriter::WriteResult::Done);
        BlockingChannel receiver(std::move(pair->ours));
        wire::RendererToBrowser message;
        QVERIFY(receiver.receive(message));
        QCOMPARE(message.title_changed().title(), std::string("new"));
        QVERIFY(receiver.receive(message));
        QCOMPARE(message.title_changed().title(), std::string("between"));
    }

    void aMessageAboveTheLimitIsRefusedBeforeItIsQueued()
    {
        PacketWriter writer;
        ChannelCounters counters;
        QVERIFY(
            writer.queue(PacketKind::Message, 0, title(std::string(limits::MessageBytes - 100, 'x')), {}, 0, counters));
        QVERIFY(!writer.queue(PacketKind::Message, 0, title(std::string(limits::MessageBytes, 'x')), {}, 0, counters));
        QCOMPARE(counters.queuedBytes, writer.queuedBytes());
    }

    void theSendQueueIsBounded()
    {
        PacketWriter writer;
        ChannelCounters counters;
        const auto message = title(std::string(500'000, 'x'));
        int queued = 0;
        while (writer.queue(PacketKind::Message, 0, message, {}, 0, counters))
            QVERIFY(++queued < 1000);
        QVERIFY(writer.queuedBytes() <= limits::SendQueueBytes);
        QVERIFY(writer.queuedBytes() > limits::SendQueueBytes / 2);
    }

    void everyBodyOfAnEnvelopeHasItsName()
    {
        QCOMPARE(messageName(title("x")), std::string("title_changed"));
        QVERIFY(!hasBody(wire::RendererToBrowser()));
        QCOMPARE(messageName(wire::RendererToBrowser()), std::string());
    }

    void everyReasonHasAText()
    {
        QFile header(QStringLiteral(BULKHEAD_SOURCE "/ipc/channel/bad_message.h"));
        QVERIFY(header.open(QIODevice::ReadOnly));
        static const QRegularExpression Reason(QStringLiteral("^    \\w+ = (\\d+),"),
                                               QRegularExpression::MultilineOption);
        int reasons = 0;
        for (auto found = Reason.globalMatch(QString::fromUtf8(header.readAll())); found.hasNext(); ++reasons) {
            const int number = found.next().captured(1).toInt();
            QVERIFY2(badMessageText(BadMessage(number)) != "unknown reason", qPrintable(QString::number(number)));
        }
        QVERIFY(reasons >= 30);
        QCOMPARE(badMessageText(BadMessage::FrameNotOwned), std::string("frame in a buffer it does not own"));
        QCOMPARE(badMessageText(BadMessage(9999)), std::string("unknown reason"));
    }
};

QTEST_GUILESS_MAIN(PacketTest)
#include "packet_test.moc"
