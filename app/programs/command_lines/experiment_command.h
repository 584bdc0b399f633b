// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"
#include "app/programs/command_syntax/parsed_command.h"

namespace bulkhead {

/// `bulkhead experiment`, with all its commands.
CommandSpec experimentSpec();

/// `bulkhead experiment ...`: guided experiments without a window. Needs an application object. Returns the exit code:
/// 0, 1 when a check failed or a prediction was wrong, 2 for bad input.
int runExperimentCommand(const ParsedCommand &given);

} // namespace bulkhead
