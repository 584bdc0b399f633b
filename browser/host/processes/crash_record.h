// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/crash_record.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace bulkhead {

/// A child's crash::Record, checked: what it says of itself, which may be a lie but breaks nothing. Plain value.
struct CrashRecord
{
    /// An executable segment of a file, as it lay in the child.
    struct Module
    {
        quint64 start = 0;
        quint64 end = 0;
        quint64 base = 0; ///< address in memory minus base is the address in the file's symbol table
        QString path;
    };

    crash::Kind kind = crash::Kind::Crash;
    int signal = 0;
    int code = 0;
    quint64 faultAddress = 0;
    qint64 sender = 0;
    quint32 thread = 0;
    QList<quint64> registers; ///< as crash::RegisterNames
    QList<quint64> frames;    ///< innermost first
    QList<Module> modules;

    /// The record at the beginning of @p bytes; @p used is set to its length. Nothing when it is not complete (used
    /// stays 0) or no record at all (used is all there is).
    static std::optional<CrashRecord> parse(QByteArrayView bytes, qsizetype *used);
};

} // namespace bulkhead
