// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/view/page_input.h"

#include "renderer/page/page.h"
#include "renderer/view/page_view.h"

#include <algorithm>

namespace bulkhead {

namespace {

constexpr int LineStep = 40;    // logical pixels an arrow key scrolls
constexpr int PageOverlap = 40; // logical pixels that stay in sight when a page is turned

bool scrollByKey(int key, Qt::KeyboardModifiers modifiers, PageView &view)
{
    const int line = qRound(LineStep * view.devicePixelRatio());
    const int page = std::max(line, view.viewSize().height() - qRound(PageOverlap * view.devicePixelRatio()));
    constexpr int Far = 1 << 28;
    if (modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    switch (key) {
    case Qt::Key_Up:
        return view.scrollBy({0, -line});
    case Qt::Key_Down:
        return view.scrollBy({0, line});
    case Qt::Key_Left:
        return view.scrollBy({-line, 0});
    case Qt::Key_Right:
        return view.scrollBy({line, 0});
    case Qt::Key_PageUp:
        return view.scrollBy({0, -page});
    case Qt::Key_PageDown:
        return view.scrollBy({0, page});
    case Qt::Key_Home:
        return view.scrollBy({0, -Far});
    case Qt::Key_End:
        return view.scrollBy({0, Far});
    case Qt::Key_Space:
        return view.scrollBy({0, modifiers & Qt::ShiftModifier ? -page : page});
    default:
        return false;
    }
}

bool handleKey(const wire::InputEvent &event, Page &page, PageView &view)
{
    const auto modifiers = Qt::KeyboardModifiers(int(event.modifiers()));
    switch (int(event.key())) {
    case Qt::Key_Tab:
        return page.focusNext(FindDirection::Forward);
    case Qt::Key_Backtab:
        return page.focusNext(FindDirection::Backward);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        page.activateFocused(modifiers);
        return true;
    default:
        return scrollByKey(int(event.key()), modifiers, view);
    }
}

} // namespace

bool handleInput(const wire::InputEvent &event, Page &page, PageView &view)
{
    PageMouseEvent mouse;
    mouse.position = view.toDocument({event.position().x(), event.position().y()});
    mouse.button = Qt::MouseButton(event.button());
    mouse.buttons = Qt::MouseButtons(int(event.buttons()));
    mouse.modifiers = Qt::KeyboardModifiers(int(event.modifiers()));
    mouse.clickCount = std::max(1, int(event.click_count()));
    switch (event.type()) {
    case wire::InputEvent::MOUSE_PRESS:
        page.mousePress(mouse);
        return true;
    case wire::InputEvent::MOUSE_MOVE:
        page.mouseMove(mouse);
        return true;
    case wire::InputEvent::MOUSE_RELEASE:
        page.mouseRelease(mouse);
        return true;
    case wire::InputEvent::MOUSE_LEAVE:
        page.mouseLeave();
        return true;
    case wire::InputEvent::WHEEL: {
        const qreal ratio = view.devicePixelRatio();
        return view.scrollBy({qRound(-event.wheel_pixels().x() * ratio), qRound(-event.wheel_pixels().y() * ratio)});
    }
    case wire::InputEvent::KEY_PRESS:
        return handleKey(event, page, view);
    default:
        return false;
    }
}

} // namespace bulkhead
