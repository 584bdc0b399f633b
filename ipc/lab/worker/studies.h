// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"
#include "ipc/lab/mechanisms/mechanism.h"
#include "ipc/messages/lab.pb.h"

namespace bulkhead::lab {

/// A study that a single worker runs with processes that it forks itself. Its findings, and whether they show
/// what the study is there to show. Bounded in time by the engine, which ends the worker and, with it, what it
/// forked.
/// @p fds: memory that somebody looks at meanwhile, where a study has such (race).
Result<void> runStudy(const wire::LabStudy &what, wire::LabStudyDone &done, Fds fds);

/// What it needs of the kernel; an error when there is no such study.
Result<Needs> needsOfStudy(const std::string &name);

} // namespace bulkhead::lab
