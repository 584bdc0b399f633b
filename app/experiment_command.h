// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringList>

namespace bulkhead {

/// `bulkhead experiment ...`: guided experiments without a window. @p arguments come after "experiment"; needs an
/// application object. Returns the exit code: 0, 1 when a check failed or a prediction was wrong, 2 for bad input.
int runExperimentCommand(const QStringList &arguments);

} // namespace bulkhead
