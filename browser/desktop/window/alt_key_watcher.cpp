// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/alt_key_watcher.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QWidget>

namespace bulkhead {

AltKeyWatcher::AltKeyWatcher(QWidget *window) : QObject(window), m_window(window)
{
    QCoreApplication::instance()->installEventFilter(this);
}

bool AltKeyWatcher::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride:
    case QEvent::KeyPress: {
        const auto *key = static_cast<QKeyEvent *>(event);
        m_pressed = key->key() == Qt::Key_Alt && key->modifiers() == Qt::AltModifier && !key->isAutoRepeat();
        break;
    }
    case QEvent::KeyRelease: {
        // Each press and release comes several times, to the window's handle and to widgets; the widgets' counts.
        auto *widget = qobject_cast<QWidget *>(watched);
        const auto *key = static_cast<QKeyEvent *>(event);
        if (widget && key->key() == Qt::Key_Alt && m_pressed && widget->window() == m_window) {
            m_pressed = false;
            Q_EMIT tapped();
        }
        break;
    }
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
    case QEvent::WindowDeactivate:
        m_pressed = false;
        break;
    default:
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace bulkhead
