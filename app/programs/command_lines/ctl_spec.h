// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/command_spec.h"

namespace bulkhead {

/// `bulkhead ctl`, with all its commands.
CommandSpec ctlSpec();

} // namespace bulkhead
