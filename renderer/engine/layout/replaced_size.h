// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/natural_sizes.h"
#include "renderer/engine/layout/space.h"

#include <optional>

namespace bulkhead::engine {

class LayoutPass;

/// The used border box of a replaced box (CSS 2.1 10.3.2, 10.4, 10.6.2). A width of "stretch" kind is not known:
/// keywords count as auto. @p height, when given, is the border box height that the parent decided.
LayoutSize replacedSize(LayoutPass &pass, BoxId box, LayoutUnit containingWidth,
                        std::optional<LayoutUnit> containingHeight, LayoutUnit available,
                        std::optional<LayoutUnit> height = std::nullopt);
/// What the element brings with it: of a picture, or of a form control as its font and attributes make it.
NaturalSize naturalSize(LayoutPass &pass, BoxId box);
/// The size that a form control (or a drawn marker inside of lines) has; nothing for others.
std::optional<NaturalSize> controlSize(LayoutPass &pass, BoxId box);
/// Where the text of a control stands, below the top of its border box; nothing for controls without text.
std::optional<LayoutUnit> controlBaseline(LayoutPass &pass, BoxId box, LayoutUnit containingWidth);

} // namespace bulkhead::engine
