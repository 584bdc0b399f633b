// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// <track-size> (css-grid-1 7.2): a keyword, length or fraction, or minmax() or fit-content().
bool parseTrackSize(TokenStream &tokens, const ValueContext &context, Value &into);
/// none | <track-list> | <auto-track-list>: a List of track sizes, functions "names" of Idents for [names], and
/// functions "repeat" of the count or "auto-fill" or "auto-fit" and what is repeated.
bool parseGridTemplate(TokenStream &tokens, const ValueContext &context, Value &into);
/// "[a b]" as a function "names".
bool parseLineNames(TokenStream &tokens, Value &into);
/// <grid-line> (8.3): "auto", or a List of "span" or Missing, the number or Missing, the name or Missing.
bool parseGridLine(TokenStream &tokens, const ValueContext &context, Value &into);
/// <string>+ (7.3): a List of rows, each a List of Idents; empty ones are "."
bool parseGridAreas(TokenStream &tokens, const ValueContext &context, Value &into);
/// One string as a row of areas; false when it is none.
bool parseGridAreaRow(const QString &text, Values &cells);
/// Whether each name is one rectangle.
bool areRectangles(const Values &rows);

} // namespace bulkhead::engine::css
