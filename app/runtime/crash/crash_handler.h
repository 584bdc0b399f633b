// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

namespace bulkhead {

/// Makes this process tell its end: from now on SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP and SIGSYS write a
/// crash::Record to @p fd before they take their course, and crash::CaptureSignal writes one and lets the process go
/// on.
///
/// Qt-free. What can be done beforehand is done here (the table of loaded libraries, an alternate stack, the unwinder's
/// first use), so that the handler itself only uses sigaltstack, write, rt_sigaction, gettid, tgkill and _exit,
/// allocates nothing and takes no lock; the unwinder reads unwind tables that are mapped already. To be called after
/// everything was loaded, on the main thread, before or after lock-down. Other threads that may crash call
/// useCrashStack().
/// @p fd stays open for the life of the process; a descriptor that is none switches nothing on.
void installCrashHandler(UniqueFd fd);

/// Makes the table of loaded files for the handlers of this process and of those forked from it. For the fork server,
/// once everything is loaded and while /proc is there; otherwise installCrashHandler() makes it.
void rememberLoadedFiles();

/// Gives the calling thread an alternate stack, so that its stack overflow can be told, too. For its whole life.
void useCrashStack();

} // namespace bulkhead
