// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringList>

namespace bulkhead {

/// `bulkhead lab ...`: the IPC lab without a window. @p arguments come after "lab". Returns the exit code: 0, 1 when
/// something could not be done, 2 for bad input, 130 after Ctrl+C.
int runLabCommand(const QStringList &arguments);

} // namespace bulkhead
