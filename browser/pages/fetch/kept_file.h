// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/error.h"

#include <QJsonDocument>
#include <QString>

namespace bulkhead {

/// What became of a file of the profile that this version cannot use.
struct SetAside
{
    QString sentence; ///< for the person: what happened, and where the file is now
    bool isFree;      ///< its name may be written to; otherwise it is still there, and must not be
};

// Nothing that somebody kept is lost: such a file gets another name, NAME.broken-N or NAME.newer-N, and is never
// written over. @p subject begins the sentence: "The history". Any thread.

/// @p error is why it is none of ours, or cannot be read. Where that says nothing about the file (too many open files)
/// it stays where it is.
SetAside setAsideBroken(const QString &fileName, const QString &subject, const Error &error);
SetAside setAsideNewer(const QString &fileName, const QString &subject);

/// A JSON file of the profile: an object with a number "format", or one from before there were formats.
struct KeptJson
{
    static constexpr const char *Format = "format";

    QJsonDocument document; ///< null when there is none, or it was set aside
    bool mayWrite = true;
    QString notice; ///< a sentence for the person; empty when all is well

    /// What is no JSON, or of a format above @p newest, is set aside.
    static KeptJson read(const QString &fileName, qint64 mostBytes, int newest, const QString &subject);
};

} // namespace bulkhead
