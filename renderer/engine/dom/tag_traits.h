// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"

#include <cstdint>

namespace bulkhead::engine {

/// How the HTML parser treats elements of a name (several values, as flags).
/// https://html.spec.whatwg.org/multipage/parsing.html
namespace trait {
inline constexpr std::uint32_t Void = 1;
inline constexpr std::uint32_t Special = 2;
inline constexpr std::uint32_t Formatting = 4;
inline constexpr std::uint32_t Scope = 8;  ///< "has an element in scope" looks no further
inline constexpr std::uint32_t EndsP = 16; ///< its start tag ends an open paragraph
inline constexpr std::uint32_t Heading = 32;
inline constexpr std::uint32_t Marker = 64;     ///< formatting elements do not go on inside
inline constexpr std::uint32_t TablePart = 128; ///< section, row, cell, caption, colgroup
inline constexpr std::uint32_t TableEnd = 256;  ///< "table scope" looks no further
inline constexpr std::uint32_t Breakout = 512;  ///< ends svg and math
inline constexpr std::uint32_t Unnested = 1024; ///< never on the stack where it may matter: html, head, body, frameset
inline constexpr std::uint32_t Integration = 2048; ///< HTML begins again inside, in svg or math
inline constexpr std::uint32_t RubyPart = 4096;
} // namespace trait

/// Of a lowered name; names that nobody knows have none.
std::uint32_t tagTraits(Atom name);

} // namespace bulkhead::engine
