// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/property_id.h"
#include "renderer/engine/css/properties/value.h"
#include "renderer/engine/style/computing.h"

#include <array>
#include <type_traits>

namespace bulkhead::engine {

/// What a longhand does to a style.
struct PropertyCode
{
    /// Takes the computed value of another style: inherit, initial.
    void (*copy)(Computing &computing, const ComputedStyle &from) = nullptr;
    /// Computes a specified value.
    void (*apply)(Computing &computing, const css::Value &value) = nullptr;
};

/// By longhand; logical ones have none, they are never winners.
using PropertyTable = std::array<PropertyCode, css::LonghandCount>;
const PropertyTable &propertyTable();

// Each adds its rows.
void addFontProperties(PropertyTable &table);
void addTextProperties(PropertyTable &table);
void addBoxProperties(PropertyTable &table);
void addDecorationProperties(PropertyTable &table);
void addBackgroundProperties(PropertyTable &table);
void addEffectProperties(PropertyTable &table);
void addContentProperties(PropertyTable &table);
void addFlexGridProperties(PropertyTable &table);

/// A row whose value is one member of the style: @p Access gives the member, @p Convert computes it. Both are lambdas
/// without captures.
template <typename Access, typename Convert>
PropertyCode memberCode(Access, Convert)
{
    return {
        [](Computing &computing, const ComputedStyle &from) { Access{}(computing.style) = Access{}(from); },
        [](Computing &computing, const css::Value &value) { Access{}(computing.style) = Convert{}(computing, value); }};
}

/// A row whose member is an enumeration with the keywords in the order of the grammar.
template <typename Access>
PropertyCode keywordCode(Access access)
{
    return memberCode(access, [](const Computing &, const css::Value &value) {
        using Enum = std::remove_reference_t<decltype(Access{}(std::declval<ComputedStyle &>()))>;
        return static_cast<Enum>(int(value.number));
    });
}

} // namespace bulkhead::engine

/// A lambda that gives a member of a style, which may be constant: BULKHEAD_MEMBER(box->width).
#define BULKHEAD_MEMBER(path)                                                                                          \
    [](auto &style) -> auto &                                                                                          \
    {                                                                                                                  \
        return style.path;                                                                                             \
    }
