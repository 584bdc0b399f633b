// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/shorthands.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine::css {

namespace {

/// width || style || color, each for @p sides sides.
void expandBorder(const Value &matched, std::size_t sides, Values &values)
{
    for (std::size_t part = 0; part < 3; ++part)
        std::fill_n(values.begin() + std::ptrdiff_t(part * sides), sides, matched[part]);
}

void expandRadius(const Value &matched, Values &values)
{
    const auto corner = [](const Value &list, std::size_t index) {
        const std::size_t count = list.size();
        return index < count ? list[index] : index == 3 && count > 1 ? list[1] : list[0];
    };
    const Value &horizontal = matched[0];
    const Value &vertical = matched[1].isMissing() ? matched[0] : matched[1][0];
    for (std::size_t i = 0; i < 4; ++i)
        values[i] = Value::makeList({corner(horizontal, i), corner(vertical, i)});
}

/// source || [ slice [ / width? [ / outset ]? ]? ] || repeat
bool expandBorderImage(const Value &matched, Values &values)
{
    const Value &sizes = matched[1];
    values[0] = matched[0];
    values[1] = sizes[0];
    values[2] = sizes[1][0];
    values[3] = sizes[1][1][0];
    values[4] = matched[2];
    return sizes[1].isMissing() || !values[2].isMissing() || !values[3].isMissing();
}

void expandBackgroundPosition(const Value &matched, Values &values)
{
    Values x, y;
    for (const Value &position : *matched.items) {
        x.push_back(position[0]);
        y.push_back(position[1]);
    }
    values = {Value::makeList(std::move(x)), Value::makeList(std::move(y))};
}

/// A keyword alone, or a list of 13 parts, in the order of the grammar.
void expandFontVariant(const Value &matched, Values &values)
{
    if (matched.is("normal"_kw))
        return;
    if (matched.is("none"_kw)) {
        values[1] = matched;
        return;
    }
    const auto group = [&](std::size_t first, std::size_t count) {
        Values parts;
        bool isAny = false;
        for (std::size_t i = first; i < first + count; ++i) {
            parts.push_back(matched[i]);
            isAny |= !matched[i].isMissing();
        }
        return isAny ? Value::makeList(std::move(parts)) : Value();
    };
    values = {matched[0], group(1, 4), group(5, 5), group(10, 3), matched[13]};
    if (!values[4].isMissing())
        values[4].number += 1; // "normal" is the first in the longhand's grammar
}

void expandPlace(PropertyId id, const Value &matched, Values &values)
{
    values = {matched[0], matched[1].isMissing() ? matched[0] : matched[1]};
    const bool isBaseline = values[1].is("baseline"_kw) || values[1].is("last-baseline"_kw);
    if (id == PropertyId::PlaceContent && matched[1].isMissing() && isBaseline)
        values[1] = Value::makeKeyword("start"_kw);
}

/// none | [ grow shrink? || basis ]
void expandFlex(const Value &matched, Values &values)
{
    if (matched.is("none"_kw)) {
        values = {Value::makeNumber(0), Value::makeNumber(0), Value::makeKeyword("auto"_kw)};
        return;
    }
    const Value &factors = matched[0];
    values = {factors.isMissing() ? Value::makeNumber(1) : factors[0],
              factors[1].isMissing() ? Value::makeNumber(1) : factors[1],
              matched[1].isMissing() ? Value::makeDimension(0, Unit::Percent) : matched[1]};
}

bool isName(const Value &line)
{
    return line.is(Value::Kind::List) && line[0].isMissing() && line[1].isMissing() && !line[2].isMissing();
}

/// css-grid-1 8.4: a missing end is its start's name, or auto.
void expandGridArea(const Value &matched, Values &values)
{
    const auto orName = [](const Value &given, const Value &start) {
        return !given.isMissing() ? given : isName(start) ? start : Value::makeKeyword("auto"_kw);
    };
    const Value &rest = matched[1];
    values[0] = matched[0];
    values[1] = orName(rest[0][0], values[0]);
    values[2] = orName(rest[1][0], values[0]);
    values[3] = orName(rest[2][0], values[1]);
}

void expandGridPair(const Value &matched, Values &values)
{
    const Value &end = matched[1][0];
    values = {matched[0], !end.isMissing() ? end : isName(matched[0]) ? matched[0] : Value::makeKeyword("auto"_kw)};
}

Value keyword(Keyword name, int place)
{
    Value value = Value::makeKeyword(name);
    value.number = place;
    return value;
}

void expandWhiteSpace(const Value &matched, Values &values)
{
    struct Row
    {
        Keyword name;
        Keyword collapse;
        int collapsePlace;
        bool wraps;
    };
    static constexpr Row Rows[] = {
        {"normal"_kw, "collapse"_kw, 0, true},
        {"nowrap"_kw, "collapse"_kw, 0, false},
        {"pre"_kw, "preserve"_kw, 1, false},
        {"pre-wrap"_kw, "preserve"_kw, 1, true},
        {"pre-line"_kw, "preserve-breaks"_kw, 2, true},
        {"break-spaces"_kw, "break-spaces"_kw, 3, true},
    };
    for (const Row &row : Rows) {
        if (matched.is(row.name))
            values = {keyword(row.collapse, row.collapsePlace),
                      row.wraps ? keyword("wrap"_kw, 0) : keyword("nowrap"_kw, 1)};
    }
}

} // namespace

bool expandCustom(PropertyId shorthand, const Value &matched, Values &values)
{
    switch (shorthand) {
    case PropertyId::Border:
        expandBorder(matched, 4, values);
        return true;
    case PropertyId::BorderBlock:
    case PropertyId::BorderInline:
        expandBorder(matched, 2, values);
        return true;
    case PropertyId::BorderRadius:
        expandRadius(matched, values);
        return true;
    case PropertyId::BorderImage:
        return expandBorderImage(matched, values);
    case PropertyId::BackgroundPosition:
        expandBackgroundPosition(matched, values);
        return true;
    case PropertyId::FontVariant:
        expandFontVariant(matched, values);
        return true;
    case PropertyId::PlaceContent:
    case PropertyId::PlaceItems:
    case PropertyId::PlaceSelf:
        expandPlace(shorthand, matched, values);
        return true;
    case PropertyId::Flex:
        expandFlex(matched, values);
        return true;
    case PropertyId::GridArea:
        expandGridArea(matched, values);
        return true;
    case PropertyId::GridRow:
    case PropertyId::GridColumn:
        expandGridPair(matched, values);
        return true;
    case PropertyId::WhiteSpace:
        expandWhiteSpace(matched, values);
        return true;
    case PropertyId::TextWrap:
        values[0] = matched.is("nowrap"_kw) ? keyword("nowrap"_kw, 1) : keyword("wrap"_kw, 0);
        return true;
    case PropertyId::PageBreakBefore:
    case PropertyId::PageBreakAfter:
    case PropertyId::PageBreakInside:
        values[0] = matched;
        if (matched.is("always"_kw))
            values[0] = Value::makeKeyword("page"_kw);
        return true;
    default:
        return false;
    }
}

} // namespace bulkhead::engine::css
