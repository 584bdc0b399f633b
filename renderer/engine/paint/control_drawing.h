// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/paint/paint_input.h"

#include <QRectF>

namespace bulkhead::engine {

/// Records what an element shows that is replaced but has no picture: a form control, an image that failed, or nothing.
/// @p content is its content edge in whole pixels. Its border and background are those of its style.
void recordControl(const PaintInput &input, DisplayList &list, const ComputedStyle &style, NodeId element,
                   const QRectF &content);

} // namespace bulkhead::engine
