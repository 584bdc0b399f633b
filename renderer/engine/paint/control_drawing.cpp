// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/control_drawing.h"

namespace bulkhead::engine {

void recordControl(const PaintInput &, DisplayList &, const ComputedStyle &, NodeId, const QRectF &) {}

} // namespace bulkhead::engine
