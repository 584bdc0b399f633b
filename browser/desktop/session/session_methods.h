// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/control_methods.h"
#include "browser/desktop/session/session_restorer.h"

namespace bulkhead {

/// Remote control's `session` (how many tabs are offered), `session.restore` and `session.dismiss`. @p restorer
/// outlives them.
void addSessionMethods(ControlMethods &methods, SessionRestorer &restorer);

} // namespace bulkhead
