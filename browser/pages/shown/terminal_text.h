// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QString>

namespace bulkhead {

/// @p text of a page as it goes to standard output: exactly, into a file or a pipe; on a terminal without the
/// characters that steer it (a page must not move the cursor, set the title or answer for the person).
QByteArray forStandardOutput(const QString &text);
/// The same, told whether it is a terminal.
enum class StandardOutput { Terminal, File };
QByteArray forOutput(const QString &text, StandardOutput output);

} // namespace bulkhead
