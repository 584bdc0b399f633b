// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/value_conversion.h"

namespace bulkhead::engine {

using namespace css;

namespace {

using Id = PropertyId;

Display displayOf(Keyword keyword)
{
    using Outside = DisplayOutside;
    using Inside = DisplayInside;
    switch (keyword) {
    case "none"_kw:
        return {Outside::None, Inside::Flow, false};
    case "contents"_kw:
        return {Outside::Contents, Inside::Flow, false};
    case "block"_kw:
        return {Outside::Block, Inside::Flow, false};
    case "flow-root"_kw:
        return {Outside::Block, Inside::FlowRoot, false};
    case "inline-block"_kw:
        return {Outside::Inline, Inside::FlowRoot, false};
    case "list-item"_kw:
        return {Outside::Block, Inside::Flow, true};
    case "flow-root-list-item"_kw:
        return {Outside::Block, Inside::FlowRoot, true};
    case "inline-list-item"_kw:
        return {Outside::Inline, Inside::Flow, true};
    case "inline-flow-root-list-item"_kw:
        return {Outside::Inline, Inside::FlowRoot, true};
    case "table"_kw:
        return {Outside::Block, Inside::Table, false};
    case "inline-table"_kw:
        return {Outside::Inline, Inside::Table, false};
    case "flex"_kw:
        return {Outside::Block, Inside::Flex, false};
    case "inline-flex"_kw:
        return {Outside::Inline, Inside::Flex, false};
    case "grid"_kw:
        return {Outside::Block, Inside::Grid, false};
    case "inline-grid"_kw:
        return {Outside::Inline, Inside::Grid, false};
    case "table-row-group"_kw:
        return {Outside::Internal, Inside::TableRowGroup, false};
    case "table-header-group"_kw:
        return {Outside::Internal, Inside::TableHeaderGroup, false};
    case "table-footer-group"_kw:
        return {Outside::Internal, Inside::TableFooterGroup, false};
    case "table-row"_kw:
        return {Outside::Internal, Inside::TableRow, false};
    case "table-cell"_kw:
        return {Outside::Internal, Inside::TableCell, false};
    case "table-column-group"_kw:
        return {Outside::Internal, Inside::TableColumnGroup, false};
    case "table-column"_kw:
        return {Outside::Internal, Inside::TableColumn, false};
    case "table-caption"_kw:
        return {Outside::Internal, Inside::TableCaption, false};
    default:
        return {}; // ruby is laid out as inline text
    }
}

bool isRightToLeft(const Computing &computing)
{
    return computing.parent.text->direction == Direction::Rtl;
}

constexpr auto toDisplay = [](const Computing &, const Value &value) { return displayOf(value.keyword); };
constexpr auto toPosition = [](const Computing &, const Value &value) {
    return value.is("-webkit-sticky"_kw) ? Position::Sticky : static_cast<Position>(int(value.number));
};
// css-logical-1: the flow-relative sides are of the containing block, which the parent nearly always is.
constexpr auto toFloat = [](const Computing &computing, const Value &value) {
    if (value.number < 3)
        return static_cast<Float>(int(value.number));
    return value.is("inline-start"_kw) != isRightToLeft(computing) ? Float::Left : Float::Right;
};
constexpr auto toClear = [](const Computing &computing, const Value &value) {
    if (value.number < 4)
        return static_cast<Clear>(int(value.number));
    return value.is("inline-start"_kw) != isRightToLeft(computing) ? Clear::Left : Clear::Right;
};
constexpr auto toOverflow = [](const Computing &, const Value &value) {
    if (value.number < 5)
        return static_cast<Overflow>(int(value.number));
    return value.is("overlay"_kw) ? Overflow::Auto : Overflow::Hidden;
};
constexpr auto toOptionalInteger = [](const Computing &computing, const Value &value) {
    return value.is(Value::Kind::Keyword) ? std::nullopt : std::optional(int(numberOf(computing, value)));
};

PropertyCode lengthRow(auto access)
{
    return memberCode(access,
                      [](const Computing &computing, const Value &value) { return lengthOf(computing, value); });
}

void addVerticalAlign(PropertyTable &table)
{
    table[std::size_t(Id::VerticalAlign)] = {[](Computing &computing, const ComputedStyle &from) {
                                                 computing.style.verticalAlign = from.verticalAlign;
                                                 computing.style.verticalAlignLength = from.verticalAlignLength;
                                             },
                                             [](Computing &computing, const Value &value) {
                                                 const bool isKeyword = value.is(Value::Kind::Keyword);
                                                 computing.style.verticalAlign =
                                                     isKeyword ? static_cast<VerticalAlign>(int(value.number))
                                                               : VerticalAlign::Length;
                                                 if (!isKeyword)
                                                     computing.style.verticalAlignLength = lengthOf(computing, value);
                                             }};
}

void addAspectRatio(PropertyTable &table)
{
    table[std::size_t(Id::AspectRatio)] = {
        [](Computing &computing, const ComputedStyle &from) {
            computing.style.box->aspectRatio = from.box->aspectRatio;
            computing.style.box->aspectRatioAuto = from.box->aspectRatioAuto;
        },
        [](Computing &computing, const Value &value) {
            const Value &ratio = value[1];
            const double width = numberOf(computing, ratio[0]);
            const double height = ratio[1].isMissing() ? 1 : numberOf(computing, ratio[1][0]);
            const bool isUsable = !ratio.isMissing() && width > 0 && height > 0;
            computing.style.box->aspectRatio = isUsable ? std::optional(float(width / height)) : std::nullopt;
            computing.style.box->aspectRatioAuto = !value[0].isMissing() || !isUsable;
        }};
}

} // namespace

void addBoxProperties(PropertyTable &table)
{
    const auto set = [&table](Id id, PropertyCode code) { table[std::size_t(id)] = code; };
    set(Id::Display, memberCode(BULKHEAD_MEMBER(display), toDisplay));
    set(Id::Position, memberCode(BULKHEAD_MEMBER(position), toPosition));
    set(Id::Float, memberCode(BULKHEAD_MEMBER(floating), toFloat));
    set(Id::Clear, memberCode(BULKHEAD_MEMBER(clear), toClear));
    set(Id::OverflowX, memberCode(BULKHEAD_MEMBER(overflowX), toOverflow));
    set(Id::OverflowY, memberCode(BULKHEAD_MEMBER(overflowY), toOverflow));
    set(Id::UnicodeBidi, keywordCode(BULKHEAD_MEMBER(unicodeBidi)));
    set(Id::TableLayout, keywordCode(BULKHEAD_MEMBER(tableLayout)));
    set(Id::ZIndex, memberCode(BULKHEAD_MEMBER(zIndex), toOptionalInteger));
    set(Id::RowGap, lengthRow(BULKHEAD_MEMBER(rowGap)));
    set(Id::ColumnGap, lengthRow(BULKHEAD_MEMBER(columnGap)));
    set(Id::Width, lengthRow(BULKHEAD_MEMBER(box->width)));
    set(Id::Height, lengthRow(BULKHEAD_MEMBER(box->height)));
    set(Id::MinWidth, lengthRow(BULKHEAD_MEMBER(box->minWidth)));
    set(Id::MinHeight, lengthRow(BULKHEAD_MEMBER(box->minHeight)));
    set(Id::MaxWidth, lengthRow(BULKHEAD_MEMBER(box->maxWidth)));
    set(Id::MaxHeight, lengthRow(BULKHEAD_MEMBER(box->maxHeight)));
    set(Id::MarginTop, lengthRow(BULKHEAD_MEMBER(box->margin.top)));
    set(Id::MarginRight, lengthRow(BULKHEAD_MEMBER(box->margin.right)));
    set(Id::MarginBottom, lengthRow(BULKHEAD_MEMBER(box->margin.bottom)));
    set(Id::MarginLeft, lengthRow(BULKHEAD_MEMBER(box->margin.left)));
    set(Id::PaddingTop, lengthRow(BULKHEAD_MEMBER(box->padding.top)));
    set(Id::PaddingRight, lengthRow(BULKHEAD_MEMBER(box->padding.right)));
    set(Id::PaddingBottom, lengthRow(BULKHEAD_MEMBER(box->padding.bottom)));
    set(Id::PaddingLeft, lengthRow(BULKHEAD_MEMBER(box->padding.left)));
    set(Id::Top, lengthRow(BULKHEAD_MEMBER(box->inset.top)));
    set(Id::Right, lengthRow(BULKHEAD_MEMBER(box->inset.right)));
    set(Id::Bottom, lengthRow(BULKHEAD_MEMBER(box->inset.bottom)));
    set(Id::Left, lengthRow(BULKHEAD_MEMBER(box->inset.left)));
    set(Id::BoxSizing, keywordCode(BULKHEAD_MEMBER(box->boxSizing)));
    addVerticalAlign(table);
    addAspectRatio(table);
}

} // namespace bulkhead::engine
