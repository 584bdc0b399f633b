// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/cancel.h"
#include "ipc/lab/engine/leftovers.h"
#include "ipc/lab/engine/worker_census.h"
#include "ipc/messages/lab.pb.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bulkhead::lab {

/// What there is to try, and what it teaches.
struct StudyInfo
{
    const char *name;
    const char *title;
    const char *lesson;
    bool takesMechanisms; ///< done with each of some mechanisms, not by itself
};
const std::vector<StudyInfo> &studies();

struct StudyOptions
{
    std::string name;
    std::vector<std::string> mechanisms;          ///< empty: those that suit
    std::map<std::string, std::uint64_t> numbers; ///< "processes", "additions", "size", ...
    WorkerProgram workerProgram;
    std::shared_ptr<UniqueFd> watched; ///< memory that somebody looks at meanwhile: a RaceWatch's, for "race"
};

struct StudyReport
{
    std::vector<wire::LabFinding> findings;
    bool lessonHolds = false; ///< what was found is what the study is there to show
};

/// Runs one in the calling thread, which may be any but must stay meanwhile: workers end with it. Everything that it
/// leaves is removed, also when it fails, is cancelled, or kills its own processes (which some do).
/// @p progress gets each finding as it comes.
Result<StudyReport> runStudy(const StudyOptions &options, const Cancel &cancel,
                             const std::function<void(const wire::LabFinding &)> &progress = {});

} // namespace bulkhead::lab
