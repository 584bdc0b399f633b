// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

#include <QStringView>

namespace bulkhead::engine::css {

/// Parsers of names and of what is written with them.

/// <custom-ident> (css-values-4 4.2): no keyword of all properties.
bool parseCustomIdent(TokenStream &tokens, const ValueContext &context, Value &into);
bool isReservedIdent(QStringView name);
bool parseString(TokenStream &tokens, const ValueContext &context, Value &into);
/// A list of families: String, or Ident for names without quotes, words joined by a space.
bool parseFontFamilies(TokenStream &tokens, const ValueContext &context, Value &into);
/// <opentype-tag>: a string of four characters.
bool parseFeatureTag(TokenStream &tokens, const ValueContext &context, Value &into);
/// <counter-style> | none: an Ident, or for symbols() an Ident "symbols(...)" whose parts U+0001 separates, or a
/// keyword.
bool parseCounterStyle(TokenStream &tokens, const ValueContext &context, Value &into);
/// A counter's name: an Ident, not "none".
bool parseCounterName(TokenStream &tokens, const ValueContext &context, Value &into);
/// counter() or counters(): a function of the name, the style or Missing, and for counters() the separator.
bool parseCounter(TokenStream &tokens, const ValueContext &context, Value &into);
/// attr(name) or attr(name, "fallback").
bool parseAttr(TokenStream &tokens, const ValueContext &context, Value &into);
/// The keyword at the end of a list of pictures.
bool parseCursor(TokenStream &tokens, const ValueContext &context, Value &into);
/// rect(), the old clip: a function of four, "auto" or lengths.
bool parseRect(TokenStream &tokens, const ValueContext &context, Value &into);
/// fit-content(limit)
bool parseFitContent(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
