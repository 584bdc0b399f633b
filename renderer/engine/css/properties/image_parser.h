// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// <image> (css-images-3 2): a Url, a gradient (gradient_parser.h), or what image-set() chooses for one pixel per
/// pixel.
bool parseImage(TokenStream &tokens, const ValueContext &context, Value &into);
/// <url>, resolved against the style sheet's address.
bool parseUrl(TokenStream &tokens, const ValueContext &context, Value &into);

} // namespace bulkhead::engine::css
