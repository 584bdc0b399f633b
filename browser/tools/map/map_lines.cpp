// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/map/map_lines.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::map {

namespace {
constexpr double Gap = 7; // between parallel lines
}

int dotCount(double perSecond)
{
    return perSecond < 0.05 ? 0 : std::clamp(1 + int(std::log10(std::max(1.0, perSecond))), 1, 4);
}

QLineF lineBeside(QPointF from, double fromRadius, QPointF to, double toRadius, double number)
{
    QLineF line(from, to);
    if (line.length() < fromRadius + toRadius + 2)
        return {};
    const QPointF along = (to - from) / line.length();
    const QPointF aside = QPointF(-along.y(), along.x()) * Gap * number;
    return {from + along * fromRadius + aside, to - along * toRadius + aside};
}

} // namespace bulkhead::map
