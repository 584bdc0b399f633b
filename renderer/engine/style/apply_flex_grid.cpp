// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/grid_conversion.h"
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/value_conversion.h"

#include <algorithm>

namespace bulkhead::engine {

using namespace css;

namespace {

using Id = PropertyId;

Alignment alignmentOf(Keyword keyword)
{
    switch (keyword) {
    case "auto"_kw:
        return Alignment::Auto;
    case "stretch"_kw:
        return Alignment::Stretch;
    case "start"_kw:
        return Alignment::Start;
    case "end"_kw:
        return Alignment::End;
    case "flex-start"_kw:
        return Alignment::FlexStart;
    case "flex-end"_kw:
        return Alignment::FlexEnd;
    case "self-start"_kw:
        return Alignment::SelfStart;
    case "self-end"_kw:
        return Alignment::SelfEnd;
    case "left"_kw:
        return Alignment::Left;
    case "right"_kw:
        return Alignment::Right;
    case "center"_kw:
        return Alignment::Center;
    case "baseline"_kw:
        return Alignment::Baseline;
    case "last-baseline"_kw:
        return Alignment::LastBaseline;
    case "space-between"_kw:
        return Alignment::SpaceBetween;
    case "space-around"_kw:
        return Alignment::SpaceAround;
    case "space-evenly"_kw:
        return Alignment::SpaceEvenly;
    default:
        return Alignment::Normal;
    }
}

constexpr auto toAlignment = [](const Computing &computing, const Value &value) {
    if (value.is("legacy"_kw)) { // css-align-3 6.1: inherits what the parent has with "legacy"
        const AlignmentValue &parents = computing.parent.flexGrid->justifyItems;
        return parents.isLegacy ? parents : AlignmentValue{};
    }
    return AlignmentValue{alignmentOf(value.keyword), value.number == 1, value.number == 2};
};
constexpr auto toFactor = [](const Computing &computing, const Value &value) {
    return float(std::max(numberOf(computing, value), 0.0));
};
constexpr auto toLength = [](const Computing &computing, const Value &value) { return lengthOf(computing, value); };
constexpr auto toInteger = [](const Computing &computing, const Value &value) {
    return int(std::clamp(numberOf(computing, value), -2147483648.0, 2147483647.0));
};
constexpr auto toTemplate = [](const Computing &computing, const Value &value) {
    return gridTemplateOf(computing, value);
};
constexpr auto toTracks = [](const Computing &computing, const Value &value) { return trackSizesOf(computing, value); };
constexpr auto toLine = [](const Computing &computing, const Value &value) { return gridLineOf(computing, value); };
constexpr auto toAreas = [](const Computing &, const Value &value) { return gridAreasOf(value); };

void addAutoFlow(PropertyTable &table)
{
    table[std::size_t(Id::GridAutoFlow)] = {[](Computing &computing, const ComputedStyle &from) {
                                                computing.style.flexGrid->autoFlowColumn =
                                                    from.flexGrid->autoFlowColumn;
                                                computing.style.flexGrid->autoFlowDense = from.flexGrid->autoFlowDense;
                                            },
                                            [](Computing &computing, const Value &value) {
                                                computing.style.flexGrid->autoFlowColumn = value[0].is("column"_kw);
                                                computing.style.flexGrid->autoFlowDense = !value[1].isMissing();
                                            }};
}

} // namespace

void addFlexGridProperties(PropertyTable &table)
{
    const auto set = [&table](Id id, PropertyCode code) { table[std::size_t(id)] = code; };
    addAutoFlow(table);
    set(Id::FlexDirection, keywordCode(BULKHEAD_MEMBER(flexGrid->flexDirection)));
    set(Id::FlexWrap, keywordCode(BULKHEAD_MEMBER(flexGrid->flexWrap)));
    set(Id::FlexGrow, memberCode(BULKHEAD_MEMBER(flexGrid->flexGrow), toFactor));
    set(Id::FlexShrink, memberCode(BULKHEAD_MEMBER(flexGrid->flexShrink), toFactor));
    set(Id::FlexBasis, memberCode(BULKHEAD_MEMBER(flexGrid->flexBasis), toLength));
    set(Id::Order, memberCode(BULKHEAD_MEMBER(flexGrid->order), toInteger));
    set(Id::AlignContent, memberCode(BULKHEAD_MEMBER(flexGrid->alignContent), toAlignment));
    set(Id::AlignItems, memberCode(BULKHEAD_MEMBER(flexGrid->alignItems), toAlignment));
    set(Id::AlignSelf, memberCode(BULKHEAD_MEMBER(flexGrid->alignSelf), toAlignment));
    set(Id::JustifyContent, memberCode(BULKHEAD_MEMBER(flexGrid->justifyContent), toAlignment));
    set(Id::JustifyItems, memberCode(BULKHEAD_MEMBER(flexGrid->justifyItems), toAlignment));
    set(Id::JustifySelf, memberCode(BULKHEAD_MEMBER(flexGrid->justifySelf), toAlignment));
    set(Id::GridTemplateColumns, memberCode(BULKHEAD_MEMBER(flexGrid->templateColumns), toTemplate));
    set(Id::GridTemplateRows, memberCode(BULKHEAD_MEMBER(flexGrid->templateRows), toTemplate));
    set(Id::GridTemplateAreas, memberCode(BULKHEAD_MEMBER(flexGrid->templateAreas), toAreas));
    set(Id::GridAutoColumns, memberCode(BULKHEAD_MEMBER(flexGrid->autoColumns), toTracks));
    set(Id::GridAutoRows, memberCode(BULKHEAD_MEMBER(flexGrid->autoRows), toTracks));
    set(Id::GridRowStart, memberCode(BULKHEAD_MEMBER(flexGrid->rowStart), toLine));
    set(Id::GridRowEnd, memberCode(BULKHEAD_MEMBER(flexGrid->rowEnd), toLine));
    set(Id::GridColumnStart, memberCode(BULKHEAD_MEMBER(flexGrid->columnStart), toLine));
    set(Id::GridColumnEnd, memberCode(BULKHEAD_MEMBER(flexGrid->columnEnd), toLine));
}

} // namespace bulkhead::engine
