// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/image_value.h"

#include <QImage>
#include <QRectF>
#include <QSizeF>

namespace bulkhead::engine {

/// The part @p part of a gradient image that is @p size large (css-images-3 3), both in CSS pixels, @p scale pixels for
/// each. Null when there is no memory for it.
QImage gradientPicture(const Gradient &gradient, QSizeF size, const QRectF &part, double scale);

} // namespace bulkhead::engine
