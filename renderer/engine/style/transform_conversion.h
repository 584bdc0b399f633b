// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/properties/value.h"
#include "renderer/engine/style/computing.h"

#include <vector>

namespace bulkhead::engine {

std::vector<TransformOperation> transformOf(const Computing &computing, const css::Value &value);

} // namespace bulkhead::engine
