// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

/// Every limit of what the profile keeps of pages (history, session), in one place. Sizes in bytes of UTF-8.
namespace bulkhead::stored {

inline constexpr qsizetype UrlBytes = 2 << 10;
inline constexpr qsizetype TitleBytes = 1 << 10;

/// @p url as it is kept: encoded, without user name and password. Nothing for one that is too long: half an address is
/// another one.
std::optional<QString> url(const QUrl &url);
/// What was kept, read again; nothing for what is no address, or is longer than this program writes.
std::optional<QUrl> readUrl(const QString &text);
/// @p title cut to TitleBytes, at a character.
QString title(const QString &title);

} // namespace bulkhead::stored
