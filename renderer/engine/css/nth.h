// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/selector.h"
#include "renderer/engine/css/token.h"

#include <optional>

namespace bulkhead::engine::css {

/// Takes an "an+b" from @p tokens (css-syntax-3 6), with the white space round it; nothing when there is none.
std::optional<Nth> takeNth(TokenStream &tokens);

} // namespace bulkhead::engine::css
