// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/value.h"
#include "renderer/engine/style/computing.h"

#include <QStringView>

#include <cstdint>

namespace bulkhead::engine {

/// Keywords of font-variant-* are bits of TextStyle::fontVariants: two for each OpenType feature, "on" and "off".
inline constexpr std::uint32_t LigatureBits = 0x0000'00ff;
inline constexpr std::uint32_t NumericBits = 0x0001'ff00;
inline constexpr std::uint32_t EastAsianBits = 0x07fe'0000;
inline constexpr std::uint32_t PositionBits = 0x1800'0000;

/// The bits of a keyword or of a list of them.
std::uint32_t variantBits(const css::Value &value);

/// @p lower is one of the names that stand for some font.
bool isGenericFamily(QStringView lower);

void applyFontSize(Computing &computing, const css::Value &value);
void copyFontSize(Computing &computing, const ComputedStyle &from);

/// After all of the font's properties: the size that a change to or from monospace gives, the least size, features.
void finishFont(Computing &computing);

} // namespace bulkhead::engine
