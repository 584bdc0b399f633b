// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_lines/usage_error.h"
#include "ipc/core/error.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QString>

#include <string>

namespace bulkhead {

inline constexpr int ExitFailed = 1;
inline constexpr int ExitInterrupted = 130;

/// Prints "bulkhead lab: SENTENCE" on standard error; returns @p exitCode.
int complain(const QString &sentence, int exitCode);
/// As above; a cancelled run is ExitInterrupted.
int complain(const Error &error, int exitCode);

/// On standard output.
void print(const QString &text);
void print(const QJsonObject &json);

/// Where bulkhead-lab-worker is.
std::string labWorkerProgram();

} // namespace bulkhead
