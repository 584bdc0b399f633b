// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/cancel.h"

#include <QStringList>

namespace bulkhead {

/// The parts of `bulkhead lab` that start processes. @p arguments come after the command's name; exit codes returned.
int labRun(const QStringList &arguments, const lab::Cancel &cancel);
int labTrace(const QStringList &arguments, const lab::Cancel &cancel);
int labExperiment(const QStringList &arguments, const lab::Cancel &cancel);
int labServe(const QStringList &arguments, const lab::Cancel &cancel);

} // namespace bulkhead
