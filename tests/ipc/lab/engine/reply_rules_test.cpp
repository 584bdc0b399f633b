// SPDX-License-Identifier: BSD-3-Clause
// What the lab's engine takes for an answer of a worker.
#include "ipc/channel/packet.h"
#include "ipc/core/memfd.h"
#include "ipc/core/socket_pair.h"
#include "ipc/lab/engine/peer.h"
#include "ipc/lab/engine/reply_rules.h"

#include <google/protobuf/descriptor.h>

#include <QtTest>

#include <algorithm>
#include <cerrno>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

/// The engine's end, with the test as the worker.
class PlayedPeer : public Peer
{
public:
    explicit PlayedPeer(UniqueFd socket) : Peer(std::move(socket)) {}
    void kill() override { isKilled = true; }
    bool isKilled = false;
};

struct Conversation
{
    SocketPair sockets{*SocketPair::create()};
    PlayedPeer peer{std::move(sockets.ours)};
    LabChannel worker{std::move(sockets.theirs)};

    Result<wire::LabReply> ask(const wire::LabCommand &command, const wire::LabReply &answer, Fds fds = {})
    {
        wire::LabCommand got;
        if (!peer.send(command) || !worker.receive(got) || !worker.send(answer, std::move(fds)))
            return fail(Error{"no conversation", 0});
        return peer.receive();
    }
};

wire::LabCommand meet()
{
    wire::LabCommand command;
    command.mutable_meet();
    return command;
}

wire::LabCommand measurement()
{
    wire::LabCommand command;
    command.mutable_measure();
    return command;
}

} // namespace

class ReplyRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandAndEveryAnswerIsDecidedOnce()
    {
        const auto *commands = wire::LabCommand::descriptor()->oneof_decl(0);
        for (int i = 0; i < commands->field_count(); ++i) {
            const auto count = std::count_if(replyRules().begin(), replyRules().end(), [&](const ReplyRule &rule) {
                return int(rule.command) == commands->field(i)->number();
            });
            QVERIFY2(count == 1, commands->field(i)->name().c_str());
        }
        QCOMPARE(int(replyRules().size()), commands->field_count());
        const auto *answers = wire::LabReply::descriptor()->oneof_decl(0);
        for (int i = 0; i < answers->field_count(); ++i) {
            const auto count = std::count_if(replyRules().begin(), replyRules().end(), [&](const ReplyRule &rule) {
                return int(rule.body) == answers->field(i)->number();
            });
            QVERIFY2(count == 1, answers->field(i)->name().c_str());
        }
    }

    void anHonestWorkerIsLeftAlone()
    {
        Conversation c;
        QVERIFY(c.ask(meet(), {}));
        wire::LabReply measured;
        measured.mutable_measured()->set_sent(7);
        const auto reply = c.ask(measurement(), measured);
        QVERIFY(reply && reply->measured().sent() == 7);
        wire::LabReply failure;
        failure.set_error("no link");
        failure.set_error_number(EINVAL);
        const auto failed = c.ask(measurement(), failure);
        QVERIFY(!failed && failed.error().number == EINVAL);
        QVERIFY(!c.peer.isKilled);
    }

    void aLyingWorkerIsEnded_data()
    {
        QTest::addColumn<QByteArray>("lie");
        for (const char *lie :
             {"another answer", "an answer without its body", "a body where none belongs", "a descriptor",
              "too long a text", "too many buckets", "buckets without counts", "too long an error",
              "a mechanism without a way to wait", "a way to wait that there is not"})
            QTest::newRow(lie) << QByteArray(lie);
    }
    void aLyingWorkerIsEnded()
    {
        QFETCH(QByteArray, lie);
        wire::LabReply reply;
        Fds fds;
        wire::LabCommand command = measurement();
        if (lie == "another answer") {
            reply.mutable_study()->set_lesson_holds(true);
        } else if (lie == "a body where none belongs") {
            command = meet();
            reply.mutable_measured();
        } else if (lie == "a descriptor") {
            reply.mutable_measured();
            fds.push_back(Memfd::create("x", 4096)->duplicate());
        } else if (lie == "too long a text") {
            reply.mutable_measured()->set_ended_by(std::string(5000, 'x'));
        } else if (lie == "too many buckets") {
            for (int i = 0; i < 20'000; ++i) {
                reply.mutable_measured()->mutable_times()->add_bucket(1);
                reply.mutable_measured()->mutable_times()->add_count(1);
            }
        } else if (lie == "buckets without counts") {
            reply.mutable_measured()->mutable_times()->add_bucket(1);
        } else if (lie == "too long an error") {
            reply.set_error(std::string(5000, 'x'));
        } else if (lie.contains("to wait")) {
            command = {};
            command.mutable_list_mechanisms();
            reply.mutable_mechanisms()->add_mechanism()->set_name("pipe");
            if (lie.startsWith("a way"))
                reply.mutable_mechanisms()->mutable_mechanism(0)->add_waits(99);
        }
        Conversation c;
        const auto answer = c.ask(command, reply, std::move(fds));
        QVERIFY(!answer);
        QCOMPARE(answer.error().number, EPROTO);
        QVERIFY(c.peer.isKilled);
    }

    void anAnswerThatStopsInTheMiddleHoldsNobodyForEver()
    {
        Conversation c;
        QVERIFY(c.peer.send(meet()));
        const PacketHeader half{100, 0, 0, PacketKind::Message, 0};
        QCOMPARE(::write(c.worker.socket(), &half, sizeof half), ssize_t(sizeof half));
        const auto answer = c.peer.receive();
        QVERIFY(!answer);
        QCOMPARE(answer.error().number, ECONNRESET);
        QVERIFY(c.peer.isKilled);
    }

    void anAnswerToNothingIsALie()
    {
        Conversation c;
        QVERIFY(c.worker.send(wire::LabReply()));
        QVERIFY(!c.peer.receive());
        QVERIFY(c.peer.isKilled);
    }
};

QTEST_GUILESS_MAIN(ReplyRulesTest)
#include "reply_rules_test.moc"
