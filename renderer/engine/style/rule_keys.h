// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/css/selector.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// By what a selector is found.
enum class RuleKeyKind : std::uint8_t { Id, Class, Attribute, Tag };
inline constexpr std::size_t RuleKeyKinds = 4;

/// How ids and classes are compared.
enum class NameCase : std::uint8_t {
    AsWritten,
    Lowered, ///< in quirks mode
};

struct RuleKey
{
    RuleKeyKind kind = RuleKeyKind::Tag;
    Atom name = Atom::None; ///< of tags and attributes lowered
};

/// Names of which the subject of @p selector must have at least one; empty: any element may match.
std::vector<RuleKey> keysOf(const css::Selector &selector, NameCase names);

/// Hashes of names that ancestors of the subject must have, 0 after the last.
std::array<std::uint32_t, 4> ancestorHashes(const css::Selector &selector, NameCase names);

} // namespace bulkhead::engine
