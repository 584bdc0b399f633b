// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/transform_conversion.h"
#include "renderer/engine/style/value_conversion.h"

#include <algorithm>

namespace bulkhead::engine {

using namespace css;

namespace {

using Id = PropertyId;

constexpr auto toOpacity = [](const Computing &computing, const Value &value) {
    return float(std::clamp(numberOf(computing, value), 0.0, 1.0));
};
constexpr auto toTransform = [](const Computing &computing, const Value &value) {
    return transformOf(computing, value);
};
constexpr auto toOrigin = [](const Computing &computing, const Value &value) {
    return std::array<Length, 3>{lengthOf(computing, value[0]), lengthOf(computing, value[1]),
                                 lengthOf(computing, value[2])};
};
constexpr auto toClip = [](const Computing &computing, const Value &value) {
    std::optional<std::array<Length, 4>> clip;
    if (value.is(Value::Kind::Function))
        clip = {lengthOf(computing, value[0]), lengthOf(computing, value[1]), lengthOf(computing, value[2]),
                lengthOf(computing, value[3])};
    return clip;
};
constexpr auto toLength = [](const Computing &computing, const Value &value) { return lengthOf(computing, value); };
constexpr auto toPosition = [](const Computing &computing, const Value &value) {
    return lengthPairOf(computing, value);
};
constexpr auto toCount = [](const Computing &computing, const Value &value) {
    return value.is(Value::Kind::Keyword) ? std::nullopt : std::optional(int(numberOf(computing, value)));
};
constexpr auto toSpanAll = [](const Computing &, const Value &value) { return value.is("all"_kw); };
constexpr auto toColumnFill = [](const Computing &, const Value &value) {
    return value.is("auto"_kw) ? ColumnFill::Auto : ColumnFill::Balance;
};
constexpr auto toBreak = [](const Computing &, const Value &value) {
    switch (value.keyword) {
    case "avoid-page"_kw:
    case "avoid-column"_kw:
        return BreakBetween::Avoid;
    case "recto"_kw:
        return BreakBetween::Right;
    case "verso"_kw:
        return BreakBetween::Left;
    case "all"_kw:
        return BreakBetween::Always;
    case "auto"_kw:
        return BreakBetween::Auto;
    case "avoid"_kw:
        return BreakBetween::Avoid;
    case "always"_kw:
        return BreakBetween::Always;
    case "column"_kw:
        return BreakBetween::Column;
    case "page"_kw:
        return BreakBetween::Page;
    case "left"_kw:
        return BreakBetween::Left;
    default:
        return BreakBetween::Right;
    }
};
constexpr auto toBreakInside = [](const Computing &, const Value &value) {
    return value.is("auto"_kw) ? BreakInside::Auto : BreakInside::Avoid;
};
constexpr auto toTextOverflow = [](const Computing &, const Value &value) {
    return value.is("clip"_kw) ? TextOverflow::Clip : TextOverflow::Ellipsis;
};
constexpr auto toThickness = [](const Computing &computing, const Value &value) {
    return value.is(Value::Kind::Keyword) ? Length() : lengthOf(computing, value);
};

void addDecorationLines(PropertyTable &table)
{
    table[std::size_t(Id::TextDecorationLine)] = {[](Computing &computing, const ComputedStyle &from) {
                                                      computing.style.rare->underline = from.rare->underline;
                                                      computing.style.rare->overline = from.rare->overline;
                                                      computing.style.rare->lineThrough = from.rare->lineThrough;
                                                  },
                                                  [](Computing &computing, const Value &value) {
                                                      computing.style.rare->underline = !value[0].isMissing();
                                                      computing.style.rare->overline = !value[1].isMissing();
                                                      computing.style.rare->lineThrough = !value[2].isMissing();
                                                  }};
    table[std::size_t(Id::TextDecorationColor)] = {
        [](Computing &computing, const ComputedStyle &from) {
            if (&from != &computing.initial && from.rare->decorationColor.isValid())
                computing.decorationColor = from.rare->decorationColor;
            else
                computing.decorationColor.reset();
        },
        [](Computing &computing, const Value &value) { computing.decorationColor = waitingColorOf(computing, value); }};
}

} // namespace

void addEffectProperties(PropertyTable &table)
{
    const auto set = [&table](Id id, PropertyCode code) { table[std::size_t(id)] = code; };
    addDecorationLines(table);
    set(Id::Opacity, memberCode(BULKHEAD_MEMBER(rare->opacity), toOpacity));
    set(Id::Transform, memberCode(BULKHEAD_MEMBER(rare->transform), toTransform));
    set(Id::TransformOrigin, memberCode(BULKHEAD_MEMBER(rare->transformOrigin), toOrigin));
    set(Id::Clip, memberCode(BULKHEAD_MEMBER(rare->clip), toClip));
    set(Id::Isolation, keywordCode(BULKHEAD_MEMBER(rare->isolation)));
    set(Id::TextDecorationStyle, keywordCode(BULKHEAD_MEMBER(rare->decorationStyle)));
    set(Id::TextDecorationThickness, memberCode(BULKHEAD_MEMBER(rare->decorationThickness), toThickness));
    set(Id::TextOverflow, memberCode(BULKHEAD_MEMBER(rare->textOverflow), toTextOverflow));
    set(Id::ColumnCount, memberCode(BULKHEAD_MEMBER(rare->columnCount), toCount));
    set(Id::ColumnWidth, memberCode(BULKHEAD_MEMBER(rare->columnWidth), toLength));
    set(Id::ColumnFill, memberCode(BULKHEAD_MEMBER(rare->columnFill), toColumnFill));
    set(Id::ColumnSpan, memberCode(BULKHEAD_MEMBER(rare->columnSpanAll), toSpanAll));
    set(Id::BreakBefore, memberCode(BULKHEAD_MEMBER(rare->breakBefore), toBreak));
    set(Id::BreakAfter, memberCode(BULKHEAD_MEMBER(rare->breakAfter), toBreak));
    set(Id::BreakInside, memberCode(BULKHEAD_MEMBER(rare->breakInside), toBreakInside));
    set(Id::BoxDecorationBreak, keywordCode(BULKHEAD_MEMBER(rare->decorationBreak)));
    set(Id::ObjectFit, keywordCode(BULKHEAD_MEMBER(rare->objectFit)));
    set(Id::ObjectPosition, memberCode(BULKHEAD_MEMBER(rare->objectPosition), toPosition));
}

} // namespace bulkhead::engine
