// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// <display> (css-display-3 2) as one keyword, the short one where there is one: "inline-block" for "inline flow-root",
/// "inline-list-item" and the like for list items that have none.
bool parseDisplay(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
