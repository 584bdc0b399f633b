// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QHostAddress>
#include <QUrl>

namespace bulkhead::pinned_url {

/// An address for Qt's network code that needs no looking up: the server's name is replaced by @p address, which has
/// been judged, so that the connection goes there and nowhere else (no DNS rebinding). The name stays in the fragment,
/// which never leaves.
QUrl pin(const QUrl &url, const QHostAddress &address);
bool isPinned(const QUrl &url);
/// A Host header for the named @p url.
QByteArray hostHeader(const QUrl &url);

} // namespace bulkhead::pinned_url
