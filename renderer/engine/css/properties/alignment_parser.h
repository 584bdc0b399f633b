// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

// css-align-3: a keyword, "last-baseline" for "last baseline"; its number is 1 when "safe" stands with it and 2 when
// "legacy" does. "auto" is the grammar's.
bool parseAlignContent(TokenStream &tokens, const ValueContext &context, Value &into);
bool parseJustifyContent(TokenStream &tokens, const ValueContext &context, Value &into);
bool parseAlignItems(TokenStream &tokens, const ValueContext &context, Value &into); ///< also align-self
bool parseJustifyItems(TokenStream &tokens, const ValueContext &context, Value &into);
bool parseJustifySelf(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
