// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/input_router.h"

#include <algorithm>
#include <chrono>

namespace bulkhead {

void InputRouter::route(wire::InputEvent event)
{
    switch (event.type()) {
    case wire::InputEvent::MOUSE_MOVE:
        if (m_move || inFlight(wire::InputEvent::MOUSE_MOVE)) {
            m_move = std::move(event);
            return;
        }
        break;
    case wire::InputEvent::WHEEL:
        if (m_wheel) {
            wire::Point *sum = m_wheel->mutable_wheel_pixels();
            sum->set_x(sum->x() + event.wheel_pixels().x());
            sum->set_y(sum->y() + event.wheel_pixels().y());
            *m_wheel->mutable_position() = event.position();
            return;
        }
        if (inFlight(wire::InputEvent::WHEEL)) {
            m_wheel = std::move(event);
            return;
        }
        break;
    default:
        flushMerged();
        break;
    }
    sendNow(std::move(event));
}

InputRouter::Handled InputRouter::handled(quint64 eventId)
{
    if (m_inFlight.empty() || m_inFlight.front().event.event_id() != eventId)
        return {BadMessage::InputUnknown, {}, 0};
    Handled result{BadMessage::None, std::move(m_inFlight.front().event),
                   m_inFlight.front().sent.nsecsElapsed() / 1000};
    m_inFlight.pop_front();
    if (m_move && !inFlight(wire::InputEvent::MOUSE_MOVE))
        sendNow(*std::exchange(m_move, std::nullopt));
    if (m_wheel && !inFlight(wire::InputEvent::WHEEL))
        sendNow(*std::exchange(m_wheel, std::nullopt));
    return result;
}

std::optional<std::chrono::milliseconds> InputRouter::oldestWait() const
{
    if (m_inFlight.empty())
        return {};
    return std::chrono::milliseconds(m_inFlight.front().sent.elapsed());
}

bool InputRouter::inFlight(wire::InputEvent::Type type) const
{
    return std::any_of(m_inFlight.begin(), m_inFlight.end(),
                       [type](const InFlight &entry) { return entry.event.type() == type; });
}

void InputRouter::sendNow(wire::InputEvent event)
{
    event.set_event_id(++m_lastId);
    m_inFlight.push_back({event, {}});
    m_inFlight.back().sent.start();
    m_send(event);
}

void InputRouter::flushMerged()
{
    if (m_wheel)
        sendNow(*std::exchange(m_wheel, std::nullopt));
    if (m_move)
        sendNow(*std::exchange(m_move, std::nullopt));
}

} // namespace bulkhead
