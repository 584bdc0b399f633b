// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>

namespace bulkhead::engine {

enum class PseudoElement : std::uint8_t { None, Before, After, Marker, FirstLine, FirstLetter, Selection, Placeholder };

inline constexpr std::size_t PseudoElementCount = 8; ///< None, the element itself, included

} // namespace bulkhead::engine
