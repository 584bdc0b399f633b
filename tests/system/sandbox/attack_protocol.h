// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead::attack {

/// TrySandbox::deed for the first attack of attacks(); the others follow.
inline constexpr int FirstDeed = 1000;

} // namespace bulkhead::attack
