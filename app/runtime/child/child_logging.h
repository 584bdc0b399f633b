// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Sends Qt's messages of this child to stderr, which is a pipe to the browser: one line each, preceded by its level as
/// the kernel's log does it ("<4>..." is a warning). The browser adds role, pid and time and does not believe the rest.
void installChildLogging();

} // namespace bulkhead
