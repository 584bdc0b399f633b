// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_lines/ctl_command.h"

namespace bulkhead {

enum class CtlFormat { Human, Json };

/// Writes an answer to standard output, or the picture in it to its file. An error is a sentence.
Result<void> printAnswer(const CtlCommand &command, const QJsonValue &answer, CtlFormat format);
/// Writes one notification of something that is followed.
void printNotification(const QJsonObject &notification, CtlFormat format);

} // namespace bulkhead
