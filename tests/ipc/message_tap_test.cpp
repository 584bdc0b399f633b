// SPDX-License-Identifier: BSD-3-Clause
// Both ends of a channel give a packet the same number, whatever is merged on the way; and a sender knows what lies
// unread.
#include "ipc/channel/message_channel.h"
#include "ipc/channel/message_name.h"
#include "ipc/core/socket_pair.h"
#include "ipc/messages/renderer.pb.h"

#include <QtTest>

#include <unistd.h>

using namespace bulkhead;

namespace {

struct Tap final : MessageTap
{
    struct Note
    {
        std::string name;
        std::uint64_t sequence;
        std::size_t bytes;
        std::size_t fds;
        bool superseding;
    };
    QList<Note> sentNotes, handledNotes;

    void sent(const Seen &seen, bool superseding) override
    {
        sentNotes << Note{messageName(seen.message), seen.sequence, seen.bytes, seen.fds, superseding};
    }
    void handled(const Seen &seen) override
    {
        handledNotes << Note{messageName(seen.message), seen.sequence, seen.bytes, seen.fds, false};
    }
};

wire::RendererToBrowser title(const char *text)
{
    wire::RendererToBrowser message;
    message.mutable_title_changed()->set_title(text);
    return message;
}

/// Two ends in one process.
struct Ends
{
    Ends() : sockets(*SocketPair::create()), browser(std::move(sockets.ours)), renderer(std::move(sockets.theirs)) {}
    SocketPair sockets;
    MessageChannel<wire::BrowserToRenderer, wire::RendererToBrowser> browser;
    MessageChannel<wire::RendererToBrowser, wire::BrowserToRenderer> renderer;
};

} // namespace

class MessageTapTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothEndsCountAlikeAndMergingLeavesNoGap()
    {
        Ends ends;
        Tap sender, receiver;
        ends.renderer.base().setTap(&sender);
        ends.browser.base().setTap(&receiver);
        ends.browser.setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        wire::RendererToBrowser finished;
        finished.mutable_load_finished();
        ends.renderer.send(title("one"), {}, 7);
        ends.renderer.send(finished);
        ends.renderer.send(title("three, instead of one"), {}, 7);
        Fds fds;
        fds.emplace_back(::dup(0));
        ends.renderer.send(finished, std::move(fds));
        QTRY_COMPARE(receiver.handledNotes.size(), 3);
        QCOMPARE(sender.sentNotes.size(), 4);
        QVERIFY(sender.sentNotes[2].superseding);
        QCOMPARE(sender.sentNotes[2].sequence, sender.sentNotes[0].sequence);
        // What was received bears the numbers of what was sent, in order and without a gap.
        const QList<Tap::Note> expected{sender.sentNotes[2], sender.sentNotes[1], sender.sentNotes[3]};
        for (qsizetype i = 0; i < 3; ++i) {
            QCOMPARE(receiver.handledNotes[i].sequence, expected[i].sequence);
            QCOMPARE(receiver.handledNotes[i].name, expected[i].name);
            QCOMPARE(receiver.handledNotes[i].bytes, expected[i].bytes);
            QCOMPARE(receiver.handledNotes[i].fds, expected[i].fds);
        }
        QCOMPARE(receiver.handledNotes[2].fds, std::size_t(1));
    }

    void aTapThatComesLateStillCountsAlike()
    {
        Ends ends;
        ends.browser.setHandler([](const wire::RendererToBrowser &, Channel::Envelope &) {});
        ends.renderer.send(title("a"));
        ends.renderer.send(title("b"));
        Tap sender, receiver;
        ends.renderer.base().setTap(&sender);
        ends.browser.base().setTap(&receiver);
        ends.renderer.send(title("c"));
        QTRY_VERIFY(!receiver.handledNotes.isEmpty() &&
                    receiver.handledNotes.last().bytes == sender.sentNotes.last().bytes);
        QCOMPARE(receiver.handledNotes.last().sequence, std::uint64_t(3));
        QCOMPARE(sender.sentNotes.last().sequence, std::uint64_t(3));
    }

    void whatThePeerHasNotReadIsKnown()
    {
        Ends ends;
        QCOMPARE(ends.renderer.base().unreadByPeer(), std::size_t(0));
        ends.renderer.send(title("unread"));
        ends.renderer.base().flush();
        QVERIFY(ends.renderer.base().unreadByPeer() > 0);
        int got = 0;
        ends.browser.setHandler([&got](const wire::RendererToBrowser &, Channel::Envelope &) { ++got; });
        QTRY_COMPARE(got, 1);
        QCOMPARE(ends.renderer.base().unreadByPeer(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(MessageTapTest)
#include "message_tap_test.moc"
