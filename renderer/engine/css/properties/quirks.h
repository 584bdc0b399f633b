// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/grammar.h"

namespace bulkhead::engine::css {

/// What the value of @p property, as it is written, is parsed with: quirks are for some properties only
/// (quirks.spec.whatwg.org 3.1 and 3.2).
ValueContext valueContext(PropertyId property, const ParseContext &context);

} // namespace bulkhead::engine::css
