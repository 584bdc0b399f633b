// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringList>

#include <optional>

namespace bulkhead {

/// `bulkhead plugin ...`: what authors and users of plugins do without a window. @p arguments begin after "plugin". Needs a
/// QCoreApplication for its path. Returns the exit code: 0 done, 1 refused or failed, 2 used wrongly.
int runPluginCommand(const QStringList &arguments);

/// `bulkhead plugin run FILE ...` is the app itself: what it is started with instead. Nothing, and a sentence in @p error, when
/// used wrongly.
std::optional<QStringList> pluginRunArguments(const QStringList &arguments, QString *error);

} // namespace bulkhead
