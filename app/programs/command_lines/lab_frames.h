// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"
#include "ipc/lab/engine/cancel.h"

namespace bulkhead {

/// `bulkhead lab frames`: the same animation through several transports at the same time, without a window.
/// The exit code is returned.
int labFrames(const ParsedCommand &given, const lab::Cancel &cancel);

} // namespace bulkhead
