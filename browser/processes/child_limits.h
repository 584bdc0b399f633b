// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/sandbox.pb.h"

namespace bulkhead {

/// What a child of @p role may use unless a person says otherwise: private memory, processor time of one piece of work
/// and of the whole process, threads.
wire::SandboxLimits defaultLimits(wire::SandboxRole role);

} // namespace bulkhead
