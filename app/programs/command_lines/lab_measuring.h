// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"
#include "ipc/lab/engine/cancel.h"

namespace bulkhead {

/// The parts of `bulkhead lab` that start processes. Exit codes are returned.
int labRun(const ParsedCommand &given, const lab::Cancel &cancel);
int labTrace(const ParsedCommand &given, const lab::Cancel &cancel);
int labExperiment(const ParsedCommand &given, const lab::Cancel &cancel);
int labServe(const ParsedCommand &given, const lab::Cancel &cancel);

} // namespace bulkhead
