// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// Exit codes by which a child says why it ended itself; the browser words them. Kept away from the shell's (126 and
/// up) and from small numbers that libraries use.
namespace bulkhead::exit_codes {

inline constexpr int Clean = 0;        ///< the channel ended, or it was asked to end
inline constexpr int OutOfMemory = 71; ///< an allocation beyond the memory limit failed
inline constexpr int TimeLimit = 72;   ///< one task used more processor time than its limit
inline constexpr int BadChannel = 73;  ///< the browser's messages made no sense (another build?)
inline constexpr int SetupFailed = 74; ///< could not become a child: the log says why
/// Plus a signal's number: what a process in a pid namespace of its own would have died of. It is number 1 there, which
/// the kernel does not let die of signals that it has sent itself or that somebody else sent.
inline constexpr int SignalBase = 128;

} // namespace bulkhead::exit_codes
