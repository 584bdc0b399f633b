// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/control_methods.h"
#include "browser/desktop/trace/tracer.h"

namespace bulkhead {

/// Remote control's `trace.start` {"file"} and `trace.stop`. @p tracer outlives them.
void addTraceMethods(ControlMethods &methods, Tracer &tracer);

} // namespace bulkhead
