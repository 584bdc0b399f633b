// SPDX-License-Identifier: BSD-3-Clause
// The part of Tab that turns what a person does into messages.
#include "browser/pages/tabs/tab.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/tabs/tab_embeds.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPointer>
#include <QWheelEvent>

#include <algorithm>

namespace bulkhead {

namespace {

wire::InputEvent mouseInput(wire::InputEvent::Type type, QPointF position, qreal ratio, Qt::KeyboardModifiers modifiers)
{
    wire::InputEvent event;
    event.set_type(type);
    event.mutable_position()->set_x(qRound(position.x() * ratio));
    event.mutable_position()->set_y(qRound(position.y() * ratio));
    event.set_modifiers(std::uint32_t(modifiers.toInt()));
    return event;
}

} // namespace

void Tab::sendMouseEvent(const QMouseEvent &event, int clickCount)
{
    if (!target())
        return;
    wire::InputEvent::Type type = wire::InputEvent::MOUSE_MOVE;
    if (event.type() == QEvent::MouseButtonPress || event.type() == QEvent::MouseButtonDblClick)
        type = wire::InputEvent::MOUSE_PRESS;
    else if (event.type() == QEvent::MouseButtonRelease)
        type = wire::InputEvent::MOUSE_RELEASE;
    wire::InputEvent input = mouseInput(type, event.position(), m_view.devicePixelRatio, event.modifiers());
    input.set_button(std::uint32_t(event.button()));
    input.set_buttons(std::uint32_t(event.buttons().toInt()));
    input.set_click_count(std::uint32_t(std::max(1, clickCount)));
    sendInput(std::move(input));
}

void Tab::sendMouseLeave()
{
    if (!target())
        return;
    wire::InputEvent input;
    input.set_type(wire::InputEvent::MOUSE_LEAVE);
    sendInput(std::move(input));
}

void Tab::sendWheelEvent(const QWheelEvent &event)
{
    if (!target())
        return;
    wire::InputEvent input =
        mouseInput(wire::InputEvent::WHEEL, event.position(), m_view.devicePixelRatio, event.modifiers());
    // A notch is 120 eighths of a degree and scrolls three lines of 40 pixels; touchpads say pixels.
    QPoint pixels = event.pixelDelta().isNull() ? event.angleDelta() : event.pixelDelta();
    if (event.modifiers() & Qt::ShiftModifier && pixels.x() == 0)
        pixels = pixels.transposed();
    input.mutable_wheel_pixels()->set_x(pixels.x());
    input.mutable_wheel_pixels()->set_y(pixels.y());
    sendInput(std::move(input));
}

void Tab::sendKeyEvent(const QKeyEvent &event)
{
    if (!target())
        return;
    wire::InputEvent input;
    input.set_type(event.type() == QEvent::KeyRelease ? wire::InputEvent::KEY_RELEASE : wire::InputEvent::KEY_PRESS);
    input.set_key(std::uint32_t(event.key()));
    input.set_modifiers(std::uint32_t(event.modifiers().toInt()));
    input.set_text(event.text().left(32).toStdString());
    sendInput(std::move(input));
}

// ---- plugins

bool Tab::isPlugin() const
{
    return target() && target()->host() && target()->host()->plugin();
}

void Tab::requestStructure(std::function<void(const DocumentStructure &)> done)
{
    if (!target())
        return done({});
    plugin_requests::structure(*target(), std::move(done));
}

void Tab::requestSheet(int index, QSize size, double scale, std::function<void(const QImage &)> done)
{
    if (!target())
        return done({});
    plugin_requests::sheet(*target(), index, size, scale, std::move(done));
}

bool Tab::takesTouch(QPointF position) const
{
    return isPlugin() || (m_embeds && m_embeds->hasBoxAt((position * m_view.devicePixelRatio).toPoint()));
}

bool Tab::takesText() const
{
    return isPlugin() || (m_embeds && m_embeds->hasFocus());
}

void Tab::sendTouch(QEvent::Type type, int id, QPointF position, Qt::KeyboardModifiers modifiers)
{
    if (!target())
        return;
    const auto wireType = type == QEvent::TouchBegin    ? wire::InputEvent::TOUCH_BEGIN
                          : type == QEvent::TouchUpdate ? wire::InputEvent::TOUCH_MOVE
                                                        : wire::InputEvent::TOUCH_END;
    wire::InputEvent input = mouseInput(wireType, position, m_view.devicePixelRatio, modifiers);
    input.set_touch_id(id);
    sendInput(std::move(input));
}

void Tab::sendText(const QString &text, TextState state)
{
    if (!target())
        return;
    wire::InputEvent input;
    input.set_type(state == TextState::Finished ? wire::InputEvent::TEXT : wire::InputEvent::COMPOSE);
    input.set_text(text.left(1000).toStdString());
    sendInput(std::move(input));
}

void Tab::find(const QString &text, FindStep step, Qt::CaseSensitivity sensitivity)
{
    if (target())
        target()->find(text, step == FindStep::Previous, sensitivity == Qt::CaseSensitive);
}

void Tab::selectAll()
{
    if (target())
        target()->selectAll();
}

void Tab::requestSelectedText(std::function<void(const QString &)> done)
{
    if (!target())
        return;
    target()->requestText(RemotePage::TextPart::Selection,
                          [page = QPointer(target()), done = std::move(done)](const QString &text) {
                              if (page)
                                  done(text);
                          });
}

void Tab::requestText(std::function<void(const QString &)> done)
{
    if (!target())
        return done({});
    const auto take = [self = QPointer(this), page = QPointer(target()), done = std::move(done)](const QString &text) {
        if (self && !page && self->target())
            return self->requestText(done); // what was asked has made room for another document
        done(text);
    };
    target()->requestText(RemotePage::TextPart::WholePage, take);
}

void Tab::requestHit(QPoint position, std::function<void(const Hit &)> done)
{
    if (!target())
        return done({});
    const Initiator asker = target()->initiator();
    target()->requestHit((QPointF(position) * m_view.devicePixelRatio).toPoint(),
                         [self = QPointer(this), asker, done = std::move(done)](const RemotePage::Hit &hit) {
                             if (self)
                                 done({hit.link, hit.image, hit.hasSelection, asker});
                         });
}

} // namespace bulkhead
