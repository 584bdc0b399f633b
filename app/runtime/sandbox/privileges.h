// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

namespace bulkhead::sandbox {

/// No program run from here on gains anything by being run.
Result<void> forbidNewPrivileges();
/// Empties all five capability sets and locks the ways back (securebits); checked by reading them again.
Result<void> dropCapabilities();
/// No core dump, and no other process of the same user may trace or look into this one. Last of what changes
/// credentials.
Result<void> becomeUndumpable();

} // namespace bulkhead::sandbox
