// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"
#include "ipc/messages/lab.pb.h"

#include <functional>

namespace bulkhead::lab {

/// Runs one side of a measurement on @p link and returns its figures. Every message is written and read completely.
/// Fails when the mechanism does, except where the way it fails is what was asked for. The part that is measured lies
/// between two calls of markBoundary() (boundary.h).
/// @p askedToEnd is looked at by a lossy responder after each silence.
Result<wire::LabMeasured> measure(Link &link, const wire::LabMeasure &what, const std::function<bool()> &askedToEnd);

} // namespace bulkhead::lab
