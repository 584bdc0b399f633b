// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

namespace bulkhead::public_suffix {

/// The part of @p host that one organisation registered: "example.co.uk" of "www.example.co.uk". The host itself where
/// there is no such part: IP addresses, single labels (localhost), public suffixes. @p host is lower case and ASCII
/// (as QUrl::host(QUrl::FullyEncoded) gives it). Any thread.
/// The list is the newest of libpsl's own and the system's (https://publicsuffix.org).
QString registrableDomain(const QString &host);

/// Whether the list knows @p label ("org", "museum") as the end of names on the internet.
bool isTopLevelDomain(const QString &label);

/// Whether a server called @p host may set a cookie for all hosts below @p domain.
bool mayShareCookies(const QString &host, const QString &domain);

} // namespace bulkhead::public_suffix
