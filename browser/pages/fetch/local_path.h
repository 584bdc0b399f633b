// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/disk_thread.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace bulkhead::local_path {

/// The absolute path that a file: URL names on this machine; nothing where it names none: another host, a relative
/// path, an encoded slash or NUL (which would mean one thing to the URL and another to the kernel), one of PATH_MAX
/// bytes or more. No disk access.
/// "." and ".." are resolved by name.
std::optional<QString> fromUrl(const QUrl &url);

/// @p path with symbolic links resolved. Where it does not exist, its deepest existing folder is resolved and the rest
/// is appended as it is.
QString real(const QString &path, const DiskThread &);

/// Whether @p path is @p folder or lies below it, by name. Both are absolute and clean. No disk access.
bool isBelow(const QString &path, const QString &folder);

} // namespace bulkhead::local_path
