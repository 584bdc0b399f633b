// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// <position> (css-values-4 9): a list of two lengths or percentages, from the left and from the top.
bool parsePosition(TokenStream &tokens, const ValueContext &context, Value &into);
/// <bg-position> (css-backgrounds-3 3.6): three values, too.
bool parseBackgroundPosition(TokenStream &tokens, const ValueContext &context, Value &into);
/// transform-origin (css-transforms-1 6): a list of three.
bool parseTransformOrigin(TokenStream &tokens, const ValueContext &context, Value &into);
/// What is @p offset away from the far end: 100 % - offset.
Value fromFarEnd(const Value &offset);

} // namespace bulkhead::engine::css
