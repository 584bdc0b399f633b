// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/leftovers.h"

#include <QStringList>

#include <unistd.h>

namespace bulkhead {

/// What runs of the lab that this process did have left; other runs on this machine are others' business.
inline QStringList ownLeftovers()
{
    const std::string mine = "bulkhead-lab-" + std::to_string(::getpid()) + "-";
    QStringList names;
    for (const lab::Leftover &leftover : lab::listLeftovers()) {
        if (leftover.run.rfind(mine, 0) == 0)
            names << QString::fromStdString(leftover.name);
    }
    return names;
}

} // namespace bulkhead
