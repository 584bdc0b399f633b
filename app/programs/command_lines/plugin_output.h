// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QCoreApplication>
#include <QString>

namespace bulkhead::plugin_command {

enum ExitCode { Done = 0, Failed = 1 };

/// A line on standard output.
void say(const QString &text);
/// "bulkhead plugin: SENTENCE" on standard error; returns Failed.
int complain(const QString &sentence);

inline QString tr(const char *source)
{
    return QCoreApplication::translate("PluginCommand", source);
}

} // namespace bulkhead::plugin_command
