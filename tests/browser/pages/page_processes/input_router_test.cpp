// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/input_router.h"

#include <QtTest>

using namespace bulkhead;

namespace {
wire::InputEvent input(wire::InputEvent::Type type, int x = 0, int wheel = 0)
{
    wire::InputEvent event;
    event.set_type(type);
    event.mutable_position()->set_x(x);
    event.mutable_wheel_pixels()->set_y(wheel);
    return event;
}
} // namespace

class InputRouterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void movesAreMergedWhileOneIsUnanswered()
    {
        QList<wire::InputEvent> sent;
        InputRouter router([&](const wire::InputEvent &event) { sent << event; });
        for (int x = 0; x < 100; ++x)
            router.route(input(wire::InputEvent::MOUSE_MOVE, x));
        QCOMPARE(sent.size(), 1);
        QCOMPARE(int(router.handled(sent[0].event_id()).error), int(BadMessage::None));
        QCOMPARE(sent.size(), 2);
        QCOMPARE(sent[1].position().x(), 99);
    }

    void wheelDistancesAddUp()
    {
        QList<wire::InputEvent> sent;
        InputRouter router([&](const wire::InputEvent &event) { sent << event; });
        for (int i = 0; i < 11; ++i)
            router.route(input(wire::InputEvent::WHEEL, 0, -120));
        router.handled(1);
        QCOMPARE(sent.size(), 2);
        QCOMPARE(sent[0].wheel_pixels().y() + sent[1].wheel_pixels().y(), -11 * 120);
    }

    void pressesAndKeysAreNeverMergedAndKeepTheirPlace()
    {
        QList<wire::InputEvent::Type> sent;
        QList<int> positions;
        InputRouter router([&](const wire::InputEvent &event) {
            sent << event.type();
            positions << event.position().x();
        });
        router.route(input(wire::InputEvent::MOUSE_MOVE, 1));
        router.route(input(wire::InputEvent::MOUSE_MOVE, 2));
        router.route(input(wire::InputEvent::MOUSE_PRESS, 2));
        router.route(input(wire::InputEvent::MOUSE_MOVE, 3));
        router.route(input(wire::InputEvent::MOUSE_RELEASE, 3));
        router.route(input(wire::InputEvent::KEY_PRESS));
        router.route(input(wire::InputEvent::KEY_PRESS));
        using Type = wire::InputEvent;
        QCOMPARE(sent, QList<Type::Type>({Type::MOUSE_MOVE, Type::MOUSE_MOVE, Type::MOUSE_PRESS, Type::MOUSE_MOVE,
                                          Type::MOUSE_RELEASE, Type::KEY_PRESS, Type::KEY_PRESS}));
        QCOMPARE(positions.mid(0, 5), QList<int>({1, 2, 2, 3, 3}));
    }

    void anAnswerToSomethingElseIsBad()
    {
        InputRouter router([](const wire::InputEvent &) {});
        QCOMPARE(int(router.handled(1).error), int(BadMessage::InputUnknown));
        router.route(input(wire::InputEvent::KEY_PRESS));
        QCOMPARE(int(router.handled(2).error), int(BadMessage::InputUnknown));
        QVERIFY(router.oldestWait());
        QCOMPARE(int(router.handled(1).error), int(BadMessage::None));
        QVERIFY(!router.oldestWait());
    }
};

QTEST_GUILESS_MAIN(InputRouterTest)
#include "input_router_test.moc"
