// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <string>
#include <vector>

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

/// What may stay.
struct LandlockGrants
{
    std::vector<std::string>
        folders;          ///< everything below may be read, written, made and removed; absent ones do not matter
    bool anyFile = false; ///< only executing is taken away
    bool signals = false; ///< to processes outside
};
/// As denyEverything(), but for @p grants. Nothing is ever executed.
Result<LandlockExtent> denyEverythingBut(const LandlockGrants &grants, int highestAbi = 99);

} // namespace bulkhead::sandbox
