// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/overlay_bubble.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/plain_text.h"

#include <QAccessible>
#include <QEvent>
#include <QPainter>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr int Margin = 12;
constexpr int HorizontalPadding = 12;
constexpr int VerticalPadding = 6;
} // namespace

OverlayBubble::OverlayBubble(Place place, QWidget *parent) : QWidget(parent), m_place(place)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &OverlayBubble::clear);
    parent->installEventFilter(this);
}

void OverlayBubble::showText(const OutsideText &text, int milliseconds)
{
    if (text.isEmpty())
        return clear();
    m_text = text;
    plain::setAccessibleName(this, text);
    arrange();
    show();
    raise();
    update();
    if (milliseconds > 0) {
        m_timer.start(milliseconds);
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    } else {
        m_timer.stop();
    }
}

void OverlayBubble::clear()
{
    m_timer.stop();
    m_text = {};
    hide();
}

void OverlayBubble::setTextColor(const QColor &color)
{
    m_textColor = color;
    update();
}

void OverlayBubble::setPosition(QPoint topLeft)
{
    m_position = topLeft;
    if (isVisible())
        arrange();
}

QSize OverlayBubble::bubbleSize() const
{
    const int widest = m_place == Place::BottomStart ? std::max(160, parentWidget()->width() * 3 / 5)
                                                     : std::max(160, parentWidget()->width() - 2 * Margin);
    // One pixel more than measured: advances are rounded and the text would be elided for a fraction.
    return {std::min(widest, fontMetrics().horizontalAdvance(m_text.plain()) + 2 * HorizontalPadding + 2),
            fontMetrics().height() + 2 * VerticalPadding};
}

void OverlayBubble::arrange()
{
    const QRect area = parentWidget()->rect();
    QRect place(QPoint(), bubbleSize());
    const bool rightToLeft = layoutDirection() == Qt::RightToLeft;
    switch (m_place) {
    case Place::BottomStart: {
        place.moveBottomLeft(area.bottomLeft());
        QRect other = place;
        other.moveBottomRight(area.bottomRight());
        if (rightToLeft)
            std::swap(place, other);
        if (place.adjusted(-24, -24, 24, 24).contains(parentWidget()->mapFromGlobal(QCursor::pos())))
            place = other;
        break;
    }
    case Place::TopEnd:
        place.moveTopRight(area.topRight() + QPoint(-Margin, Margin));
        if (rightToLeft)
            place.moveTopLeft(area.topLeft() + QPoint(Margin, Margin));
        break;
    case Place::TopCenter:
        place.moveTopLeft(QPoint(area.center().x() - place.width() / 2, area.top() + 2 * Margin));
        break;
    case Place::Given:
        place.moveTopLeft(m_position);
        break;
    }
    setGeometry(place);
}

void OverlayBubble::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(chrome::line(palette()));
    painter.setBrush(m_place == Place::BottomStart ? chrome::bar(palette()) : palette().color(QPalette::ToolTipBase));
    const QRectF ground = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    if (m_place == Place::BottomStart) {
        // Sits in the corner: only the corner that points into the page is round.
        const bool atLeft = x() == 0;
        painter.drawRoundedRect(ground.adjusted(atLeft ? -8 : 0, 0, atLeft ? 0 : 8, 8), 6, 6);
    } else {
        painter.drawRoundedRect(ground, 7, 7);
    }
    painter.setPen(m_textColor.isValid()           ? m_textColor
                   : m_place == Place::BottomStart ? chrome::text(palette())
                                                   : palette().color(QPalette::ToolTipText));
    const QRect textRect = rect().adjusted(HorizontalPadding, 0, -HorizontalPadding, 0);
    painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(m_text.plain(), Qt::ElideMiddle, textRect.width() + 1));
}

bool OverlayBubble::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == parent() && event->type() == QEvent::Resize && isVisible())
        arrange();
    return QWidget::eventFilter(watched, event);
}

} // namespace bulkhead
