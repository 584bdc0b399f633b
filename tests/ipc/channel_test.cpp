// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/limits.h"
#include "ipc/channel/message_channel.h"
#include "ipc/core/socket_pair.h"
#include "ipc/messages/renderer.pb.h"

#include <QDir>
#include <QSignalSpy>
#include <QtTest>

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;
using TestChannel = MessageChannel<wire::BrowserToRenderer, wire::RendererToBrowser>;

Q_DECLARE_METATYPE(bulkhead::BadMessage)

extern char **environ;

namespace {

/// A channel to a real process that behaves as told; the process is ended with the object.
class Peer
{
public:
    explicit Peer(const char *mode)
    {
        auto sockets = SocketPair::create();
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, sockets->theirs.get(), 3);
        std::string name(mode);
        char *argv[] = {const_cast<char *>(IPC_PEER), name.data(), nullptr};
        if (::posix_spawn(&m_pid, IPC_PEER, &actions, nullptr, argv, environ) != 0)
            qFatal("cannot start %s", IPC_PEER);
        ::posix_spawn_file_actions_destroy(&actions);
        sockets->theirs.reset();
        channel = std::make_unique<TestChannel>(std::move(sockets->ours));
        QObject::connect(&channel->base(), &Channel::ended,
                         [this](ChannelEnd how, BadMessage why, const QString &message) {
                             ++ends;
                             end = how;
                             reason = why;
                             messageName = message;
                         });
    }
    ~Peer()
    {
        channel.reset();
        ::kill(m_pid, SIGKILL);
        ::waitpid(m_pid, nullptr, 0);
    }
    void stop() { ::kill(m_pid, SIGSTOP); }
    void resume() { ::kill(m_pid, SIGCONT); }

    std::unique_ptr<TestChannel> channel;
    int ends = 0;
    ChannelEnd end{};
    BadMessage reason = BadMessage::None;
    QString messageName;

private:
    pid_t m_pid = -1;
};

wire::BrowserToRenderer numbered(quint64 number)
{
    wire::BrowserToRenderer message;
    message.mutable_get_text()->set_offset(number);
    return message;
}

int openFds()
{
    return int(
        QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System).size());
}

} // namespace

class ChannelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesArriveInOrderAndLeaveInFewWrites()
    {
        Peer peer("echo");
        QStringList titles;
        peer.channel->setHandler([&](const wire::RendererToBrowser &message, Channel::Envelope &) {
            titles << QString::fromStdString(message.title_changed().title());
        });
        for (quint64 i = 0; i < 1000; ++i)
            QVERIFY(peer.channel->send(numbered(i)));
        QTRY_COMPARE(titles.size(), 1000);
        for (int i = 0; i < 1000; ++i)
            QCOMPARE(titles[i], QString::number(i));
        QCOMPARE(peer.channel->base().counters().messagesSent, 1000u);
        QVERIFY(peer.channel->base().counters().writes < 40);
    }

    void aReplyFindsItsRequest()
    {
        Peer peer("echo");
        peer.channel->setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        int replies = 0;
        wire::BrowserToRenderer ping;
        ping.mutable_ping();
        for (int i = 0; i < 10; ++i) {
            peer.channel->request(ping, std::chrono::seconds(10),
                                  [&](const wire::RendererToBrowser *reply, Channel::Envelope &) {
                                      QVERIFY(reply && reply->has_pong());
                                      ++replies;
                                  });
        }
        QCOMPARE(replies, 0);
        QTRY_COMPARE(replies, 10);
        QCOMPARE(peer.channel->base().counters().repliesReceived, 10u);
    }

    void aRequestToASilentPeerTimesOut()
    {
        Peer peer("silent");
        peer.channel->setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        bool answered = false, empty = false;
        wire::BrowserToRenderer ping;
        ping.mutable_ping();
        peer.channel->request(ping, std::chrono::milliseconds(50),
                              [&](const wire::RendererToBrowser *reply, Channel::Envelope &) {
                                  answered = true;
                                  empty = !reply;
                              });
        QTRY_VERIFY(answered);
        QVERIFY(empty);
        QCOMPARE(peer.channel->base().counters().requestsTimedOut, 1u);
        QVERIFY(peer.channel->base().isOpen());
    }

    void outstandingRequestsAreAnsweredWhenThePeerExits()
    {
        Peer peer("exit");
        peer.channel->setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        bool empty = false;
        wire::BrowserToRenderer ping;
        ping.mutable_ping();
        peer.channel->request(ping, std::chrono::hours(1),
                              [&](const wire::RendererToBrowser *reply, Channel::Envelope &) { empty = !reply; });
        QTRY_VERIFY(empty);
        QTRY_COMPARE(peer.ends, 1);
    }

    void aRequestOnAChannelThatHasEndedIsAnsweredLaterAndSoon()
    {
        Peer peer("silent");
        peer.channel->setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        peer.channel->base().close();
        bool empty = false;
        wire::BrowserToRenderer ping;
        ping.mutable_ping();
        peer.channel->request(ping, std::chrono::hours(1),
                              [&](const wire::RendererToBrowser *reply, Channel::Envelope &) { empty = !reply; });
        QVERIFY(!empty);
        QTRY_VERIFY(empty);
    }

    void fileDescriptorsTravelBothWays()
    {
        Peer peer("echo");
        int received = -1;
        peer.channel->setHandler([&](const wire::RendererToBrowser &, Channel::Envelope &envelope) {
            received = int(envelope.fds.size());
            char byte = 0;
            if (received == 1)
                QCOMPARE(::read(envelope.fds[0].get(), &byte, 1), 1);
            QCOMPARE(byte, 'b');
        });
        auto pipe = PipePair::create();
        QCOMPARE(::write(pipe->writeEnd.get(), "b", 1), 1);
        Fds fds;
        fds.push_back(std::move(pipe->readEnd));
        QVERIFY(peer.channel->send(numbered(1), std::move(fds)));
        QTRY_COMPARE(received, 1);
    }

    void badBytesEndTheChannelWithANumber_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::addColumn<BadMessage>("reason");
        QTest::addColumn<QString>("name");
        QTest::newRow("rubbish") << QByteArray("rubbish") << BadMessage::PacketTooLarge << QString();
        QTest::newRow("a lie about the size") << QByteArray("huge-size") << BadMessage::PacketTooLarge << QString();
        QTest::newRow("too many fds") << QByteArray("too-many-fds") << BadMessage::TooManyFds << QString();
        QTest::newRow("fds that did not come") << QByteArray("missing-fds") << BadMessage::MissingFds << QString();
        QTest::newRow("fds nobody announced") << QByteArray("surplus-fds") << BadMessage::SurplusFds << QString();
        QTest::newRow("a storm of fds") << QByteArray("fd-storm") << BadMessage::SurplusFds << QString();
        QTest::newRow("unknown kind") << QByteArray("bad-kind") << BadMessage::MalformedHeader << QString();
        QTest::newRow("reserved bits") << QByteArray("reserved-bits") << BadMessage::MalformedHeader << QString();
        QTest::newRow("not protobuf") << QByteArray("not-protobuf") << BadMessage::Unparsable << QString();
        QTest::newRow("invalid UTF-8") << QByteArray("bad-utf8") << BadMessage::Unparsable << QString();
        QTest::newRow("no body") << QByteArray("empty") << BadMessage::EmptyMessage << QString();
        QTest::newRow("a body we do not know") << QByteArray("unknown-body") << BadMessage::EmptyMessage << QString();
        QTest::newRow("a reply to nothing")
            << QByteArray("unasked-reply") << BadMessage::UnexpectedReply << QStringLiteral("pong");
        QTest::newRow("half a packet") << QByteArray("half-packet") << BadMessage::TruncatedPacket << QString();
    }
    void badBytesEndTheChannelWithANumber()
    {
        QFETCH(QByteArray, mode);
        QFETCH(BadMessage, reason);
        QFETCH(QString, name);
        const int before = openFds();
        {
            Peer peer(mode.constData());
            peer.channel->setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
            QTRY_COMPARE(peer.ends, 1);
            QCOMPARE(peer.end, ChannelEnd::BadMessage);
            QCOMPARE(int(peer.reason), int(reason));
            QCOMPARE(peer.messageName, name);
            QVERIFY(!peer.channel->base().isOpen());
            QVERIFY(!peer.channel->send(numbered(1)));
        }
        QCOMPARE(openFds(), before);
    }

    void aHandlerCanRefuseAMessageByItsContent()
    {
        Peer peer("echo");
        peer.channel->setHandler([&](const wire::RendererToBrowser &, Channel::Envelope &) {
            peer.channel->base().reject(BadMessage::TitleTooLong);
        });
        peer.channel->send(numbered(1));
        QTRY_COMPARE(peer.ends, 1);
        QCOMPARE(int(peer.reason), int(BadMessage::TitleTooLong));
        QCOMPARE(peer.messageName, QStringLiteral("title_changed"));
    }

    void anExitIsAnOrderlyEnd_data()
    {
        QTest::addColumn<QByteArray>("mode");
        QTest::newRow("exits") << QByteArray("exit");
        QTest::newRow("closes its end and lives on") << QByteArray("close");
    }
    void anExitIsAnOrderlyEnd()
    {
        QFETCH(QByteArray, mode);
        Peer peer(mode.constData());
        peer.channel->setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        QTRY_COMPARE(peer.ends, 1);
        QCOMPARE(peer.end, ChannelEnd::PeerClosed);
    }

    void aFloodingPeerLeavesTheEventLoopItsTurns()
    {
        Peer peer("flood");
        quint64 messages = 0;
        peer.channel->setHandler([&](const wire::RendererToBrowser &, Channel::Envelope &) { ++messages; });
        int ticks = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, [&] { ++ticks; });
        timer.start(1);
        QTRY_VERIFY(messages > 200'000);
        QVERIFY2(ticks >= 5, "the timer starved");
        QCOMPARE(peer.ends, 0);
    }

    void aPeerThatDoesNotReadFillsABoundedQueueAndIsGivenUp()
    {
        Peer peer("silent");
        peer.channel->setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        QSignalSpy congested(&peer.channel->base(), &Channel::congestedChanged);
        wire::BrowserToRenderer piece;
        piece.mutable_body_data()->set_data(std::string(limits::BodyPiece, 'x'));
        int sent = 0;
        while (peer.channel->send(piece) && sent < 10'000) {
            ++sent;
            if (sent % 16 == 0)
                QCoreApplication::processEvents();
        }
        QCOMPARE(peer.ends, 1);
        QCOMPARE(peer.end, ChannelEnd::SendOverflow);
        QCOMPARE(congested.first().first().toBool(), true);
        QVERIFY(peer.channel->base().counters().queuedBytesPeak <= limits::SendQueueBytes);
    }

    void congestionEndsWhenThePeerReadsAgain()
    {
        Peer peer("echo");
        peer.stop();
        peer.channel->setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        wire::BrowserToRenderer piece;
        piece.mutable_body_data()->set_data(std::string(limits::BodyPiece, 'x'));
        // What the queue and the kernel take together is far less than twice the queue's limit.
        const std::size_t most = 2 * limits::SendQueueBytes / limits::BodyPiece;
        for (std::size_t sent = 0; sent < most && !peer.channel->base().isCongested(); ++sent)
            QVERIFY(peer.channel->send(piece));
        QVERIFY(peer.channel->base().isCongested());
        QCoreApplication::processEvents();
        QVERIFY(peer.channel->base().isCongested());
        peer.resume();
        QTRY_VERIFY(!peer.channel->base().isCongested());
        QVERIFY(peer.channel->base().isOpen());
    }

    void aHandlerMayDeleteTheChannel()
    {
        Peer peer("echo");
        bool handled = false;
        peer.channel->setHandler([&](const wire::RendererToBrowser &, Channel::Envelope &) {
            handled = true;
            peer.channel.reset();
        });
        peer.channel->send(numbered(1));
        peer.channel->send(numbered(2));
        QTRY_VERIFY(handled);
        QCOMPARE(peer.ends, 0);
    }
};

QTEST_GUILESS_MAIN(ChannelTest)
#include "channel_test.moc"
