// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/crash_record.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace bulkhead {

/// One line of a stack, as a person reads it.
struct StackFrame
{
    quint64 address = 0;
    QString module;     ///< file's name; empty when the address lies in none
    quint64 offset = 0; ///< in the module
    QString function;   ///< demangled; empty when unknown
    QString file;
    int line = 0;
    bool isInlined = false; ///< part of the next frame's function
};

/// Turns a record's addresses into functions and lines, by elfutils and the symbols on this machine. The record comes
/// from a process that may lie: only files in @p folders that belong to root or to this user, and that not everybody
/// can write, are opened, whatever the record names. Takes up to seconds (debug information is large): for another
/// thread than the main one. Asks nobody on the network as long as DEBUGINFOD_URLS is not set.
QList<StackFrame> symbolise(const CrashRecord &record, const QStringList &folders);

/// Where the libraries of a child of this app lie: the app's own folder, Qt's, the system's.
QStringList symbolFolders();

} // namespace bulkhead
