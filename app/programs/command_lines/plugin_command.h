// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"
#include "app/programs/command_syntax/parsed_command.h"

namespace bulkhead {

/// `bulkhead plugin`, with all its commands.
CommandSpec pluginSpec();

/// `bulkhead plugin ...`: what authors and users of plugins do without a window. Needs a QCoreApplication for its path.
/// Returns the exit code: 0 done, 1 refused or failed, 2 used wrongly.
int runPluginCommand(const ParsedCommand &given);

/// `bulkhead plugin run FILE ...` is the app itself: what it is asked for then.
ParsedCommand pluginRunAsApp(const ParsedCommand &given);

} // namespace bulkhead
