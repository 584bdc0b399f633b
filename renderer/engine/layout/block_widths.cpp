// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/block_widths.h"

#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/replaced_size.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

bool fillsWidth(LayoutPass &pass, BoxId box)
{
    const Box &asked = pass.box(box);
    return !asked.isTableWrapper && asked.type != Box::Type::Replaced;
}

// An auto margin takes what is left, both half of it each; else the containing block's direction says which one gives
// way.
void distribute(BlockWidth &used, const LengthEdges &margin, const Containing &in)
{
    const LayoutUnit left = in.width - used.width - used.marginLeft - used.marginRight;
    const bool isLeftAuto = margin.left.isAuto();
    const bool isRightAuto = margin.right.isAuto();
    if ((isLeftAuto || isRightAuto) && left >= 0) {
        if (isLeftAuto && isRightAuto) {
            used.marginLeft = left / 2;
            used.marginRight = left - used.marginLeft;
        } else {
            (isLeftAuto ? used.marginLeft : used.marginRight) += left;
        }
        return;
    }
    // <center> and align="" move blocks that have room.
    if (in.align == TextAlign::BlockCenter && !isLeftAuto && !isRightAuto)
        used.marginLeft += std::max(LayoutUnit(), left / 2);
    else if (in.align == TextAlign::BlockRight && !isRightAuto)
        used.marginLeft += std::max(LayoutUnit(), left);
    else if (in.direction == Direction::Rtl && in.align != TextAlign::BlockLeft)
        used.marginLeft += left;
    used.marginRight = in.width - used.width - used.marginLeft;
}

} // namespace

BlockWidth blockWidth(LayoutPass &pass, BoxId box, const Containing &in)
{
    const ComputedStyle &style = pass.style(box);
    const LayoutEdges margins = marginOf(style, in.width);
    BlockWidth used{{}, margins.left, margins.right};
    const LayoutUnit available = in.width - margins.horizontal();
    used.width = blockWidthBeside(pass, box, in, available);
    distribute(used, style.box->margin, in);
    return used;
}

LayoutUnit blockWidthBeside(LayoutPass &pass, BoxId box, const Containing &in, LayoutUnit available)
{
    const ComputedStyle &style = pass.style(box);
    if (!fillsWidth(pass, box))
        return shrinkToFitWidth(pass, box, in.width, in.height, available);
    std::optional<LayoutUnit> width = resolveWidth(pass, box, style.box->width, in.width, available);
    if (!width && style.box->aspectRatio) {
        if (const auto height = resolveHeight(pass, box, style.box->height, in.height, in.width))
            width = widthFromRatio(pass, box, *height, in.width);
    }
    if (!width)
        width = std::max(available, borderAndPadding(pass, box, in.width).horizontal());
    return clampWidth(pass, box, *width, in.width, available);
}

} // namespace bulkhead::engine
