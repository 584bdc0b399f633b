// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/remote/control_methods.h"
#include "browser/trace/tracer.h"

namespace bulkhead {

/// Remote control's `trace.start` {"file"} and `trace.stop`. @p tracer outlives them.
void addTraceMethods(ControlMethods &methods, Tracer &tracer);

} // namespace bulkhead
