// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QProxyStyle>

namespace bulkhead {

/// Fusion with check boxes and radio buttons that can be seen on a dark ground: Fusion derives their outline by
/// darkening the window's colour, which leaves nothing of it there (WCAG 2.1, 1.4.11 asks for 3:1). Tool buttons that
/// are checked have the accent's colour: Fusion's shade of the same grey is lost in the dark.
class ControlStyle : public QProxyStyle
{
    Q_OBJECT
public:
    ControlStyle();

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;

private:
    static void drawChecked(const QStyleOption &option, QPainter &painter);
};

} // namespace bulkhead
