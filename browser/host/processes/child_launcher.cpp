// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/child_launcher.h"

namespace bulkhead {

ChildStart ChildStart::duplicate() const
{
    ChildStart copy{role, limits, startup, {}};
    for (const UniqueFd &fd : startupFds)
        copy.startupFds.push_back(fd.duplicate());
    return copy;
}

} // namespace bulkhead
