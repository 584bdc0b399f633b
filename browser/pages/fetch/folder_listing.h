// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QString>

#include <functional>

namespace bulkhead {

/// The MIME type of folderListing(): a JSON object
///   {"path": "/usr/share", "parent": true, "truncated": false,
///    "entries": [{"name", "dir", "size", "modified", "mime"}, ...]}
/// sorted as people expect, folders first. "modified" is ISO 8601 in UTC, "parent" is false for "/" only.
inline constexpr char ListingMimeType[] = "application/vnd.bulkhead.listing+json";

/// Entries beyond this are left out ("truncated").
constexpr int MaxListedEntries = 20'000;

/// What is in the folder behind @p fd, an open directory that stays the caller's; @p path is its name. Reads the disk:
/// for worker threads. Stops early, with rubbish, once @p isCancelled.
QByteArray folderListing(int fd, const QString &path, const std::function<bool()> &isCancelled);

} // namespace bulkhead
