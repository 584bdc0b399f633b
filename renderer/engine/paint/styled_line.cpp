// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/styled_line.h"

#include "renderer/engine/paint/drawing.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

constexpr double widestSquareDot = 3;

// The gap nearest to the wished one with which whole dashes fill the line.
double evenGap(double length, double dash, double gap, bool isClosed)
{
    const double fewer = std::floor((isClosed ? length : length + gap) / (dash + gap));
    const auto gapOf = [&](double dashes) {
        const double gaps = isClosed ? dashes : dashes - 1;
        return gaps > 0 ? (length - dashes * dash) / gaps : -1;
    };
    const double wide = gapOf(fewer), narrow = gapOf(fewer + 1);
    if (narrow <= 0)
        return wide > 0 ? wide : gap;
    if (wide <= 0)
        return narrow;
    return std::abs(wide - gap) < std::abs(narrow - gap) ? wide : narrow;
}

} // namespace

QPen patternPen(const QColor &color, double width, double length, LinePattern pattern, bool isClosed)
{
    QPen pen(color, width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin);
    if (width <= 0)
        return pen;
    // Qt counts dashes in widths of the pen.
    if (pattern == LinePattern::Dotted && width > widestSquareDot) {
        pen.setCapStyle(Qt::RoundCap);
        const double gap = length < 2 * width ? 2 * width : evenGap(length, width, width, isClosed);
        pen.setDashPattern({0.001, std::max(0.01, (gap + width) / width - 0.002)});
        return pen;
    }
    double dash = width, gap = width;
    if (pattern == LinePattern::Dashed) {
        dash *= width >= 3 ? 2 : 3;
        gap *= width >= 3 ? 1 : 2;
    }
    if (length <= 2 * dash)
        return pen;
    const double two = 2 * dash + gap + (isClosed ? gap : 0);
    if (length <= two) {
        dash *= length / two;
        gap *= length / two;
    } else if (pattern == LinePattern::Dashed) {
        gap = evenGap(length, dash, gap, isClosed);
    }
    pen.setDashPattern({dash / width, gap / width});
    return pen;
}

void drawPatternLine(QPainter &painter, const QRectF &rect, bool isVertical, const QColor &color, LinePattern pattern)
{
    const double width = isVertical ? rect.width() : rect.height();
    const double length = isVertical ? rect.height() : rect.width();
    if (width <= 0 || length <= 0)
        return;
    const bool isRound = pattern == LinePattern::Dotted && width > widestSquareDot;
    const double inset = isRound ? std::min(width, length) / 2 : 0;
    const QPointF middle = rect.center();
    const QLineF line = isVertical ? QLineF(middle.x(), rect.top() + inset, middle.x(), rect.bottom() - inset)
                                   : QLineF(rect.left() + inset, middle.y(), rect.right() - inset, middle.y());
    const Smooth smooth(painter);
    painter.setPen(patternPen(color, width, length, pattern, false));
    painter.drawLine(line);
}

} // namespace bulkhead::engine
