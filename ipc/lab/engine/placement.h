// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bulkhead::lab {

/// On which processors the two processes run.
enum class Placement {
    Free,      ///< where the scheduler puts them
    SameCore,  ///< both on one: each has to leave it for the other
    CrossCore, ///< on two cores that are not siblings of each other
};

const char *placementName(Placement placement); ///< "free", "same", "cross"
std::optional<Placement> placementFromName(std::string_view name);

struct Processors
{
    std::vector<std::uint32_t> first, second; ///< empty: all
};
/// An error, as a sentence, when this process may not use enough of them.
Result<Processors> processorsFor(Placement placement);

} // namespace bulkhead::lab
