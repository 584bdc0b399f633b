// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/frame_run.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace bulkhead::lab {

/// Everything about a run. Times in nanoseconds unless the name says otherwise; what is not known is null.
QJsonObject framesToJson(const std::vector<FrameLaneResult> &lanes, const FrameRun::Options &options);

/// One line per transport, the first one names the columns.
QString framesToCsv(const std::vector<FrameLaneResult> &lanes);

/// For a person at a terminal.
QString framesToTable(const std::vector<FrameLaneResult> &lanes, const FrameRun::Options &options);

/// "waiting", "running", "done", "unavailable", "failed"
QString frameLaneStateName(FrameLaneState state);

} // namespace bulkhead::lab
