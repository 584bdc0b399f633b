// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"

namespace bulkhead {

/// `bulkhead ctl COMMAND ...`: asks the running app and prints what it answers. Returns the program's exit code: 0
/// done; 1 the app said no, or the condition did not come; 2 wrong use; 3 no app runs.
int runCtl(const ParsedCommand &given);

} // namespace bulkhead
