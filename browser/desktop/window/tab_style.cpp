// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/tab_style.h"

#include "browser/desktop/window/tab_bar.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"

#include <QLinearGradient>
#include <QPainter>
#include <QPainterPath>
#include <QStyleFactory>
#include <QStyleOptionTab>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr int Padding = 12;
constexpr int Gap = 8;
constexpr int IconSide = 16;
constexpr qreal Radius = 8;

/// The active tab: round at the top, open at the foot, where the toolbar goes on.
QPainterPath activeShape(const QRectF &tab)
{
    const QRectF r = tab.adjusted(0.5, 5.5, -0.5, 1);
    QPainterPath path;
    path.moveTo(r.left(), r.bottom());
    path.lineTo(r.left(), r.top() + Radius);
    path.quadTo(r.left(), r.top(), r.left() + Radius, r.top());
    path.lineTo(r.right() - Radius, r.top());
    path.quadTo(r.right(), r.top(), r.right(), r.top() + Radius);
    path.lineTo(r.right(), r.bottom());
    return path;
}

void drawSpinner(QPainter &painter, const QRectF &place, LoadState state, int phase, const QPalette &palette)
{
    // Waiting turns backwards and grey, loading forwards and in the accent: one sees whether the server has answered.
    const bool waiting = state == LoadState::Waiting;
    const QRectF ring = place.adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(chrome::pressed(palette), 2));
    painter.drawEllipse(ring);
    painter.setPen(
        QPen(waiting ? chrome::faintText(palette) : chrome::accent(palette), 2, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(ring, (waiting ? phase : -phase) * 16, 100 * 16);
}

/// Text that runs out instead of being cut by dots: more of it fits.
void drawFadingText(QPainter &painter, const QRect &place, const QString &text, const QColor &color)
{
    const bool rightToLeft = text.isRightToLeft();
    const int width = painter.fontMetrics().horizontalAdvance(text);
    QPen pen(color);
    if (width > place.width()) {
        QColor clear = color;
        clear.setAlpha(0);
        QLinearGradient fade(place.topLeft(), place.topRight());
        const qreal start = std::max(0.0, 1.0 - 20.0 / std::max(1, place.width()));
        if (rightToLeft) {
            fade.setColorAt(0, clear);
            fade.setColorAt(1 - start, color);
        } else {
            fade.setColorAt(start, color);
            fade.setColorAt(1, clear);
        }
        pen = QPen(QBrush(fade), 1);
    }
    painter.setPen(pen);
    const Qt::Alignment alignment = rightToLeft && width > place.width() ? Qt::AlignRight : Qt::AlignLeft;
    painter.drawText(place, int(alignment) | Qt::AlignVCenter | Qt::TextSingleLine, text);
}

/// At the end of @p place; how wide it is.
int drawBadge(QPainter &painter, const QRect &place, const QString &text, const QPalette &palette)
{
    QFont small = painter.font();
    small.setPointSizeF(small.pointSizeF() * 0.82);
    painter.save();
    painter.setFont(small);
    const int width = painter.fontMetrics().horizontalAdvance(text) + 8;
    QRect badge(0, 0, width, painter.fontMetrics().height() + 2);
    badge.moveCenter(place.center());
    badge.moveRight(place.right());
    painter.setPen(Qt::NoPen);
    painter.setBrush(chrome::hover(palette));
    painter.drawRoundedRect(badge, 4, 4);
    painter.setPen(chrome::text(palette));
    painter.drawText(badge, Qt::AlignCenter, text);
    painter.restore();
    return width;
}

} // namespace

TabStyle::TabStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void TabStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                           const QWidget *widget) const
{
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    const auto *bar = qobject_cast<const TabBar *>(widget);
    if (!tab || !bar) {
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    }
    switch (element) {
    case CE_TabBarTab:
        // The base style would look the parts up in itself: QProxyStyle resolves them here.
        drawControl(CE_TabBarTabShape, option, painter, widget);
        drawControl(CE_TabBarTabLabel, option, painter, widget);
        return;
    case CE_TabBarTabShape:
        drawShape(*tab, *painter);
        return;
    case CE_TabBarTabLabel:
        drawLabel(*tab, *bar, *painter);
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void TabStyle::drawShape(const QStyleOptionTab &tab, QPainter &painter) const
{
    const bool selected = tab.state & State_Selected;
    const QPalette &palette = tab.palette;
    const QRectF area = tab.rect;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    if (selected) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(chrome::bar(palette));
        painter.drawPath(activeShape(area));
        painter.setPen(chrome::line(palette));
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(activeShape(area));
    } else if (tab.state & State_MouseOver) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(chrome::hover(palette));
        painter.drawRoundedRect(area.adjusted(3, 7, -3, -5), 6, 6);
    }
    const bool lineAtEnd = !selected && tab.selectedPosition != QStyleOptionTab::NextIsSelected &&
                           tab.position != QStyleOptionTab::End && tab.position != QStyleOptionTab::OnlyOneTab;
    if (lineAtEnd) {
        const int x = tab.direction == Qt::RightToLeft ? tab.rect.left() : tab.rect.right();
        painter.fillRect(QRectF(x, area.top() + 13, 1, area.height() - 24), chrome::line(palette));
    }
    if (selected && (tab.state & State_HasFocus)) {
        painter.setPen(QPen(chrome::accent(palette), 2));
        painter.drawRoundedRect(area.adjusted(4, 9, -4, -4), 5, 5);
    }
    painter.restore();
}

