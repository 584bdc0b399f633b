// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace bulkhead {

struct DocumentHead;

/// A folder's listing, made by the browser as JSON, as a whole HTML document:
///
///     {"path": "/usr/share", "parent": true,
///      "entries": [{"name": "doc", "dir": true, "size": 4096, "modified": "2024-03-01T12:30:00Z", "mime": "..."}]}
///
/// Folders first, then by name in natural order (file9 before file10). Links are relative to the document's URL taken
/// as a folder. At most maximumListedEntries are listed; the rest are counted. Main thread.
QByteArray directoryListingToHtml(QByteArrayView json, const DocumentHead &head);

inline constexpr qsizetype maximumListedEntries = 10'000;

} // namespace bulkhead
