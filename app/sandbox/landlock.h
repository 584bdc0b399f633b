// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

namespace bulkhead::sandbox {

/// What the running kernel's Landlock could take away.
struct LandlockExtent
{
    int abi = 0;          ///< 0: the kernel has none
    bool network = false; ///< TCP bind and connect (ABI 4)
    bool scopes = false;  ///< signals and abstract sockets to processes outside (ABI 6)
};

/// Takes every right that this kernel's Landlock knows from this thread and those it starts, with no rule that gives
/// any back. Older kernels know fewer rights. Needs no_new_privs. For tests, @p highestAbi pretends to be an older
/// kernel.
Result<LandlockExtent> denyEverything(int highestAbi = 99);

} // namespace bulkhead::sandbox
