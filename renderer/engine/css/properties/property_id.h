// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/property_list.h"
#include "renderer/engine/css/properties/shorthand_list.h"

#include <QStringView>

#include <cstddef>
#include <cstdint>

namespace bulkhead::engine::css {

/// Longhands first, then shorthands, in the order of their tables.
enum class PropertyId : std::uint16_t {
#define BULKHEAD_ENUMERATOR(id, ...) id,
    BULKHEAD_LONGHANDS(BULKHEAD_ENUMERATOR) FirstShorthand,
    BeforeShorthands = FirstShorthand - 1,
    BULKHEAD_SHORTHANDS(BULKHEAD_ENUMERATOR)
#undef BULKHEAD_ENUMERATOR
        All,
    Custom,
    Invalid,
};
constexpr std::size_t LonghandCount = std::size_t(PropertyId::FirstShorthand);

/// What has to be done anew when a property changes.
enum class Invalidates : std::uint8_t { Nothing, Paint, Layout, Boxes };

struct PropertyInfo
{
    PropertyId id = PropertyId::Invalid;
    const char *name = nullptr;
    const char *grammar = nullptr; ///< in the value definition syntax of css-values-4 2
    const char *initial = nullptr; ///< of longhands
    bool isInherited = false;
    Invalidates invalidates = Invalidates::Layout;
};

/// Of a longhand.
const PropertyInfo &propertyInfo(PropertyId longhand);
/// By its name in any case, or by an alias as -webkit-box-sizing; Custom for names that begin with two dashes.
PropertyId propertyByName(QStringView name);
/// The physical property that a logical one (margin-inline-start) is in a horizontal text; others are themselves.
enum class LogicalDirection : std::uint8_t { Ltr, Rtl };
PropertyId physicalProperty(PropertyId longhand, LogicalDirection direction);

} // namespace bulkhead::engine::css
