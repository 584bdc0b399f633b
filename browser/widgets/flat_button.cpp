// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/flat_button.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QAction>
#include <QEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QPainter>
#include <QStyleOptionToolButton>

#include <algorithm>

namespace bulkhead {

FlatButton::FlatButton(QWidget *parent, Size size) : QToolButton(parent), m_size(size)
{
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    setIconSize(QSize(16, 16));
    setToolButtonStyle(Qt::ToolButtonIconOnly);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

FlatButton::FlatButton(QAction *action, QWidget *parent, Size size) : FlatButton(parent, size)
{
    setDefaultAction(action);
}

void FlatButton::setMeaning(const QString &iconName, const QString &text)
{
    setIcon(standardIcon(iconName));
    setText(text);
    plain::setAccessibleName(this, OutsideText(text));
    plain::setToolTip(this, OutsideText(text));
}

void FlatButton::setProgress(double progress)
{
    if (m_progress == progress)
        return;
    m_progress = progress;
    update();
}

QSize FlatButton::sizeHint() const
{
    const int side =
        std::max(m_size == Size::Small ? 24 : 32, fontMetrics().height() + (m_size == Size::Small ? 6 : 14));
    if (toolButtonStyle() == Qt::ToolButtonIconOnly)
        return {side, side};
    const int icon = toolButtonStyle() == Qt::ToolButtonTextOnly ? 0 : iconSize().width() + 6;
    return {fontMetrics().horizontalAdvance(text()) + icon + 16, side};
}

bool FlatButton::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && defaultAction() && !defaultAction()->shortcut().isEmpty()) {
        const QString shortcut = defaultAction()->shortcut().toString(QKeySequence::NativeText);
        plain::showToolTip(
            static_cast<QHelpEvent *>(event)->globalPos(),
            OutsideText(tr("%1 (%2)", "tooltip: what the button does (its shortcut)").arg(text(), shortcut)), this);
        return true;
    }
    return QToolButton::event(event);
}

void FlatButton::paintEvent(QPaintEvent *)
{
    QStyleOptionToolButton option;
    initStyleOption(&option);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF ground = QRectF(rect()).adjusted(1, 1, -1, -1);

    const bool down = isDown() || isChecked() || (menu() && menu()->isVisible());
    if (isEnabled() && (down || underMouse())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(down ? chrome::pressed(palette()) : chrome::hover(palette()));
        painter.drawRoundedRect(ground, 6, 6);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter.setPen(QPen(chrome::accent(palette()), 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(ground.adjusted(1, 1, -1, -1), 5, 5);
    }
    if (m_progress >= 0) {
        const QRectF ring = QRectF(0, 0, 26, 26).translated(QRectF(rect()).center() - QPointF(13, 13));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(chrome::pressed(palette()), 2.5));
        painter.drawEllipse(ring);
        painter.setPen(QPen(chrome::accent(palette()), 2.5, Qt::SolidLine, Qt::RoundCap));
        painter.drawArc(ring, 90 * 16, -qRound(360 * 16 * std::min(m_progress, 1.0)));
    }

    const QIcon::Mode mode = isEnabled() ? QIcon::Normal : QIcon::Disabled;
    QRect content = rect();
    if (toolButtonStyle() == Qt::ToolButtonTextOnly) {
        painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText));
        painter.drawText(content, Qt::AlignCenter | Qt::TextShowMnemonic, text());
        return;
    }
    QRect iconRect(QPoint(), iconSize());
    if (toolButtonStyle() == Qt::ToolButtonIconOnly) {
        iconRect.moveCenter(content.center());
    } else {
        iconRect.moveCenter(QPoint(0, content.center().y()));
        iconRect.moveLeft(8);
        content.setLeft(iconRect.right() + 7);
        painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText));
        painter.drawText(content, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic, text());
    }
    icon().paint(&painter, QStyle::visualRect(layoutDirection(), rect(), iconRect), Qt::AlignCenter, mode);
}

} // namespace bulkhead
