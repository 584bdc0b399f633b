// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/crashes/crash_store.h"
#include "browser/desktop/remote/control_methods.h"

namespace bulkhead {

/// Remote control's `crashes` (all, in short) and `crash` {id} (one, whole, also as text). @p store outlives them.
void addCrashMethods(ControlMethods &methods, const CrashStore &store);

} // namespace bulkhead
