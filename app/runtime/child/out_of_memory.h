// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Makes a failed allocation end this process with exit_codes::OutOfMemory, so that it can be told from a crash.
void endWhenOutOfMemory();

} // namespace bulkhead
