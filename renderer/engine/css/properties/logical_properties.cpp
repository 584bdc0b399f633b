// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/property_id.h"

#include <array>

namespace bulkhead::engine::css {

namespace {

struct LogicalRow
{
    PropertyId logical, ltr, rtl;
};

using Id = PropertyId;
/// css-logical-1: of a horizontal text, whose lines go down.
constexpr LogicalRow Rows[] = {
    {Id::MarginBlockStart, Id::MarginTop, Id::MarginTop},
    {Id::MarginBlockEnd, Id::MarginBottom, Id::MarginBottom},
    {Id::MarginInlineStart, Id::MarginLeft, Id::MarginRight},
    {Id::MarginInlineEnd, Id::MarginRight, Id::MarginLeft},
    {Id::PaddingBlockStart, Id::PaddingTop, Id::PaddingTop},
    {Id::PaddingBlockEnd, Id::PaddingBottom, Id::PaddingBottom},
    {Id::PaddingInlineStart, Id::PaddingLeft, Id::PaddingRight},
    {Id::PaddingInlineEnd, Id::PaddingRight, Id::PaddingLeft},
    {Id::InsetBlockStart, Id::Top, Id::Top},
    {Id::InsetBlockEnd, Id::Bottom, Id::Bottom},
    {Id::InsetInlineStart, Id::Left, Id::Right},
    {Id::InsetInlineEnd, Id::Right, Id::Left},
    {Id::BorderBlockStartWidth, Id::BorderTopWidth, Id::BorderTopWidth},
    {Id::BorderBlockEndWidth, Id::BorderBottomWidth, Id::BorderBottomWidth},
    {Id::BorderInlineStartWidth, Id::BorderLeftWidth, Id::BorderRightWidth},
    {Id::BorderInlineEndWidth, Id::BorderRightWidth, Id::BorderLeftWidth},
    {Id::BorderBlockStartStyle, Id::BorderTopStyle, Id::BorderTopStyle},
    {Id::BorderBlockEndStyle, Id::BorderBottomStyle, Id::BorderBottomStyle},
    {Id::BorderInlineStartStyle, Id::BorderLeftStyle, Id::BorderRightStyle},
    {Id::BorderInlineEndStyle, Id::BorderRightStyle, Id::BorderLeftStyle},
    {Id::BorderBlockStartColor, Id::BorderTopColor, Id::BorderTopColor},
    {Id::BorderBlockEndColor, Id::BorderBottomColor, Id::BorderBottomColor},
    {Id::BorderInlineStartColor, Id::BorderLeftColor, Id::BorderRightColor},
    {Id::BorderInlineEndColor, Id::BorderRightColor, Id::BorderLeftColor},
    {Id::BorderStartStartRadius, Id::BorderTopLeftRadius, Id::BorderTopRightRadius},
    {Id::BorderStartEndRadius, Id::BorderTopRightRadius, Id::BorderTopLeftRadius},
    {Id::BorderEndEndRadius, Id::BorderBottomRightRadius, Id::BorderBottomLeftRadius},
    {Id::BorderEndStartRadius, Id::BorderBottomLeftRadius, Id::BorderBottomRightRadius},
    {Id::InlineSize, Id::Width, Id::Width},
    {Id::BlockSize, Id::Height, Id::Height},
    {Id::MinInlineSize, Id::MinWidth, Id::MinWidth},
    {Id::MinBlockSize, Id::MinHeight, Id::MinHeight},
    {Id::MaxInlineSize, Id::MaxWidth, Id::MaxWidth},
    {Id::MaxBlockSize, Id::MaxHeight, Id::MaxHeight},
    {Id::OverflowInline, Id::OverflowX, Id::OverflowX},
    {Id::OverflowBlock, Id::OverflowY, Id::OverflowY},
};

using Map = std::array<PropertyId, LonghandCount>;

constexpr Map makeMap(LogicalDirection direction)
{
    Map map{};
    for (std::size_t i = 0; i < map.size(); ++i)
        map[i] = PropertyId(i);
    for (const LogicalRow &row : Rows)
        map[std::size_t(row.logical)] = direction == LogicalDirection::Ltr ? row.ltr : row.rtl;
    return map;
}

} // namespace

PropertyId physicalProperty(PropertyId longhand, LogicalDirection direction)
{
    static constexpr Map Ltr = makeMap(LogicalDirection::Ltr);
    static constexpr Map Rtl = makeMap(LogicalDirection::Rtl);
    return (direction == LogicalDirection::Ltr ? Ltr : Rtl)[std::size_t(longhand)];
}

} // namespace bulkhead::engine::css
