// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/control_style.h"

#include "browser/widgets/color_scheme.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace bulkhead {

ControlStyle::ControlStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
    setObjectName(QStringLiteral("fusion"));
}

void ControlStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (element == PE_PanelButtonTool && (option->state & State_On) && (option->state & State_Enabled))
        return drawChecked(*option, *painter);
    const bool isBox = element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck;
    if ((!isBox && element != PE_IndicatorRadioButton) || !isDark(option->palette))
        return;
    const bool isOn = option->state & State_Enabled;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(
        QPen(chrome::mix(chrome::bar(option->palette), chrome::text(option->palette), isOn ? 0.6 : 0.3), 1));
    painter->setBrush(Qt::NoBrush);
    const QRectF edge = QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5);
    if (isBox)
        painter->drawRoundedRect(edge, 2, 2);
    else
        painter->drawEllipse(edge);
    painter->restore();
}

void ControlStyle::drawChecked(const QStyleOption &option, QPainter &painter)
{
    const QColor accent = chrome::accent(option.palette);
    QColor tint = accent;
    tint.setAlphaF(0.22f);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(accent, 1));
    painter.setBrush(tint);
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
    painter.restore();
}

} // namespace bulkhead
