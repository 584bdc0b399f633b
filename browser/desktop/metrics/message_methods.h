// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/control_methods.h"

namespace bulkhead {

class PageProcessPool;

/// Remote control's `messages` (the last ones of every page process, oldest first) and `messages.follow` (a
/// notification "message" for each from now on; one that the client is too slow for is left out and counted in
/// "skipped").
/// @p renderers outlives them.
void addMessageMethods(ControlMethods &methods, PageProcessPool &renderers);

} // namespace bulkhead
