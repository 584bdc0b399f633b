// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"
#include "ipc/messages/lab.pb.h"

namespace bulkhead::lab {

/// One worker's side: writes through @p link as often as the board says, or reads slowly, until the process is ended;
/// returns only when the mechanism fails. @p fds: the board.
Result<void> runPressure(Link &link, const wire::LabPressure &what, Fds fds);

} // namespace bulkhead::lab
