// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"

namespace bulkhead {

/// The exit code of a command line that is wrong, whichever command it was for.
inline constexpr int ExitUsage = 2;

/// "bulkhead lab: SENTENCE" and which help tells more, on standard error. Returns ExitUsage.
int usageError(const UsageError &error);

} // namespace bulkhead
