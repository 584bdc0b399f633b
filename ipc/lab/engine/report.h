// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/lab_run.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace bulkhead::lab {

/// What was measured with: without it figures say little.
QJsonObject machineToJson();

/// Everything about a run. Times in nanoseconds unless the name says otherwise; what is not known is null.
QJsonObject resultsToJson(const std::vector<JobResult> &results, const LabRun::Options &options);

/// One line per job, the first one names the columns.
QString resultsToCsv(const std::vector<JobResult> &results);

/// For a person at a terminal.
QString resultsToTable(const std::vector<JobResult> &results);

/// "830 ns", "6.3 us", "1.20 ms"
QString timeText(double nanoseconds);

} // namespace bulkhead::lab
