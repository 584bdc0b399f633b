// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/media.h"
#include "renderer/engine/css/token.h"

#include <QStringView>

#include <optional>
#include <span>

namespace bulkhead::engine::css {

/// What stands between the parentheses of a feature; nothing when the feature or its value is unknown.
std::optional<MediaFeature> parseMediaFeature(std::span<const Token> tokens);

bool matchesFeature(const MediaFeature &feature, const MediaEnvironment &environment);

} // namespace bulkhead::engine::css
