// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// color-mix() (css-color-5 3) of colours that are known when it is parsed; with currentcolor it is invalid here.
bool parseColorMix(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
