// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/messages/lab.pb.h"

#include <vector>

namespace bulkhead::lab {

/// What a worker may answer to a command.
struct ReplyRule
{
    wire::LabCommand::BodyCase command;
    enum class Answer { None, Plain, Body } answer; ///< none at all, one without a body, or one with that body
    wire::LabReply::BodyCase body;
    std::size_t mostFds;
};
/// One for every command.
const std::vector<ReplyRule> &replyRules();
bool isAnswered(wire::LabCommand::BodyCase command);

/// Whether @p reply, with @p fds descriptors, is one to @p command, and no part of it larger than an honest worker's
/// would be. A failed command may be answered by its error alone.
Result<void> checkReply(wire::LabCommand::BodyCase command, const wire::LabReply &reply, std::size_t fds);

} // namespace bulkhead::lab
