// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringList>

namespace bulkhead {

/// `bulkhead ctl COMMAND ...`: asks the running app and prints what it answers. @p arguments are those behind "ctl".
/// Returns the program's exit code: 0 done; 1 the app said no, or the condition did not come; 2 wrong use; 3 no app
/// runs.
int runCtl(const QStringList &arguments);

} // namespace bulkhead
