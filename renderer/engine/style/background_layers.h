// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/position_parser.h"
#include "renderer/engine/style/computing.h"

namespace bulkhead::engine {

using css::fromFarEnd;

/// Puts the lists of the background's longhands together to layers.
void finishBackground(Computing &computing);

} // namespace bulkhead::engine
