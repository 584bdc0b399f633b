// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"

namespace bulkhead {

/// `bulkhead lab ...`: the IPC lab without a window. Needs a QCoreApplication. Returns the exit code: 0, 1 when
/// something could not be done, 2 for bad input, 130 after Ctrl+C.
int runLabCommand(const ParsedCommand &given);

} // namespace bulkhead
