// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/media.h"
#include "renderer/engine/css/token.h"

#include <optional>
#include <span>

namespace bulkhead::engine::css {

/// The value of a media feature: a number, length, resolution, ratio or keyword, also as calc(). Units of fonts are of
/// the initial font (mediaqueries-4 1.3). Nothing when it is none of them.
std::optional<MediaValue> parseMediaValue(std::span<const Token> tokens);

} // namespace bulkhead::engine::css
