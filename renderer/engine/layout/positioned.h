// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/block_widths.h"
#include "renderer/engine/layout/layout_pass.h"

#include <optional>

namespace bulkhead::engine {

/// How far position: relative moves a box (CSS 2.1 9.4.3); nothing for others. sticky stays where it is, as at the
/// start of its scroll area. @p containing has a width only; percentages of an unknown height count as auto.
LayoutPoint relativeOffset(const ComputedStyle &style, LayoutSize containing,
                           std::optional<LayoutUnit> containingHeight);
/// The sum of these of the inline boxes round @p box, up to the block container @p root.
LayoutPoint inlineShift(LayoutPass &pass, BoxId box, BoxId root, const Containing &in);

/// Lays out and attaches an absolute or fixed box (CSS 2.1 10.3.7, 10.6.4), after the fragments of its containing
/// block.
void placeOutOfFlow(LayoutPass &pass, BoxId box, const StaticPosition &position);

} // namespace bulkhead::engine
