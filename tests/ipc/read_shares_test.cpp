// SPDX-License-Identifier: BSD-3-Clause
// The event loop's time is shared: no channel takes it from others, no number of channels takes it from the loop.
#include "ipc/channel/read_shares.h"

#include "ipc/channel/encoded_body.h"
#include "ipc/channel/limits.h"
#include "ipc/channel/message_channel.h"
#include "ipc/core/socket_pair.h"
#include "ipc/messages/renderer.pb.h"

#include <QAbstractEventDispatcher>
#include <QtTest>

#include <algorithm>
#include <time.h>

using namespace bulkhead;

namespace {

using Out = MessageChannel<wire::RendererToBrowser, wire::BrowserToRenderer>;
using In = MessageChannel<wire::BrowserToRenderer, wire::RendererToBrowser>;

/// Of the processor, however busy the machine is.
std::chrono::nanoseconds ownTime()
{
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

void spin(std::chrono::microseconds time)
{
    const auto end = ownTime() + time;
    while (ownTime() < end) {
    }
}

/// A peer that always has something to say, which takes @p cost to handle.
struct Flood
{
    std::unique_ptr<Out> out;
    std::unique_ptr<In> in;
    int handled = 0;
    int handledInTurn = 0;

    Flood(ReadShares &shares, ReadShares::Party party, std::chrono::microseconds cost, int messages)
    {
        auto pair = SocketPair::create();
        out = std::make_unique<Out>(std::move(pair->theirs));
        in = std::make_unique<In>(std::move(pair->ours));
        in->base().setShares(&shares, party);
        in->setHandler([this, cost](const wire::RendererToBrowser &, Channel::Envelope &) {
            ++handled;
            ++handledInTurn;
            spin(cost);
        });
        wire::RendererToBrowser message;
        message.mutable_cursor_changed()->set_page_id(1);
        for (int i = 0; i < messages; ++i)
            out->send(message);
        out->base().flush();
    }
};

} // namespace

class ReadSharesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyChannelsTogetherTakeNoLongerThanATurn()
    {
        ReadShares shares;
        std::vector<std::unique_ptr<Flood>> floods;
        for (ReadShares::Party party = 1; party <= 20; ++party)
            floods.push_back(std::make_unique<Flood>(shares, party, std::chrono::milliseconds(1), 200));
        int most = 0, sum = 0;
        const auto turn = [&] {
            int handled = 0;
            for (const auto &flood : floods)
                handled += std::exchange(flood->handledInTurn, 0);
            most = std::max(most, handled);
            sum += handled;
        };
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, turn);
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::awake, this, turn);
        QTRY_VERIFY_WITH_TIMEOUT(sum >= 400, 20'000);
        // A millisecond each; every channel by itself may go on for four.
        QVERIFY2(most <= int(limits::LoopTurn.count()) + 1, qPrintable(QString::number(most)));
        QAbstractEventDispatcher::instance()->disconnect(this);
        for (const auto &flood : floods)
            QVERIFY2(flood->handled >= 400 / 20 / 4, qPrintable(QString::number(flood->handled)));
    }

    void manyChannelsOfOnePartyGetOneShare()
    {
        ReadShares shares;
        std::vector<std::unique_ptr<Flood>> many;
        for (int i = 0; i < 10; ++i)
            many.push_back(std::make_unique<Flood>(shares, 1, std::chrono::milliseconds(1), 400));
        Flood single(shares, 2, std::chrono::milliseconds(1), 400);
        QTRY_VERIFY_WITH_TIMEOUT(single.handled >= 100, 20'000);
        int byMany = 0;
        for (const auto &flood : many)
            byMany += flood->handled;
        QVERIFY2(byMany <= 2 * single.handled, qPrintable(QStringLiteral("%1 to %2").arg(byMany).arg(single.handled)));
    }

    void dearMessagesArePaidForLater()
    {
        ReadShares shares;
        Flood dear(shares, 1, std::chrono::milliseconds(20), 200);
        Flood cheap(shares, 2, std::chrono::milliseconds(1), 2000);
        QTRY_VERIFY_WITH_TIMEOUT(cheap.handled >= 200, 20'000);
        // About as much time for both: one dear message for twenty cheap ones, and not for four.
        QVERIFY2(dear.handled * 20 <= cheap.handled * 2,
                 qPrintable(QStringLiteral("%1 to %2").arg(dear.handled).arg(cheap.handled)));
    }

    void anEnvelopeIsLookedAtBeforeItIsParsed()
    {
        const auto &type = *wire::RendererToBrowser::descriptor();
        wire::RendererToBrowser message;
        message.mutable_title_changed()->set_title("hello");
        const std::string one = message.SerializeAsString();
        const auto body = encodedBody(one);
        QVERIFY(body);
        QCOMPARE(body->number, int(wire::RendererToBrowser::kTitleChanged));
        QCOMPARE(body->bytes, message.title_changed().ByteSizeLong());
        QVERIFY(!encodedBody(one + one)); // the last of two bodies would count, and the first would have been looked at
        QVERIFY(!encodedBody(one.substr(0, one.size() - 1)));
        QVERIFY(!encodedBody("\x08\x01")); // a number
        QVERIFY(!encodedBody(std::string(12, '\xff')));

        message.mutable_embed_boxes();
        for (int i = 0; i < 1000; ++i)
            message.mutable_embed_boxes()->add_boxes()->add_attributes();
        const std::string many = message.SerializeAsString();
        QVERIFY(hasFieldsUpTo(2001, many, type));
        QVERIFY(!hasFieldsUpTo(2000, many, type));
        QVERIFY(!hasFieldsUpTo(10, "\xff\xff", type));
    }
};

QTEST_GUILESS_MAIN(ReadSharesTest)
#include "read_shares_test.moc"
