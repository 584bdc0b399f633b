// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/layout_pass.h"

#include <optional>

namespace bulkhead::engine {

/// Makes the fragment of an outside marker beside the line whose baseline is at @p baseline in @p parent, or at the top
/// of the box when it has no lines. @p content.x and @p right are the edges of the lines.
void placeMarker(LayoutPass &pass, BoxId marker, FragmentId parent, LayoutPoint content, LayoutUnit right,
                 std::optional<LayoutUnit> baseline);

} // namespace bulkhead::engine
