// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// rgb(), hsl(), hwb(), lab(), lch(), oklab(), oklch(), color() and color-mix() (css-color-4, css-color-5 3), as sRGB.
bool parseColorFunction(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
