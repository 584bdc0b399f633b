// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/call_recorder.h"
#include "ipc/lab/engine/cancel.h"
#include "ipc/lab/engine/worker_census.h"

#include <QJsonObject>
#include <QString>

#include <string>
#include <vector>

namespace bulkhead::lab {

/// One text on its way from a process to another and back, with every system call of both.
struct MessageTrace
{
    std::string mechanism;
    std::string sent;
    std::string arrived;             ///< in the second process
    std::vector<RecordedCall> calls; ///< process 0 is the sender; in the order of their ends
};

/// Sends @p text once over a warm link. An error with EMSGSIZE when the mechanism's limit is lower, with EPERM when the
/// machine does not let us trace our own children. All in the calling thread.
Result<MessageTrace> traceMessage(const WorkerProgram &workerProgram, const std::string &mechanism,
                                  const std::string &text, const Cancel &cancel);

/// Both processes side by side on one line of time, in microseconds from the first call.
QString traceToText(const MessageTrace &trace);
QJsonObject traceToJson(const MessageTrace &trace);

} // namespace bulkhead::lab
