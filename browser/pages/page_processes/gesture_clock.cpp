// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/gesture_clock.h"

#include <Qt>

#include <utility>

namespace bulkhead {

namespace {

bool isGesture(const wire::InputEvent &event)
{
    switch (event.type()) {
    case wire::InputEvent::MOUSE_PRESS:
    case wire::InputEvent::TOUCH_END:
    case wire::InputEvent::TEXT:
        return true;
    case wire::InputEvent::KEY_PRESS:
        switch (int(event.key())) {
        case Qt::Key_Escape:
        case Qt::Key_Shift:
        case Qt::Key_Control:
        case Qt::Key_Alt:
        case Qt::Key_AltGr:
        case Qt::Key_Meta:
        case Qt::Key_CapsLock:
        case Qt::Key_NumLock:
            return false;
        default:
            return true;
        }
    default:
        return false;
    }
}

} // namespace

void GestureClock::note(const wire::InputEvent &event, Clock::time_point now)
{
    if (!isGesture(event))
        return;
    m_last = now;
    m_spent = {};
}

UserActivation GestureClock::activation(Clock::time_point now) const
{
    return m_last && now - *m_last < Lasting ? UserActivation::Recent : UserActivation::None;
}

bool GestureClock::spend(Deed deed, Clock::time_point now)
{
    return activation(now) == UserActivation::Recent && !std::exchange(m_spent[std::size_t(deed)], true);
}

} // namespace bulkhead
