// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/sandbox.pb.h"

#include <string>

namespace bulkhead::sandbox {

/// What this machine allows, found out by doing it.
struct HostProbe
{
    wire::SandboxReport report; ///< of the throw-away child that got furthest; its mode is the one to use
    std::string refusal;        ///< why not even system calls can be filtered, with SANDBOX_REFUSED
    std::string whyNotFull;     ///< the step that failed with user namespaces, empty when none did
};

/// Sends throw-away processes the whole way into the cage, with user namespaces, with root's, with none, and takes the
/// first that arrives. Needs one thread; leaves this process as it was.
HostProbe probeHost();

} // namespace bulkhead::sandbox
