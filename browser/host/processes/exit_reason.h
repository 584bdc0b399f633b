// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

#include <optional>

namespace bulkhead {

enum class ExitKind {
    Clean,        ///< exit code 0 when it was asked to end
    ExitCode,     ///< ended by itself
    Signal,       ///< crashed or was killed from outside
    KilledByUser, ///< ended from the app by the person
    OutOfMemory,
    TimeLimit,  ///< one task ran too long
    BadMessage, ///< broke the protocol and was ended
    Overflow,   ///< did not read its messages until the queue was full, and was ended
    FailedToStart,
    ForbiddenCall, ///< made a system call that its sandbox forbids
    Limit,         ///< went beyond a limit other than memory and one task's time
    NotLockedDown, ///< did not get as far into the sandbox as it should, and was ended before it got any content
    Unresponsive,  ///< did not answer, and was ended by the person for that; detail: Hang::code()
    SiteMemory,    ///< its site used too much of the browser's memory; number: megabytes
    PluginFailed,  ///< the plugin cannot be used; number: its PluginCode, detail: the sentences
};

/// Whose process it was, for the words.
enum class ExitOf { Page, Plugin, LabWorker };

/// Why a child process is gone, decoded once, worded once. Plain value.
struct ExitReason
{
    ExitKind kind = ExitKind::Clean;
    int number = 0; ///< exit code, signal, bad-message or system-call number (negative: unknown), or errno, by kind
    QString detail; ///< the bad message's name, the failing call, the forbidden call with its arguments; may be empty
    ExitOf of = ExitOf::Page;

    /// What happened, in plain words, one sentence: "The process was ended by signal 11 (SIGSEGV: ...)."
    QString sentence() const;
    /// For logs and scripts: "signal 11 SIGSEGV", "exit 3", "bad-message 7 frame_ready".
    QString code() const;
    /// False for an orderly end.
    bool isAbnormal() const { return kind != ExitKind::Clean; }
};

} // namespace bulkhead
