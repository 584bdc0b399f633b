// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

#include <cstdint>
#include <span>
#include <vector>

namespace bulkhead::engine::css {

enum class ShorthandKind : std::uint8_t { Edges, Pair, Slots, Custom };

struct ShorthandInfo
{
    PropertyId id = PropertyId::Invalid;
    ShorthandKind kind = ShorthandKind::Slots;
    const char *grammar = nullptr;
    std::vector<PropertyId> longhands;
};

constexpr bool isShorthand(PropertyId id)
{
    return id >= PropertyId::FirstShorthand && id < PropertyId::All;
}

const ShorthandInfo &shorthandInfo(PropertyId shorthand);

/// Expands a shorthand to a value for each longhand, in the order of its table; Missing ones get their initial value.
bool expandShorthand(const ShorthandInfo &info, std::span<const Token> tokens, const ValueContext &context,
                     Values &values);

// Those of kind Custom. With a grammar: what it matched becomes the longhands' values. Without: all by themselves.
bool expandCustom(PropertyId shorthand, const Value &matched, Values &values);
bool expandBackground(TokenStream &tokens, const ValueContext &context, Values &values);
bool expandFont(TokenStream &tokens, const ValueContext &context, Values &values);
bool expandListStyle(TokenStream &tokens, const ValueContext &context, Values &values);
bool expandColumns(TokenStream &tokens, const ValueContext &context, Values &values);
bool expandGridTemplate(TokenStream &tokens, const ValueContext &context, Values &values);
bool expandGrid(TokenStream &tokens, const ValueContext &context, Values &values);

} // namespace bulkhead::engine::css
