// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/renderer.pb.h"

namespace bulkhead {

/// Tries what the sandbox should prevent, so that a person can see the kernel's answer (about:sandbox). Harmless where
/// it succeeds, and undone. Many deeds end the process instead.
wire::SandboxAttempted trySandbox(const wire::TrySandbox &request);

} // namespace bulkhead
