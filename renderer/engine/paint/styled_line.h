// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QColor>
#include <QPainter>
#include <QPen>
#include <QRectF>

namespace bulkhead::engine {

enum class LinePattern { Dotted, Dashed };

/// A pen whose dashes or dots fill a line of @p length evenly, so that it begins and ends with a whole one; gaps are
/// stretched for it. Dots of three pixels and less are squares. @p isClosed: an outline without ends.
QPen patternPen(const QColor &color, double width, double length, LinePattern pattern, bool isClosed);

/// A dotted or dashed line that fills the long way of @p rect, as wide as its short way.
void drawPatternLine(QPainter &painter, const QRectF &rect, bool isVertical, const QColor &color, LinePattern pattern);

} // namespace bulkhead::engine
