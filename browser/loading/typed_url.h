// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QString>
#include <QUrl>

namespace bulkhead {

/// What a person means by @p typed in an address bar or on a command line: a file or folder (absolute, relative to
/// @p workingDirectory, or with ~), a URL, or a host name or address with or without a scheme. Files come first: what
/// exists is meant. Otherwise a sentence that says why not: there is no search engine to hand it to.
/// Looks at the disk. Encrypted connections are assumed for names in public domains, open ones for this machine, IP
/// addresses and single-label hosts.
Result<QUrl> typedUrl(const QString &typed, const QString &workingDirectory);

} // namespace bulkhead
