// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/background.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

LayoutRect shrunk(const LayoutRect &rect, const LayoutEdges &edges)
{
    const auto notBelow0 = [](LayoutUnit value) { return std::max(value, LayoutUnit()); };
    return {{rect.left() + edges.left, rect.top() + edges.top},
            {notBelow0(rect.size.width - edges.horizontal()), notBelow0(rect.size.height - edges.vertical())}};
}

double ratioOf(const NaturalSize &natural)
{
    if (natural.ratio)
        return *natural.ratio;
    if (natural.width && natural.height && *natural.height > 0)
        return natural.width->toDouble() / natural.height->toDouble();
    return 0;
}

// As large as fits in, or as covers, the area.
LayoutSize fitted(LayoutSize area, double ratio, bool isCover)
{
    if (ratio <= 0 || area.width <= 0 || area.height <= 0)
        return area;
    const bool isWider = area.width.toDouble() / area.height.toDouble() > ratio;
    // Within a sixty-fourth of the whole, so that an image of the same ratio fits exactly.
    if (isWider == isCover)
        return {area.width, LayoutUnit::fromPixels(area.width.toDouble() / ratio + 1.0 / 128)};
    return {LayoutUnit::fromPixels(area.height.toDouble() * ratio + 1.0 / 128), area.height};
}

// The step and start of tiles along one side (3.4).
struct Line
{
    double origin = 0, tile = 0, step = 0;
    bool repeats = true;
};

Line tilesAlong(BackgroundRepeat repeat, LayoutUnit start, LayoutUnit area, LayoutUnit tile, const Length &position)
{
    Line line{0, tile.toDouble(), tile.toDouble(), repeat != BackgroundRepeat::NoRepeat};
    if (repeat == BackgroundRepeat::Space) {
        const int copies = tile > 0 ? int(std::min(std::floor(area.toDouble() / tile.toDouble()), 1e9)) : 0;
        if (copies >= 2) {
            line.origin = start.toDouble();
            line.step = line.tile + (area.toDouble() - copies * line.tile) / (copies - 1);
            return line;
        }
        line.repeats = false;
    }
    line.origin = (start + position.resolve(area - tile)).toDouble();
    return line;
}

LayoutUnit rounded(LayoutUnit area, LayoutUnit tile)
{
    const double copies = std::max(1.0, std::floor(area.toDouble() / tile.toDouble() + 0.5));
    return LayoutUnit::fromPixels(area.toDouble() / copies);
}

} // namespace

LayoutRect BackgroundEdges::paddingBox() const
{
    return shrunk(border, borderWidths);
}

LayoutRect BackgroundEdges::contentBox() const
{
    return shrunk(border, borderWidths + padding);
}

LayoutRect BackgroundEdges::of(BackgroundBox box) const
{
    switch (box) {
    case BackgroundBox::PaddingBox:
        return paddingBox();
    case BackgroundBox::ContentBox:
        return contentBox();
    default:
        return border;
    }
}

LayoutSize defaultObjectSize(const NaturalSize &natural, LayoutSize area)
{
    const double ratio = ratioOf(natural);
    if (natural.width && natural.height)
        return {*natural.width, *natural.height};
    if (natural.width)
        return {*natural.width, ratio > 0 ? LayoutUnit::fromPixels(natural.width->toDouble() / ratio) : area.height};
    if (natural.height)
        return {ratio > 0 ? LayoutUnit::fromPixels(natural.height->toDouble() * ratio) : area.width, *natural.height};
    return fitted(area, ratio, false);
}

LayoutSize backgroundTileSize(const BackgroundLayer &layer, LayoutSize area, const NaturalSize &natural)
{
    const double ratio = ratioOf(natural);
    if (layer.sizeKind != BackgroundLayer::Size::Lengths)
        return fitted(area, ratio, layer.sizeKind == BackgroundLayer::Size::Cover);
    const bool isWidthAuto = !layer.size.x.isLength(), isHeightAuto = !layer.size.y.isLength();
    const LayoutUnit width = std::max(layer.size.x.resolve(area.width), LayoutUnit());
    const LayoutUnit height = std::max(layer.size.y.resolve(area.height), LayoutUnit());
    if (isWidthAuto && isHeightAuto)
        return defaultObjectSize(natural, area);
    if (isWidthAuto) {
        return {ratio > 0 ? LayoutUnit::fromPixels(height.toDouble() * ratio) : natural.width.value_or(area.width),
                height};
    }
    if (isHeightAuto) {
        return {width,
                ratio > 0 ? LayoutUnit::fromPixels(width.toDouble() / ratio) : natural.height.value_or(area.height)};
    }
    return {width, height};
}

std::optional<TileLayout> placeBackground(const BackgroundLayer &layer, const LayoutRect &area, const RoundedRect &clip,
                                          const NaturalSize &natural, const PixelGrid &grid)
{
    LayoutSize tile = backgroundTileSize(layer, area.size, natural);
    if (tile.width <= 0 || tile.height <= 0)
        return {};
    const bool isHeightAuto = layer.sizeKind == BackgroundLayer::Size::Lengths && !layer.size.y.isLength();
    const bool isWidthAuto = layer.sizeKind == BackgroundLayer::Size::Lengths && !layer.size.x.isLength();
    const double ratio = tile.width.toDouble() / tile.height.toDouble();
    // 3.4: an automatic other side keeps the ratio.
    const bool roundX = layer.repeatX == BackgroundRepeat::Round, roundY = layer.repeatY == BackgroundRepeat::Round;
    if (roundX && area.size.width > 0) {
        tile.width = rounded(area.size.width, tile.width);
        if (!roundY && isHeightAuto)
            tile.height = LayoutUnit::fromPixels(tile.width.toDouble() / ratio);
    }
    if (roundY && area.size.height > 0) {
        tile.height = rounded(area.size.height, tile.height);
        if (!roundX && isWidthAuto)
            tile.width = LayoutUnit::fromPixels(tile.height.toDouble() * ratio);
    }
    if (tile.width <= 0 || tile.height <= 0)
        return {};
    const Line x = tilesAlong(layer.repeatX, area.left(), area.size.width, tile.width, layer.position.x);
    const Line y = tilesAlong(layer.repeatY, area.top(), area.size.height, tile.height, layer.position.y);
    TileLayout layout;
    layout.area = clip;
    layout.origin = {x.origin, y.origin};
    layout.tile = {x.tile, y.tile};
    layout.step = {x.step, y.step};
    layout.repeatX = x.repeats;
    layout.repeatY = y.repeats;
    // Round: exactly as many copies as fit, though the sixty-fourths do not add up.
    if (roundX && area.size.width > 0)
        layout.tile.rwidth() = layout.step.rwidth() =
            area.size.width.toDouble() / std::max(1.0, std::round(area.size.width.toDouble() / x.tile));
    if (roundY && area.size.height > 0)
        layout.tile.rheight() = layout.step.rheight() =
            area.size.height.toDouble() / std::max(1.0, std::round(area.size.height.toDouble() / y.tile));
    // The smallest tile is a pixel.
    const double least = 1 / grid.scale();
    layout.tile = layout.tile.expandedTo(QSizeF(least, least));
    layout.step = layout.step.expandedTo(layout.tile);
    return layout;
}

} // namespace bulkhead::engine
