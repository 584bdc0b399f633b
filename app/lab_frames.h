// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/cancel.h"

#include <QStringList>

namespace bulkhead {

/// `bulkhead lab frames`: the same animation through several transports at the same time, without a window. @p arguments
/// come after the command's name; the exit code is returned.
int labFrames(const QStringList &arguments, const lab::Cancel &cancel);

} // namespace bulkhead
