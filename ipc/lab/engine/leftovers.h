// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace bulkhead::lab {

enum class LeftoverKind { Folder, SharedMemoryFile, PosixQueue, SysvMemory, SysvQueue, SysvSemaphores };
enum class LeftoverState { InUse, Orphan }; ///< Orphan: the run that made it is over

/// Something of a run that outlives processes. Only this user's.
struct Leftover
{
    LeftoverKind kind = LeftoverKind::Folder;
    std::string name;        ///< path, object name, or "key 0x... id N"
    std::string run;         ///< "bulkhead-lab-4711-1"
    std::uint64_t bytes = 0; ///< content of a folder, memory or queue
    std::uint64_t users = 0; ///< processes attached, for System V memory
    LeftoverState state = LeftoverState::Orphan;
};

/// Everything that runs of this user have made and that is still there.
std::vector<Leftover> listLeftovers();

/// Removes orphans, run by run; returns what was removed. Runs that live keep theirs.
std::vector<Leftover> cleanLeftovers();

/// Sockets, FIFOs and files in a run's folder that its links made.
std::vector<std::string> filesLeftIn(const std::string &folder);

enum class RemoveFolder { Yes, No };
/// Removes all that one run made. No: its folder stays, with its lock and the file its keys are made from.
void removeRun(const std::string &folder, const std::string &run, RemoveFolder removeFolder);

} // namespace bulkhead::lab
