// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// <transform-function> (css-transforms-1 11, and those of three dimensions of css-transforms-2) as a function of
/// numbers, angles and lengths, each argument in its place.
bool parseTransformFunction(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