void TabStyle::drawLabel(const QStyleOptionTab &tab, const TabBar &bar, QPainter &painter) const
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const int y = tab.rect.top() + 3;
    const QRect inner(tab.rect.left(), y, tab.rect.width(), tab.rect.height() - 2);
    const bool iconOnly = tab.rect.width() < IconOnlyWidth;
    QRect icon(0, 0, IconSide, IconSide);
    icon.moveCenter(inner.center());
    if (!iconOnly)
        icon.moveLeft(inner.left() + Padding);
    else if (tab.rightButtonSize.width() > 0)
        icon.moveLeft(inner.left() + 6);
    const TabBar::Look look = bar.lookOf(tab.tabIndex);
    icon = visualRect(tab.direction, inner, icon);
    if (look.isDiscarded) { // it is there, and it is not
        QFont slanted = painter.font();
        slanted.setItalic(true);
        painter.setFont(slanted);
        painter.setOpacity(0.6);
    }
    if (look.loadState != LoadState::Idle)
        drawSpinner(painter, icon, look.loadState, bar.spinnerPhase(), tab.palette);
    else
        tab.icon.paint(&painter, icon);
    if (!iconOnly) {
        const int end = tab.rightButtonSize.width() > 0 ? tab.rightButtonSize.width() + Gap : Padding;
        QRect text = inner.adjusted(Padding + IconSide + Gap, 0, -end, 0);
        text = visualRect(tab.direction, inner, text);
        if (!look.badge.isEmpty() && text.width() > 70)
            text.setRight(text.right() - drawBadge(painter, text, look.badge, tab.palette) - 4);
        drawFadingText(painter, text, look.title,
                       tab.state & State_Selected ? chrome::text(tab.palette) : chrome::faintText(tab.palette));
    }
    painter.restore();
}

void TabStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    if (element == PE_IndicatorTabClose) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF ground = QRectF(option->rect).adjusted(1, 1, -1, -1);
        if (option->state & (State_MouseOver | State_Sunken)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(option->state & State_Sunken ? chrome::pressed(option->palette)
                                                           : chrome::hover(option->palette));
            painter->drawRoundedRect(ground, 5, 5);
        }
        const QPointF c = QRectF(option->rect).center();
        painter->setPen(QPen(chrome::faintText(option->palette), 1.4, Qt::SolidLine, Qt::RoundCap));
        painter->drawLine(c + QPointF(-3.25, -3.25), c + QPointF(3.25, 3.25));
        painter->drawLine(c + QPointF(3.25, -3.25), c + QPointF(-3.25, 3.25));
        painter->restore();
        return;
    }
    if (element == PE_FrameTabBarBase || element == PE_IndicatorTabTear)
        return;
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

int TabStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return 20;
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabOverlap:
        return 0;
    case PM_TabBarScrollButtonWidth:
        return 24;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

QRect TabStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    if (element == SE_TabBarTabRightButton) {
        const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
        if (tab) {
            const QSize size = tab->rightButtonSize;
            QRect button(QPoint(), size);
            const bool iconOnly = tab->rect.width() < IconOnlyWidth;
            button.moveCenter(QPoint(0, tab->rect.center().y() + 2));
            button.moveRight(tab->rect.right() - (iconOnly ? 3 : 8));
            return visualRect(tab->direction, tab->rect, button);
        }
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

int TabStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                        QStyleHintReturn *result) const
{
    switch (hint) {
    case SH_TabBar_CloseButtonPosition:
        return QTabBar::RightSide;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_TabBar_ElideMode:
        return Qt::ElideNone;
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

} // namespace bulkhead
