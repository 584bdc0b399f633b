// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <QtGlobal>

#include <functional>

namespace bulkhead {

struct LaunchRequest
{
    UniqueFd channel; ///< the child's end
    UniqueFd logWriteEnd;
    quint64 memoryLimit = 0; ///< bytes of private memory; 0 for none
};

struct LaunchedChild
{
    qint64 pid = 0;
    UniqueFd pidFd; ///< becomes readable when the process ends; it is our child, so waitid() works on it
};

/// A way to get a renderer process. Main thread; never blocks.
class ChildLauncher
{
public:
    virtual ~ChildLauncher() = default;

    /// @p done is called exactly once, now or later, unless the launcher is deleted first.
    virtual void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) = 0;
};

} // namespace bulkhead
