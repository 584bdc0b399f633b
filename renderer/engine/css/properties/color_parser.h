// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// <color> (css-color-4): a Color; currentcolor and system colours as keywords; light-dark() as a function of two.
bool parseColor(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
