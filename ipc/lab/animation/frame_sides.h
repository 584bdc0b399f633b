// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"
#include "ipc/messages/lab.pb.h"

#include <functional>

namespace bulkhead::lab {

/// One worker's side of a pane: paints pictures and sends them through @p link, or receives them and puts them onto a
/// display. As long as what.count() says, or until the process is ended; fails when the transport does. @p fds: the
/// board, and for the receiving side the display.
///
/// With what.counted() the frames hold a test pattern of which every byte is checked, nothing is shown, and the part
/// after the first frames lies between two calls of markBoundary() (boundary.h): for counting system calls.
Result<wire::LabFramesDone> runFrames(Link &link, const wire::LabFrames &what, Fds fds);

} // namespace bulkhead::lab
