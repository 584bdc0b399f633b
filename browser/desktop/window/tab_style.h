// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QProxyStyle>

class QStyleOptionTab;

namespace bulkhead {

class TabBar;

/// Draws the tabs of a TabBar: the active one stands out as part of the toolbar below it, the others are flat with
/// hairlines between. A style and not a paintEvent(), so that QTabBar's own dragging draws the same tab.
class TabStyle : public QProxyStyle
{
    Q_OBJECT
public:
    TabStyle();

    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *result) const override;

    /// Below this width a tab shows its icon alone.
    static constexpr int IconOnlyWidth = 64;

private:
    void drawShape(const QStyleOptionTab &tab, QPainter &painter) const;
    void drawLabel(const QStyleOptionTab &tab, const TabBar &bar, QPainter &painter) const;
};

} // namespace bulkhead
