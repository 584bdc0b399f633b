// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/gesture_clock.h"

#include <QTest>

using namespace bulkhead;
using namespace std::chrono_literals;

namespace {

wire::InputEvent input(wire::InputEvent::Type type, int key = 0)
{
    wire::InputEvent event;
    event.set_type(type);
    event.set_key(std::uint32_t(key));
    return event;
}

} // namespace

class GestureClockTest : public QObject
{
    Q_OBJECT

    const GestureClock::Clock::time_point m_start{std::chrono::hours(1)};

private Q_SLOTS:
    void aPageThatNobodyTouchedHasNothingToSpend()
    {
        GestureClock clock;
        QCOMPARE(int(clock.activation(m_start)), int(UserActivation::None));
        QVERIFY(!clock.spend(GestureClock::Deed::NewTab, m_start));
    }

    void movesWheelsReleasesAndEscAreNoGestures_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<int>("key");
        for (const auto type : {wire::InputEvent::MOUSE_MOVE, wire::InputEvent::MOUSE_RELEASE,
                                wire::InputEvent::MOUSE_LEAVE, wire::InputEvent::WHEEL, wire::InputEvent::KEY_RELEASE,
                                wire::InputEvent::TOUCH_BEGIN, wire::InputEvent::TOUCH_MOVE, wire::InputEvent::COMPOSE})
            QTest::addRow("%d", int(type)) << int(type) << int(Qt::Key_A);
        for (const int key : {int(Qt::Key_Escape), int(Qt::Key_Shift), int(Qt::Key_Control), int(Qt::Key_Alt)})
            QTest::addRow("key %x", key) << int(wire::InputEvent::KEY_PRESS) << key;
    }
    void movesWheelsReleasesAndEscAreNoGestures()
    {
        QFETCH(int, type);
        QFETCH(int, key);
        GestureClock clock;
        clock.note(input(wire::InputEvent::Type(type), key), m_start);
        QCOMPARE(int(clock.activation(m_start)), int(UserActivation::None));
    }

    void aGestureBuysOneOfEachDeedForAFewSeconds()
    {
        GestureClock clock;
        clock.note(input(wire::InputEvent::MOUSE_PRESS), m_start);
        QVERIFY(clock.spend(GestureClock::Deed::NewTab, m_start + 1s));
        QVERIFY2(!clock.spend(GestureClock::Deed::NewTab, m_start + 1s), "one tab for one gesture");
        QVERIFY(clock.spend(GestureClock::Deed::Download, m_start + 2s));
        QVERIFY2(!clock.spend(GestureClock::Deed::Move, m_start + GestureClock::Lasting), "too late");
        clock.note(input(wire::InputEvent::KEY_PRESS, Qt::Key_Return), m_start + 10s);
        QVERIFY(clock.spend(GestureClock::Deed::NewTab, m_start + 10s));
    }
};

QTEST_APPLESS_MAIN(GestureClockTest)
#include "gesture_clock_test.moc"
