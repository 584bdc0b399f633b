// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/messages/sandbox.pb.h"

namespace bulkhead::lab {
struct Needs;
struct Place;
} // namespace bulkhead::lab

namespace bulkhead::sandbox {

/// Locks a worker of the IPC lab down to a mechanism: no new privileges, no capabilities, files only below the run's
/// folder and where the mechanism's objects live, sockets only of the kinds that it declares and only to where the
/// place says (socket_usher.h), and of the system calls those that every child may make and those that the mechanism
/// declares. Unlike a page's process it keeps the machine's namespaces: the classic mechanisms are about objects that
/// others can see. Any other call ends the worker (SIGSYS). For good; before the mechanism is used. What was done is in
/// the report; it is an error when an essential part was not.
Result<wire::SandboxReport> confineLabWorker(const lab::Needs &needs, const lab::Place &place);

} // namespace bulkhead::sandbox
