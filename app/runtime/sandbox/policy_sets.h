// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/sandbox/policy.h"
#include "ipc/core/result.h"

/// The named sets of which every role's policy is composed (policies.cpp). Each reads as a sentence: "a renderer may
/// use descriptors it has, wait, use memory without executing it, ...".
namespace bulkhead::sandbox::may {

// ---- what every child needs
void useDescriptorsItHas(Policy &); ///< read, write, send and receive on what it was given; no new ones from names
void waitForEvents(Policy &);       ///< poll, futexes without priority inheritance, eventfds, sleeping
void useMemoryWithoutExecutingIt(Policy &); ///< W^X: no page becomes executable any more
/// The same, but code may be mapped from files, and libraries be opened: until a plugin is loaded. See stopLoading().
void useMemoryAndLoadLibraries(Policy &);
void startThreads(Policy &);                     ///< exactly the flags of pthread_create; no processes
void tellTimeAndIdentity(Policy &);              ///< clocks, own ids, random numbers
void handleItsOwnSignals(Policy &);              ///< handlers, masks, alternate stacks
void readItsMainThreadsTime(Policy &, int self); ///< its processor time, from another thread of @p self
void signalItself(Policy &, int self);           ///< tgkill to @p self only, as abort() does
void end(Policy &);
/// What Qt, fontconfig and the C library try in good faith: answered with an error instead of death. Grants nothing.
void probeInVain(Policy &);

// ---- grants beyond that, each visible where a role includes it
void askForPriorities(Policy &); ///< the range of scheduling priorities, a constant; QML asks for it
void beMeasured(Policy &);       ///< its own usage, and on which processors it runs
/// One call that a mechanism of the IPC lab is about, with no other flags, options and commands than the mechanisms
/// use: processes without new namespaces, shared memory that is not executable, FIFOs and no devices. Addresses are
/// asked about.
Result<void> useByName(Policy &, const char *call);
struct SocketKind
{
    int family = 0;
    int type = 0;
};
/// Sockets of exactly these kinds; where datagram sockets are among them, no call that could name another receiver.
void useSockets(Policy &, const std::vector<SocketKind> &kinds);

// ---- what is taken away later
/// Exactly what useMemoryAndLoadLibraries() has beyond useMemoryWithoutExecutingIt(), as refusals: on top of the former
/// it makes the latter.
void noMoreLibraries(Policy &);

// ---- relaxations
/// What sanitizers' run-time libraries do. Said in the verdict.
void runSanitizers(Policy &);

} // namespace bulkhead::sandbox::may
