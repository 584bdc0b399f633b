// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Number 1 of a pid namespace does not die of a signal that it has no handler for: `kill -TERM` from outside would do
/// nothing, abort() would be reported as something else. So every signal that ends a process gets a handler that ends
/// it with exit_codes::SignalBase + its number; a fault of the process's own still ends it by the signal itself. Does
/// nothing in a process that is not number 1.
void letSignalsEndThisProcess();

} // namespace bulkhead
