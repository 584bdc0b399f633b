// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/crashes/symboliser.h"
#include "browser/host/processes/exit_reason.h"
#include "browser/pages/page_processes/message_log.h"

#include <QDateTime>
#include <QJsonObject>
#include <QUrl>

namespace bulkhead {

/// All that is known of the end of a process, or of where it was when it was asked. Plain value; kept as JSON.
struct CrashReport
{
    QString id;             ///< unique, sorts by time, fit for a file name and a URL
    QDateTime time;         ///< UTC
    bool isCapture = false; ///< the process went on
    QString reason;         ///< ExitReason::code(), or "capture"
    QString sentence;
    QString version;
    qint64 pid = 0;
    QStringList urls;
    QStringList sites;
    QJsonObject signal; ///< number, name, code, fault_address, sender, thread; empty when no record was written
    QJsonObject registers;
    QList<StackFrame> frames;
    QList<QJsonObject> messages; ///< the last ones, oldest first

    /// The first function that says something: not of the C library or the unwinder.
    QString function() const;
    /// Everything, for a person.
    QString text() const;

    QJsonObject toJson() const;
    /// Nothing when @p object is none, as in a file that somebody else made.
    static std::optional<CrashReport> fromJson(const QJsonObject &object);
};

/// "symbol at file:line (inlined)", or the address in its module.
QString describe(const StackFrame &frame);

} // namespace bulkhead
