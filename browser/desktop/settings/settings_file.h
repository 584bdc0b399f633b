// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QHash>
#include <QJsonObject>
#include <QString>
#include <QStringList>

/// settings.json: {"version": 1, "settings": {"name": value, ...}}. What is unknown in it stays in it, and what a newer
/// version wrote is used as far as it is understood. Any thread; processes that share the file lose nothing of each
/// other's.
namespace bulkhead::settings_file {

/// The version that this program writes. Raised when the meaning of a setting changes, not when one is added.
constexpr int Version = 1;
constexpr qint64 MostBytes = 4 << 20;

/// By name; what is undefined is taken out of the file.
using Changes = QHash<QString, QJsonValue>;

struct Contents
{
    QJsonObject values;
    bool isThere = false; ///< there was something under that name, be it broken
    bool mayWrite = true; ///< false: what is there is none of ours and cannot be moved away
    QStringList notices;  ///< sentences for the person
};

/// A file that is broken, or no file at all, is moved to NAME.broken-N first.
Contents load(const QString &fileName);

/// Makes @p changes to what the file holds by now and replaces it, atomically and on the disk when this returns. Where
/// there is nothing to be changed any more, or nothing that can be read, it is @p all that is written. A file of a
/// newer version keeps its version, and as it was before is kept as NAME.version-N.
Result<void> change(const QString &fileName, const Changes &changes, const QJsonObject &all);

} // namespace bulkhead::settings_file
