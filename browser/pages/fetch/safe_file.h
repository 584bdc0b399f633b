// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/safe_open.h"

#include <QByteArray>
#include <QString>

/// Files that others named or may have put there: manifests, packages, lab files, everything in a profile. Nothing else
/// in the browser opens these. The rules are ipc/core/safe_open.h's; here with Qt's types. Any thread.
namespace bulkhead::safe_file {

/// All of it. ":/..." is one of the program's own files.
Result<QByteArray> read(const QString &name, qint64 mostBytes, Links links = Links::Follow);
/// Its first @p bytes, whatever its size.
Result<QByteArray> readStart(const QString &name, qint64 bytes, Links links = Links::Follow);
/// Replaces the file atomically, 0600; its folder is made. What is there and is no file stays, and is the error.
Result<void> replace(const QString &name, const QByteArray &contents);
Result<void> append(const QString &name, const QByteArray &bytes);

/// Moves away what is at @p name, whatever it is: itself, never what it leads to, to NAME.WHY-N with a number that is
/// free, since nothing is overwritten. The result is its new name.
Result<QString> setAside(const QString &name, const QString &why);

} // namespace bulkhead::safe_file
