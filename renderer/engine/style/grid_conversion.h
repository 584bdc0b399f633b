// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/value.h"
#include "renderer/engine/style/computing.h"

#include <QString>

#include <vector>

namespace bulkhead::engine {

GridTemplate gridTemplateOf(const Computing &computing, const css::Value &value);
/// grid-auto-columns and -rows; empty when all it says is "auto".
std::vector<TrackSize> trackSizesOf(const Computing &computing, const css::Value &value);
GridLine gridLineOf(const Computing &computing, const css::Value &value);
std::vector<std::vector<QString>> gridAreasOf(const css::Value &value);

} // namespace bulkhead::engine
