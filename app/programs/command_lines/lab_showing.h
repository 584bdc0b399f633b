// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"
#include "ipc/lab/engine/cancel.h"

namespace bulkhead {

/// The parts of `bulkhead lab` that show what there is. Exit codes are returned.
int labList(const ParsedCommand &given, const lab::Cancel &cancel);
int labLeftovers(const ParsedCommand &given, const lab::Cancel &cancel);
int labCompare(const ParsedCommand &given, const lab::Cancel &cancel);

} // namespace bulkhead
