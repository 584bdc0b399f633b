// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "plugin_host/sdk/bulkhead/plugin.h"

namespace bulkhead {

/// The functions that plugins may call, for the whole process. Calls from other threads than the one that asked first
/// for the table are refused.
const bulkhead_host &hostTable();

} // namespace bulkhead
