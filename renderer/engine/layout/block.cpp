// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/block_flow.h"
#include "renderer/engine/layout/formatting_context.h"
#include "renderer/engine/layout/inline_content.h"
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

/// Floats stand in a row until something clears them (as intrinsic widths go, which no specification defines).
struct FloatRow
{
    LayoutUnit left, right;

    LayoutUnit sum() const { return left + right; }
    void clear(Clear which)
    {
        if (which == Clear::Left || which == Clear::Both)
            left = {};
        if (which == Clear::Right || which == Clear::Both)
            right = {};
    }
};

Intrinsic blocksIntrinsic(LayoutPass &pass, BoxId box)
{
    Intrinsic widths;
    FloatRow row;
    for (const BoxId child : pass.boxes().children(box)) {
        const ComputedStyle &style = pass.style(child);
        const Box &asked = pass.box(child);
        if (style.isOutOfFlow() || asked.type == Box::Type::Marker)
            continue;
        const Intrinsic own = pass.contribution(child);
        widths.min = std::max(widths.min, own.min);
        row.clear(style.clear);
        if (style.isFloating()) {
            (style.floating == Float::Left ? row.left : row.right) += std::max(LayoutUnit(), own.max);
            widths.max = std::max(widths.max, row.sum());
            continue;
        }
        const bool standsBeside = asked.isFlowRoot || asked.isTableWrapper || asked.type != Box::Type::Block;
        widths.max = std::max(widths.max, standsBeside ? own.max + row.sum() : own.max);
        if (standsBeside)
            row = {};
    }
    return widths;
}

} // namespace

Intrinsic LayoutPass::contribution(BoxId id)
{
    const ComputedStyle &asked = style(id);
    Intrinsic widths = intrinsic(id);
    const Box &of = box(id);
    if (of.type != Box::Type::Replaced && !of.isTableWrapper) {
        std::optional<LayoutUnit> width = resolveWidth(*this, id, asked.box->width, std::nullopt, LayoutUnit::max());
        if (!width && asked.box->aspectRatio) {
            if (const auto height = resolveHeight(*this, id, asked.box->height, std::nullopt, LayoutUnit()))
                width = widthFromRatio(*this, id, *height, LayoutUnit());
        }
        if (width && !asked.box->width.is(Length::Kind::FitContent))
            widths = {*width, *width};
        const auto most = resolveWidth(*this, id, asked.box->maxWidth, std::nullopt, LayoutUnit::max());
        const auto least = resolveWidth(*this, id, asked.box->minWidth, std::nullopt, LayoutUnit::max());
        for (LayoutUnit *end : {&widths.min, &widths.max}) {
            *end = most ? std::min(*end, *most) : *end;
            *end = least ? std::max(*end, *least) : *end;
        }
    }
    const LayoutUnit margins = marginOf(asked, LayoutUnit()).horizontal();
    return {widths.min + margins, widths.max + margins};
}

namespace block {

Intrinsic intrinsic(LayoutPass &pass, BoxId box)
{
    Intrinsic widths = pass.box(box).isInlineRoot ? inlineIntrinsic(pass, box) : blocksIntrinsic(pass, box);
    const LayoutUnit extra = borderAndPadding(pass, box, LayoutUnit()).horizontal();
    return {widths.min + extra, widths.max + extra};
}

Measured heightAt(LayoutPass &pass, BoxId box, const Space &space)
{
    BlockFlow flow(pass, BlockFlow::Mode::Measure);
    const BlockFlow::Result result = flow.run(box, space);
    return {usedHeight(pass, box, space, result.autoHeight), result.baselines};
}

Placed place(LayoutPass &pass, BoxId box, const Space &space)
{
    BlockFlow flow(pass, BlockFlow::Mode::Place);
    const BlockFlow::Result result = flow.run(box, space);
    Placed placed{result.fragment, usedHeight(pass, box, space, result.autoHeight), result.baselines};
    Fragment &fragment = pass.tree().fragment(placed.fragment);
    fragment.size.height = placed.height;
    fragment.baseline = placed.baselines.first.value_or(LayoutUnit());
    return placed;
}

} // namespace block

} // namespace bulkhead::engine
