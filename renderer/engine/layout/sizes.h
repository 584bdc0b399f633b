// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/space.h"
#include "renderer/engine/style/computed_style.h"

#include <optional>

/// Used sizes out of styles (CSS 2.1 10, css-sizing-3). "Of the border box" unless said otherwise.
namespace bulkhead::engine {

class LayoutPass;

LayoutEdges borderOf(const ComputedStyle &style);
/// Padding never is negative.
LayoutEdges paddingOf(const ComputedStyle &style, LayoutUnit containingWidth);
/// auto counts as 0.
LayoutEdges marginOf(const ComputedStyle &style, LayoutUnit containingWidth);
LayoutEdges borderAndPadding(const ComputedStyle &style, LayoutUnit containingWidth);
/// Of the box in the pass: a cell of a table that collapses borders has other borders than its style (the table keeps
/// them), and a box of a fragment none at its open edges.
LayoutEdges borderOf(LayoutPass &pass, BoxId box);
LayoutEdges borderAndPadding(LayoutPass &pass, BoxId box, LayoutUnit containingWidth);

/// @p size, which is that of the content or of the border box as box-sizing says, as size of the border box; never less
/// than @p extra, the border and padding in that axis.
LayoutUnit toBorderBox(LayoutUnit size, const ComputedStyle &style, LayoutUnit extra);

/// A width, min-width or max-width as size of the border box: nothing for auto, none, and percentages of nothing.
/// min-content, max-content and fit-content ask for the box's intrinsic widths, the last fits into @p available.
std::optional<LayoutUnit> resolveWidth(LayoutPass &pass, BoxId box, const Length &width,
                                       std::optional<LayoutUnit> containingWidth, LayoutUnit available);
/// A height, min-height or max-height likewise; nothing for the keywords, which stand for the content's height.
std::optional<LayoutUnit> resolveHeight(LayoutPass &pass, BoxId box, const Length &height,
                                        std::optional<LayoutUnit> containingHeight, LayoutUnit containingWidth);
/// @p width within min-width and max-width, of which the first is stronger.
LayoutUnit clampWidth(LayoutPass &pass, BoxId box, LayoutUnit width, LayoutUnit containingWidth, LayoutUnit available);
LayoutUnit clampHeight(LayoutPass &pass, BoxId box, LayoutUnit height, std::optional<LayoutUnit> containingHeight,
                       LayoutUnit containingWidth);
/// min(max-content, max(min-content, available)).
LayoutUnit fitContent(const Intrinsic &intrinsic, LayoutUnit available);
/// The used width of a floating, absolute, inline-level or aligned box: its width property or else what fits its
/// content (CSS 2.1 10.3.5), within min-width and max-width. Of tables and replaced boxes, too.
/// @p available is what its border box may fill.
LayoutUnit shrinkToFitWidth(LayoutPass &pass, BoxId box, LayoutUnit containingWidth,
                            std::optional<LayoutUnit> containingHeight, LayoutUnit available);

/// Border box sizes that aspect-ratio makes of the other one; the box has one.
LayoutUnit widthFromRatio(LayoutPass &pass, BoxId box, LayoutUnit height, LayoutUnit containingWidth);
LayoutUnit heightFromRatio(LayoutPass &pass, BoxId box, LayoutUnit width, LayoutUnit containingWidth);

/// The height that is definite before the content is laid out: space.height if that is definite, or the box's own
/// height (also from aspect-ratio), clamped. Of the border box.
std::optional<LayoutUnit> definiteHeight(LayoutPass &pass, BoxId box, const Space &space);
/// Of the content box: what percentages of heights in the box are of.
std::optional<LayoutUnit> definiteContentHeight(LayoutPass &pass, BoxId box, const Space &space);
/// The used height of a box whose content, with padding and border, is @p autoHeight high.
LayoutUnit usedHeight(LayoutPass &pass, BoxId box, const Space &space, LayoutUnit autoHeight);

} // namespace bulkhead::engine
