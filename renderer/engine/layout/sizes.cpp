// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/sizes.h"

#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/replaced_size.h"

#include <algorithm>

namespace bulkhead::engine {

LayoutEdges borderOf(const ComputedStyle &style)
{
    const std::array<BorderSide, 4> &sides = style.decoration->border;
    return {LayoutUnit::fromPixels(sides[0].width), LayoutUnit::fromPixels(sides[1].width),
            LayoutUnit::fromPixels(sides[2].width), LayoutUnit::fromPixels(sides[3].width)};
}

LayoutEdges paddingOf(const ComputedStyle &style, LayoutUnit containingWidth)
{
    const LengthEdges &padding = style.box->padding;
    const auto used = [&](const Length &length) { return std::max(LayoutUnit(), length.resolve(containingWidth)); };
    return {used(padding.top), used(padding.right), used(padding.bottom), used(padding.left)};
}

LayoutEdges marginOf(const ComputedStyle &style, LayoutUnit containingWidth)
{
    const LengthEdges &margin = style.box->margin;
    return {margin.top.resolve(containingWidth), margin.right.resolve(containingWidth),
            margin.bottom.resolve(containingWidth), margin.left.resolve(containingWidth)};
}

LayoutEdges borderAndPadding(const ComputedStyle &style, LayoutUnit containingWidth)
{
    return borderOf(style) + paddingOf(style, containingWidth);
}

LayoutEdges borderOf(LayoutPass &pass, BoxId box)
{
    const LayoutEdges *other = pass.border(box);
    return other ? *other : borderOf(pass.style(box));
}

LayoutEdges borderAndPadding(LayoutPass &pass, BoxId box, LayoutUnit containingWidth)
{
    return borderOf(pass, box) + paddingOf(pass.style(box), containingWidth);
}

LayoutUnit toBorderBox(LayoutUnit size, const ComputedStyle &style, LayoutUnit extra)
{
    if (style.box->boxSizing == BoxSizing::BorderBox)
        return std::max(size, extra);
    return std::max(size, LayoutUnit()) + extra;
}

std::optional<LayoutUnit> resolveWidth(LayoutPass &pass, BoxId box, const Length &width,
                                       std::optional<LayoutUnit> containingWidth, LayoutUnit available)
{
    switch (width.kind()) {
    case Length::Kind::MinContent:
        return pass.intrinsic(box).min;
    case Length::Kind::MaxContent:
        return pass.intrinsic(box).max;
    case Length::Kind::FitContent:
        return fitContent(pass.intrinsic(box), available);
    default:
        break;
    }
    if (!width.isLength() || (width.dependsOnBase() && !containingWidth))
        return std::nullopt;
    const LayoutUnit base = containingWidth.value_or(LayoutUnit());
    return toBorderBox(width.resolve(base), pass.style(box), borderAndPadding(pass, box, base).horizontal());
}

std::optional<LayoutUnit> resolveHeight(LayoutPass &pass, BoxId box, const Length &height,
                                        std::optional<LayoutUnit> containingHeight, LayoutUnit containingWidth)
{
    if (!height.isLength() || (height.dependsOnBase() && !containingHeight))
        return std::nullopt;
    return toBorderBox(height.resolve(containingHeight.value_or(LayoutUnit())), pass.style(box),
                       borderAndPadding(pass, box, containingWidth).vertical());
}

LayoutUnit clampWidth(LayoutPass &pass, BoxId box, LayoutUnit width, LayoutUnit containingWidth, LayoutUnit available)
{
    const BoxStyle &style = *pass.style(box).box;
    if (const auto most = resolveWidth(pass, box, style.maxWidth, containingWidth, available))
        width = std::min(width, *most);
    if (const auto least = resolveWidth(pass, box, style.minWidth, containingWidth, available))
        width = std::max(width, *least);
    return width;
}

LayoutUnit clampHeight(LayoutPass &pass, BoxId box, LayoutUnit height, std::optional<LayoutUnit> containingHeight,
                       LayoutUnit containingWidth)
{
    const BoxStyle &style = *pass.style(box).box;
    if (const auto most = resolveHeight(pass, box, style.maxHeight, containingHeight, containingWidth))
        height = std::min(height, *most);
    if (const auto least = resolveHeight(pass, box, style.minHeight, containingHeight, containingWidth))
        height = std::max(height, *least);
    return height;
}

LayoutUnit fitContent(const Intrinsic &intrinsic, LayoutUnit available)
{
    return std::min(intrinsic.max, std::max(intrinsic.min, available));
}

LayoutUnit shrinkToFitWidth(LayoutPass &pass, BoxId box, LayoutUnit containingWidth,
                            std::optional<LayoutUnit> containingHeight, LayoutUnit available)
{
    const Box &asked = pass.box(box);
    if (asked.type == Box::Type::Replaced)
        return replacedSize(pass, box, containingWidth, containingHeight, available).width;
    if (asked.isTableWrapper)
        return table::widthIn(pass, box, containingWidth, available);
    const ComputedStyle &style = pass.style(box);
    std::optional<LayoutUnit> width = resolveWidth(pass, box, style.box->width, containingWidth, available);
    if (!width && style.box->aspectRatio) {
        if (const auto height = resolveHeight(pass, box, style.box->height, containingHeight, containingWidth))
            width = widthFromRatio(pass, box, *height, containingWidth);
    }
    if (!width)
        width = fitContent(pass.intrinsic(box), available);
    return clampWidth(pass, box, *width, containingWidth, available);
}

LayoutUnit widthFromRatio(LayoutPass &pass, BoxId box, LayoutUnit height, LayoutUnit containingWidth)
{
    const ComputedStyle &style = pass.style(box);
    const LayoutEdges extra = borderAndPadding(pass, box, containingWidth);
    const double ratio = double(style.box->aspectRatio.value_or(1));
    if (style.box->boxSizing == BoxSizing::BorderBox)
        return std::max(height.scaled(ratio), extra.horizontal());
    return (height - extra.vertical()).scaled(ratio) + extra.horizontal();
}

LayoutUnit heightFromRatio(LayoutPass &pass, BoxId box, LayoutUnit width, LayoutUnit containingWidth)
{
    const ComputedStyle &style = pass.style(box);
    const LayoutEdges extra = borderAndPadding(pass, box, containingWidth);
    const double ratio = std::max(0.0001, double(style.box->aspectRatio.value_or(1)));
    if (style.box->boxSizing == BoxSizing::BorderBox)
        return std::max(width.scaled(1 / ratio), extra.vertical());
    return (width - extra.horizontal()).scaled(1 / ratio) + extra.vertical();
}

std::optional<LayoutUnit> definiteHeight(LayoutPass &pass, BoxId box, const Space &space)
{
    if (space.height)
        return space.isHeightDefinite ? space.height : std::nullopt;
    if (space.rule == HeightRule::Content)
        return std::nullopt;
    const ComputedStyle &style = pass.style(box);
    std::optional<LayoutUnit> height =
        resolveHeight(pass, box, style.box->height, space.containingHeight, space.containingWidth);
    if (!height && style.box->aspectRatio && pass.box(box).type != Box::Type::Replaced)
        height = heightFromRatio(pass, box, space.width, space.containingWidth);
    if (height)
        height = clampHeight(pass, box, *height, space.containingHeight, space.containingWidth);
    return height;
}

std::optional<LayoutUnit> definiteContentHeight(LayoutPass &pass, BoxId box, const Space &space)
{
    const std::optional<LayoutUnit> height = definiteHeight(pass, box, space);
    if (!height)
        return std::nullopt;
    const LayoutUnit extra = borderAndPadding(pass, box, space.containingWidth).vertical();
    return std::max(LayoutUnit(), *height - extra);
}

LayoutUnit usedHeight(LayoutPass &pass, BoxId box, const Space &space, LayoutUnit autoHeight)
{
    if (space.height)
        return *space.height;
    if (space.rule == HeightRule::Content)
        return autoHeight;
    const ComputedStyle &style = pass.style(box);
    std::optional<LayoutUnit> height =
        resolveHeight(pass, box, style.box->height, space.containingHeight, space.containingWidth);
    if (!height && style.box->aspectRatio && pass.box(box).type != Box::Type::Replaced) {
        height = heightFromRatio(pass, box, space.width, space.containingWidth);
        // css-sizing-4 5.1.1: the automatic minimum lets content that is too high grow the box.
        if (style.box->minHeight.isAuto() && !style.isScrollContainer())
            height = std::max(*height, autoHeight);
    }
    return clampHeight(pass, box, height.value_or(autoHeight), space.containingHeight, space.containingWidth);
}

} // namespace bulkhead::engine
