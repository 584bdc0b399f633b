// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QUrl>

#include <functional>

namespace bulkhead::file_names {

/// @p wanted, made safe to create in a folder whatever a server wrote: no folders, no control or direction-changing
/// characters, no leading dots, at most 200 bytes, with its suffix kept. Never empty.
QString safe(const QString &wanted);

/// A safe name for what @p url holds: @p serversName if there is one, else the URL's last part, else the host; with a
/// suffix for @p mimeType where it has none.
QString suggest(const QString &serversName, const QUrl &url, const QString &mimeType);

/// @p name, or "stem (1).suffix" and so on: the first that @p isTaken denies.
QString unique(const QString &name, const std::function<bool(const QString &)> &isTaken);

} // namespace bulkhead::file_names
