// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/formatting_context.h"
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/replaced_size.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>

/// Replaced boxes (CSS 2.1 10.3.2, 10.6.2, 10.4).
namespace bulkhead::engine {

namespace {

constexpr int DefaultWidth = 300;
constexpr int DefaultHeight = 150;

struct Limits
{
    LayoutUnit least;
    LayoutUnit most = LayoutUnit::max();

    LayoutUnit clamp(LayoutUnit size) const { return std::max(least, std::min(most, size)); }
};

/// Content box sizes in one axis.
struct Asked
{
    std::optional<LayoutUnit> size;
    Limits limits;
};

std::optional<LayoutUnit> contentSize(std::optional<LayoutUnit> borderBox, LayoutUnit extra)
{
    return borderBox ? std::optional(std::max(LayoutUnit(), *borderBox - extra)) : std::nullopt;
}

// css-sizing-3 5: intrinsic keywords of a replaced box are its natural width.
std::optional<LayoutUnit> widthOf(LayoutPass &pass, BoxId box, const Length &length,
                                  std::optional<LayoutUnit> containingWidth, LayoutUnit extra)
{
    if (!length.isLength())
        return std::nullopt;
    return contentSize(resolveWidth(pass, box, length, containingWidth, LayoutUnit()), extra);
}

Asked askedWidth(LayoutPass &pass, BoxId box, std::optional<LayoutUnit> containingWidth, LayoutUnit extra)
{
    const BoxStyle &style = *pass.style(box).box;
    Asked asked;
    asked.size = widthOf(pass, box, style.width, containingWidth, extra);
    asked.limits.least = widthOf(pass, box, style.minWidth, containingWidth, extra).value_or(LayoutUnit());
    asked.limits.most = widthOf(pass, box, style.maxWidth, containingWidth, extra).value_or(LayoutUnit::max());
    return asked;
}

Asked askedHeight(LayoutPass &pass, BoxId box, std::optional<LayoutUnit> containingHeight, LayoutUnit containingWidth,
                  LayoutUnit extra)
{
    const BoxStyle &style = *pass.style(box).box;
    const auto resolve = [&](const Length &length) {
        return contentSize(resolveHeight(pass, box, length, containingHeight, containingWidth), extra);
    };
    Asked asked;
    asked.size = resolve(style.height);
    asked.limits.least = resolve(style.minHeight).value_or(LayoutUnit());
    asked.limits.most = resolve(style.maxHeight).value_or(LayoutUnit::max());
    return asked;
}

// The table of 10.4: both are auto, there is a ratio, and limits are violated.
LayoutSize constrained(LayoutSize size, const Limits &x, const Limits &y)
{
    const double w = std::max(1.0 / 64, size.width.toDouble());
    const double h = std::max(1.0 / 64, size.height.toDouble());
    const LayoutUnit maxW = std::max(x.least, x.most);
    const LayoutUnit maxH = std::max(y.least, y.most);
    const auto heightAt = [&](LayoutUnit width) { return LayoutUnit::fromPixels(width.toDouble() * h / w); };
    const auto widthAt = [&](LayoutUnit height) { return LayoutUnit::fromPixels(height.toDouble() * w / h); };
    const bool tooWide = size.width > maxW, tooNarrow = size.width < x.least;
    const bool tooHigh = size.height > maxH, tooLow = size.height < y.least;
    if (tooWide && tooHigh) {
        if (maxW.toDouble() / w <= maxH.toDouble() / h)
            return {maxW, std::max(y.least, heightAt(maxW))};
        return {std::max(x.least, widthAt(maxH)), maxH};
    }
    if (tooNarrow && tooLow) {
        if (x.least.toDouble() / w <= y.least.toDouble() / h)
            return {std::min(maxW, widthAt(y.least)), y.least};
        return {x.least, std::min(maxH, heightAt(x.least))};
    }
    if (tooNarrow && tooHigh)
        return {x.least, maxH};
    if (tooWide && tooLow)
        return {maxW, y.least};
    if (tooWide)
        return {maxW, std::max(heightAt(maxW), y.least)};
    if (tooNarrow)
        return {x.least, std::min(heightAt(x.least), maxH)};
    if (tooHigh)
        return {std::max(widthAt(maxH), x.least), maxH};
    if (tooLow)
        return {std::min(widthAt(y.least), maxW), y.least};
    return size;
}

// A ratio of 0: there is none.
LayoutSize contentBox(const NaturalSize &natural, double ratio, const Asked &x, const Asked &y, LayoutUnit available)
{
    if (x.size && y.size)
        return {x.limits.clamp(*x.size), y.limits.clamp(*y.size)};
    if (x.size) {
        const LayoutUnit width = x.limits.clamp(*x.size);
        const LayoutUnit height = ratio > 0 ? LayoutUnit::fromPixels(width.toDouble() / ratio)
                                            : natural.height.value_or(LayoutUnit(DefaultHeight));
        return {width, y.limits.clamp(height)};
    }
    if (y.size) {
        const LayoutUnit height = y.limits.clamp(*y.size);
        const LayoutUnit width = ratio > 0 ? LayoutUnit::fromPixels(height.toDouble() * ratio)
                                           : natural.width.value_or(LayoutUnit(DefaultWidth));
        return {x.limits.clamp(width), height};
    }
    if (ratio <= 0)
        return {x.limits.clamp(natural.width.value_or(LayoutUnit(DefaultWidth))),
                y.limits.clamp(natural.height.value_or(LayoutUnit(DefaultHeight)))};
    LayoutSize size;
    if (natural.width || natural.height) {
        size.width = natural.width ? *natural.width : LayoutUnit::fromPixels(natural.height->toDouble() * ratio);
        size.height = natural.height ? *natural.height : LayoutUnit::fromPixels(size.width.toDouble() / ratio);
    } else {
        // A ratio alone: as wide as a block would be.
        size.width = available > 0 ? available : LayoutUnit(DefaultWidth);
        size.height = LayoutUnit::fromPixels(size.width.toDouble() / ratio);
    }
    return constrained(size, x.limits, y.limits);
}

double ratioOf(const NaturalSize &natural, const BoxStyle &style)
{
    const double own = natural.ratio && *natural.ratio > 0 ? *natural.ratio : 0;
    if (style.aspectRatio && (!style.aspectRatioAuto || own <= 0))
        return std::max(0.0, double(*style.aspectRatio));
    return own;
}

LayoutSize sizeIn(LayoutPass &pass, BoxId box, std::optional<LayoutUnit> containingWidth,
                  std::optional<LayoutUnit> containingHeight, LayoutUnit available, std::optional<LayoutUnit> height)
{
    const ComputedStyle &style = pass.style(box);
    const LayoutUnit base = containingWidth.value_or(LayoutUnit());
    const LayoutEdges extra = borderAndPadding(pass, box, base);
    const NaturalSize natural = naturalSize(pass, box);
    Asked y = askedHeight(pass, box, containingHeight, base, extra.vertical());
    if (height)
        y = {std::max(LayoutUnit(), *height - extra.vertical()), {}};
    const LayoutSize content =
        contentBox(natural, ratioOf(natural, *style.box), askedWidth(pass, box, containingWidth, extra.horizontal()), y,
                   available - extra.horizontal());
    return {content.width + extra.horizontal(), content.height + extra.vertical()};
}

} // namespace

LayoutSize replacedSize(LayoutPass &pass, BoxId box, LayoutUnit containingWidth,
                        std::optional<LayoutUnit> containingHeight, LayoutUnit available,
                        std::optional<LayoutUnit> height)
{
    return sizeIn(pass, box, containingWidth, containingHeight, available, height);
}

NaturalSize naturalSize(LayoutPass &pass, BoxId box)
{
    const ComputedStyle &style = pass.style(box);
    if (const auto control = controlSize(pass, box))
        return *control;
    // ::before { content: url() } and the like: a picture of the style.
    if (const auto &content = style.rare->content;
        content && content->size() == 1 && content->front().kind == ContentItem::Kind::Image)
        return pass.naturalSizes().of(content->front().image).value_or(NaturalSize::of(0, 0));
    return pass.naturalSizes().of(pass.box(box).node).value_or(NaturalSize::of(0, 0));
}

namespace replaced {

Intrinsic intrinsic(LayoutPass &pass, BoxId box)
{
    const ComputedStyle &style = pass.style(box);
    const LayoutUnit width = sizeIn(pass, box, std::nullopt, std::nullopt, LayoutUnit(), std::nullopt).width;
    // css-sizing-3 5.2.2: one that a percentage makes narrower counts as if it could vanish.
    const bool isCompressible = style.box->width.dependsOnBase() || style.box->maxWidth.dependsOnBase();
    return {isCompressible ? borderAndPadding(pass, box, LayoutUnit()).horizontal() : width, width};
}

Measured heightAt(LayoutPass &pass, BoxId box, const Space &space)
{
    Measured measured;
    measured.baselines.first = measured.baselines.last = controlBaseline(pass, box, space.containingWidth);
    if (space.height) {
        measured.height = *space.height;
        return measured;
    }
    const LayoutSize size = replacedSize(pass, box, space.containingWidth, space.containingHeight, space.width);
    measured.height = size.height;
    if (size.width != space.width) {
        // The parent decided on another width: the height follows where it may.
        const LayoutEdges extra = borderAndPadding(pass, box, space.containingWidth);
        const BoxStyle &style = *pass.style(box).box;
        const double ratio = ratioOf(naturalSize(pass, box), style);
        const bool isAuto = !resolveHeight(pass, box, style.height, space.containingHeight, space.containingWidth);
        if (isAuto && ratio > 0) {
            const double content = std::max(0.0, (space.width - extra.horizontal()).toDouble());
            measured.height = LayoutUnit::fromPixels(content / ratio) + extra.vertical();
            measured.height = clampHeight(pass, box, measured.height, space.containingHeight, space.containingWidth);
        }
    }
    return measured;
}

Placed place(LayoutPass &pass, BoxId box, const Space &space)
{
    const LayoutUnit height = pass.heightAt(box, space).height;
    Placed placed;
    placed.height = height;
    placed.baselines = pass.heightAt(box, space).baselines;
    placed.fragment = pass.newFragment(box, {space.width, height}, space.containingWidth);
    if (pass.box(box).pseudo == PseudoElement::Marker)
        pass.tree().fragment(placed.fragment).kind = FragmentKind::Marker;
    return placed;
}

} // namespace replaced

} // namespace bulkhead::engine
