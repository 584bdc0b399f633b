// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/shared_region.h"
#include "ipc/lab/mechanisms/shared_semaphore.h"

namespace bulkhead::lab {

/// Shared memory of any kind with any way of synchronising: "posix-shm+futex". Messages are written and read in place.
std::unique_ptr<Mechanism> sharedMemoryMechanism(std::shared_ptr<const RegionKind> memory,
                                                 std::shared_ptr<const SemaphoreKind> semaphores);

} // namespace bulkhead::lab
