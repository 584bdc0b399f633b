// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/value_conversion.h"

#include <cmath>

namespace bulkhead::engine {

using namespace css;

namespace {

using Id = PropertyId;

BorderStyle styleOf(const Value &value)
{
    switch (value.keyword) {
    case "hidden"_kw:
        return BorderStyle::Hidden;
    case "dotted"_kw:
        return BorderStyle::Dotted;
    case "dashed"_kw:
        return BorderStyle::Dashed;
    case "solid"_kw:
    case "auto"_kw: // of outlines
        return BorderStyle::Solid;
    case "double"_kw:
        return BorderStyle::Double;
    case "groove"_kw:
        return BorderStyle::Groove;
    case "ridge"_kw:
        return BorderStyle::Ridge;
    case "inset"_kw:
        return BorderStyle::Inset;
    case "outset"_kw:
        return BorderStyle::Outset;
    default:
        return BorderStyle::None;
    }
}

/// The side, outline or rule of a style.
template <std::size_t Index>
constexpr auto sideOf = [](auto &style) -> auto &
{
    if constexpr (Index < 4)
        return style.decoration->border[Index];
    else if constexpr (Index == Computing::OutlineLine)
        return style.decoration->outline;
    else
        return style.rare->columnRule;
};

/// Width, style and colour of a line. Widths wait for the style, colours for the colour (finish.cpp).
template <std::size_t Index>
void addLine(PropertyTable &table, Id width, Id style, Id color)
{
    table[std::size_t(width)] = {[](Computing &computing, const ComputedStyle &from) {
                                     computing.hasLines = true;
                                     computing.lines[Index].width =
                                         &from == &computing.initial ? 3 : sideOf<Index>(from).width;
                                 },
                                 [](Computing &computing, const Value &value) {
                                     computing.hasLines = true;
                                     computing.lines[Index].width = lineWidthOf(computing, value);
                                 }};
    table[std::size_t(style)] = {[](Computing &computing, const ComputedStyle &from) {
                                     computing.hasLines = true;
                                     sideOf<Index>(computing.style).style = sideOf<Index>(from).style;
                                 },
                                 [](Computing &computing, const Value &value) {
                                     computing.hasLines = true;
                                     sideOf<Index>(computing.style).style = styleOf(value);
                                 }};
    table[std::size_t(color)] = {[](Computing &computing, const ComputedStyle &from) {
                                     computing.hasLines = true;
                                     if (&from != &computing.initial && sideOf<Index>(from).color.isValid())
                                         computing.lines[Index].color = sideOf<Index>(from).color;
                                 },
                                 [](Computing &computing, const Value &value) {
                                     computing.hasLines = true;
                                     const bool isWaiting = value.is("auto"_kw) || value.is("invert"_kw);
                                     computing.lines[Index].color =
                                         isWaiting ? std::nullopt : waitingColorOf(computing, value);
                                 }};
}

constexpr auto toRadius = [](const Computing &computing, const Value &value) { return lengthPairOf(computing, value); };

/// One to four values for four sides.
std::array<Length, 4> edgesOf(const Computing &computing, const Value &list)
{
    const std::size_t count = list.size();
    const auto at = [&](std::size_t index) { return lengthOf(computing, list[index]); };
    return {at(0), at(count > 1 ? 1 : 0), at(count > 2 ? 2 : 0), at(count > 3 ? 3 : count > 1 ? 1 : 0)};
}

constexpr auto toEdges = [](const Computing &computing, const Value &value) { return edgesOf(computing, value); };
constexpr auto toImage = [](const Computing &computing, const Value &value) { return imageOf(computing, value); };
constexpr auto toShadows = [](const Computing &computing, const Value &value) { return shadowsOf(computing, value); };
constexpr auto toPixels = [](const Computing &computing, const Value &value) {
    return float(std::trunc(pixelsOf(computing, value)));
};

void addBorderImage(PropertyTable &table)
{
    table[std::size_t(Id::BorderImageSource)] = memberCode(BULKHEAD_MEMBER(decoration->borderImage.source), toImage);
    table[std::size_t(Id::BorderImageWidth)] = memberCode(BULKHEAD_MEMBER(decoration->borderImage.width), toEdges);
    table[std::size_t(Id::BorderImageOutset)] = memberCode(BULKHEAD_MEMBER(decoration->borderImage.outset), toEdges);
    table[std::size_t(Id::BorderImageSlice)] = {
        [](Computing &computing, const ComputedStyle &from) {
            computing.style.decoration->borderImage.slice = from.decoration->borderImage.slice;
            computing.style.decoration->borderImage.fill = from.decoration->borderImage.fill;
        },
        [](Computing &computing, const Value &value) {
            computing.style.decoration->borderImage.slice = edgesOf(computing, value[0]);
            computing.style.decoration->borderImage.fill = !value[1].isMissing();
        }};
    table[std::size_t(Id::BorderImageRepeat)] = {
        [](Computing &computing, const ComputedStyle &from) {
            computing.style.decoration->borderImage.repeatX = from.decoration->borderImage.repeatX;
            computing.style.decoration->borderImage.repeatY = from.decoration->borderImage.repeatY;
        },
        [](Computing &computing, const Value &value) {
            const auto at = [&value](std::size_t index) {
                return static_cast<BorderImage::Repeat>(int(value[index].number));
            };
            computing.style.decoration->borderImage.repeatX = at(0);
            computing.style.decoration->borderImage.repeatY = at(value.size() > 1 ? 1 : 0);
        }};
}

} // namespace

void addDecorationProperties(PropertyTable &table)
{
    addLine<0>(table, Id::BorderTopWidth, Id::BorderTopStyle, Id::BorderTopColor);
    addLine<1>(table, Id::BorderRightWidth, Id::BorderRightStyle, Id::BorderRightColor);
    addLine<2>(table, Id::BorderBottomWidth, Id::BorderBottomStyle, Id::BorderBottomColor);
    addLine<3>(table, Id::BorderLeftWidth, Id::BorderLeftStyle, Id::BorderLeftColor);
    addLine<Computing::OutlineLine>(table, Id::OutlineWidth, Id::OutlineStyle, Id::OutlineColor);
    addLine<Computing::ColumnRuleLine>(table, Id::ColumnRuleWidth, Id::ColumnRuleStyle, Id::ColumnRuleColor);
    addBorderImage(table);
    const auto set = [&table](Id id, PropertyCode code) { table[std::size_t(id)] = code; };
    set(Id::BorderTopLeftRadius, memberCode(BULKHEAD_MEMBER(decoration->radius[0]), toRadius));
    set(Id::BorderTopRightRadius, memberCode(BULKHEAD_MEMBER(decoration->radius[1]), toRadius));
    set(Id::BorderBottomRightRadius, memberCode(BULKHEAD_MEMBER(decoration->radius[2]), toRadius));
    set(Id::BorderBottomLeftRadius, memberCode(BULKHEAD_MEMBER(decoration->radius[3]), toRadius));
    set(Id::BoxShadow, memberCode(BULKHEAD_MEMBER(decoration->boxShadow), toShadows));
    set(Id::OutlineOffset, memberCode(BULKHEAD_MEMBER(decoration->outlineOffset), toPixels));
}

} // namespace bulkhead::engine
