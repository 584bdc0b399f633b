// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/computed_style.h"

#include <QRectF>
#include <QTransform>

namespace bulkhead::engine {

/// The transform of a box whose border box is @p box, about its transform-origin; what has depth is seen from the front
/// (css-transforms-1 5, css-transforms-2 6).
QTransform boxTransform(const ComputedStyle &style, const QRectF &box);

} // namespace bulkhead::engine
