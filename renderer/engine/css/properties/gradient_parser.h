// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// A gradient (css-images-3 3, conic ones of css-images-4) as a function whose items are
///   of linear-gradient   List of the angle, or of two numbers: the corner's directions (-1, 0, 1) from left and top
///   of radial-gradient   List of "circle" or "ellipse"; the extent's keyword or a List of radii; x; y
///   of conic-gradient    List of the angle; x; y
/// then a List of stops, each a List of a colour (Missing: a hint) and a position (or Missing), then the number 1 when
/// it repeats. Prefixed and repeating ones have the plain names.
bool parseGradient(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
