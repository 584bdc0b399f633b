// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"

namespace bulkhead {

/// The options of the app itself, with a window or without.
std::vector<OptionSpec> appOptions();
/// `bulkhead sandbox-check`.
CommandSpec sandboxCheckSpec();

} // namespace bulkhead
