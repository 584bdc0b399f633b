// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/layout_unit.h"
#include "renderer/engine/layout/natural_sizes.h"
#include "renderer/engine/style/computed_style.h"

namespace bulkhead::engine {

/// Where the content of a replaced element lies (css-images-3 5.5, 5.6); it may be larger than @p content.
LayoutRect fittedObject(const ComputedStyle &style, const LayoutRect &content, const NaturalSize &natural);

} // namespace bulkhead::engine
