// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// Shorthands: identifier, name, how it is expanded (ShorthandKind), grammar, longhands. Those of kind Custom have a
/// function of their own (shorthands_*.cpp) and may leave the grammar empty.
#define BULKHEAD_SHORTHANDS(X)                                                                                         \
    X(Margin, "margin", Edges, "<'margin-top'>{1,4}", "margin-top margin-right margin-bottom margin-left")
