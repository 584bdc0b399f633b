// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

namespace bulkhead {

/// Limits this process's private memory to @p bytes (RLIMIT_DATA; 0: no limit) and makes a failed allocation end the
/// process with exit_codes::OutOfMemory, so that it can be told from a crash. Shared framebuffers do not count.
void applyMemoryLimit(std::uint64_t bytes);

} // namespace bulkhead
