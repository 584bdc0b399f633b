// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/input_script.h"

#include "browser/pages/tabs/tab.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QKeySequence>
#include <QMouseEvent>
#include <QWheelEvent>

#include <cmath>
#include <optional>

namespace bulkhead {

namespace {

constexpr double FarAway = 1e6;
constexpr qsizetype MaxTyped = 10'000;

tl::unexpected<Error> refuse(const char *source)
{
    return fail(Error{QCoreApplication::translate("InputScript", source).toStdString(), 0});
}

std::optional<double> number(const QJsonObject &params, const char *name)
{
    const QJsonValue value = params[QLatin1String(name)];
    const double number = value.toDouble();
    if (!value.isDouble() || !std::isfinite(number) || std::abs(number) > FarAway)
        return {};
    return number;
}

std::optional<QPointF> position(const QJsonObject &params)
{
    const auto x = number(params, "x");
    const auto y = number(params, "y");
    return x && y ? std::optional(QPointF(*x, *y)) : std::nullopt;
}

Qt::KeyboardModifiers modifiersOf(const QJsonObject &params)
{
    // QKeySequence reads modifiers only in front of a key.
    const QString text = params[QStringLiteral("modifiers")].toString();
    const QKeySequence keys(text.isEmpty() ? QString() : text + QStringLiteral("+A"));
    return keys.isEmpty() ? Qt::NoModifier : keys[0].keyboardModifiers();
}

void sendMouse(Tab &tab, QEvent::Type type, QPointF at, Qt::MouseButton button, Qt::KeyboardModifiers modifiers,
               int clicks)
{
    const Qt::MouseButtons held = type == QEvent::MouseButtonPress ? Qt::MouseButtons(button) : Qt::NoButton;
    const QMouseEvent event(type, at, at, type == QEvent::MouseMove ? Qt::NoButton : button, held, modifiers);
    tab.sendMouseEvent(event, clicks);
}

void sendKey(Tab &tab, int key, Qt::KeyboardModifiers modifiers, const QString &text)
{
    for (const QEvent::Type type : {QEvent::KeyPress, QEvent::KeyRelease})
        tab.sendKeyEvent(QKeyEvent(type, key, modifiers, text));
}

Result<void> click(Tab &tab, const QJsonObject &params)
{
    const auto at = position(params);
    if (!at)
        return refuse("\"x\" and \"y\" must be numbers.");
    const QString name = params[QStringLiteral("button")].toString(QStringLiteral("left"));
    const Qt::MouseButton button = name == u"left"     ? Qt::LeftButton
                                   : name == u"middle" ? Qt::MiddleButton
                                   : name == u"right"  ? Qt::RightButton
                                                       : Qt::NoButton;
    if (button == Qt::NoButton)
        return refuse("\"button\" must be left, middle or right.");
    const int count = params[QStringLiteral("count")].toInt(1);
    if (count < 1 || count > 3)
        return refuse("\"count\" must be 1, 2 or 3.");
    const Qt::KeyboardModifiers modifiers = modifiersOf(params);
    sendMouse(tab, QEvent::MouseMove, *at, Qt::NoButton, modifiers, 0);
    for (int i = 1; i <= count; ++i) {
        sendMouse(tab, QEvent::MouseButtonPress, *at, button, modifiers, i);
        sendMouse(tab, QEvent::MouseButtonRelease, *at, button, modifiers, i);
    }
    return {};
}

Result<void> wheel(Tab &tab, const QJsonObject &params)
{
    const double dx = params[QStringLiteral("dx")].toDouble();
    const auto dy = number(params, "dy");
    if (!dy || !std::isfinite(dx) || std::abs(dx) > FarAway)
        return refuse("\"dx\" and \"dy\" must be numbers of pixels.");
    const QPointF at = position(params).value_or(QPointF(1, 1));
    // Qt's wheel turns upwards, a page's positions go down.
    const QPoint pixels(-int(dx), -int(*dy));
    tab.sendWheelEvent(
        QWheelEvent(at, at, pixels, pixels, Qt::NoButton, modifiersOf(params), Qt::NoScrollPhase, false));
    return {};
}

Result<void> keys(Tab &tab, const QJsonObject &params)
{
    const QKeySequence sequence(params[QStringLiteral("keys")].toString());
    if (sequence.isEmpty() || sequence[0].key() == Qt::Key_unknown)
        return refuse("\"keys\" must name keys, such as PageDown or Ctrl+A.");
    for (int i = 0; i < sequence.count(); ++i)
        sendKey(tab, sequence[uint(i)].key(), sequence[uint(i)].keyboardModifiers(), {});
    return {};
}

Result<void> text(Tab &tab, const QJsonObject &params)
{
    const QString typed = params[QStringLiteral("text")].toString();
    if (typed.isEmpty() || typed.size() > MaxTyped)
        return refuse("\"text\" must be a text of 1 to 10,000 characters.");
    for (const QChar c : typed)
        sendKey(tab, c == u'\n' ? int(Qt::Key_Return) : c.toUpper().unicode(), Qt::NoModifier, QString(c));
    return {};
}

} // namespace

Result<void> performInput(Tab &tab, const QJsonObject &params)
{
    const QString type = params[QStringLiteral("type")].toString();
    if (type == u"click")
        return click(tab, params);
    if (type == u"wheel")
        return wheel(tab, params);
    if (type == u"key")
        return keys(tab, params);
    if (type == u"text")
        return text(tab, params);
    if (type == u"move") {
        const auto at = position(params);
        if (!at)
            return refuse("\"x\" and \"y\" must be numbers.");
        sendMouse(tab, QEvent::MouseMove, *at, Qt::NoButton, modifiersOf(params), 0);
        return {};
    }
    return refuse("\"type\" must be click, move, wheel, key or text.");
}

} // namespace bulkhead
