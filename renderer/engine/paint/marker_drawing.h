// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/style/keywords.h"

#include <QColor>
#include <QRectF>
#include <QString>

#include <optional>

namespace bulkhead::engine {

enum class MarkerKind { Disc, Circle, Square, TriangleDown, TriangleRight, TriangleLeft };

/// Of the counter styles that are no text (css-counter-styles-3 6.3).
std::optional<MarkerKind> markerKind(const QString &listStyleType, Direction direction);

/// @p rect is what the shape fills, in whole pixels.
void recordMarker(DisplayList &list, MarkerKind shape, const QRectF &rect, const QColor &color);

} // namespace bulkhead::engine
