// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// The longhands that the engine knows: identifier, name, whether it is inherited, what a change of it invalidates,
/// initial value, grammar.
#define BULKHEAD_LONGHANDS(X)                                                                                          \
    X(Color, "color", Inherited, Paint, "canvastext", "<color>")                                                       \
    X(MarginTop, "margin-top", Reset, Layout, "0", "auto | <length-percentage>")
