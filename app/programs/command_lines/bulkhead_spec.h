// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"

namespace bulkhead {

/// The whole command line: the app's own options and addresses, and every command.
CommandSpec bulkheadSpec();

/// The script for "bash", "zsh" or "fish".
QString completionScript(const CommandSpec &root, const QString &shell);

} // namespace bulkhead
